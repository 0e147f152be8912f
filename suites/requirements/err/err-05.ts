/** ERR-05. A client can act only on values of scimType that it knows. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import type { JsonObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { errorsIn } from './errors-in.js';
import { isRegistered } from './registered-scim-type.js';

const isKnown = ({ scimType }: JsonObject): boolean => isRegistered(scimType);

const codes = {
  'scim-type-unknown': 'scimType of an error is not a registered value',
  'scim-type-not-a-string': 'scimType of an error is not a string',
};

type Code = keyof typeof codes;

/** Errors with a scimType; null is no value (RFC 7643 §2.5). */
const typedErrorsIn = (trace: TraceView, exchange: Answered): readonly JsonObject[] =>
  errorsIn(trace, exchange).filter(({ scimType }) => scimType !== undefined && scimType !== null);

export const err05 = defineRequirement({
  id: 'ERR-05',
  since: '1.0',
  level: 'MUST',
  title: '`scimType`, where present, is one of RFC 7644 table 9 (or a registered one)',
  source: cite('RFC 7644 §3.12'),
  needs: {},
  guide: {
    why: [
      'Clients decide by `scimType` whether to correct the request, to retry it or to give up.',
      'A value that the provider invented means nothing to them.',
    ],
    tested: [
      'Every SCIM error in the run is checked: in answers, in results of operations and in completion events.',
      'If `scimType` is present and not null, it has to be a string, and should be one of `invalidFilter`, `tooMany`, `uniqueness`, `mutability`, `invalidSyntax`, `invalidPath`, `noTarget`, `invalidValue`, `invalidVers` and `sensitive`, or of `expiredCursor`, `invalidCursor` and `invalidCount` of RFC 9865.',
      'Letter case counts. A string that nobody has registered is a warning, because RFC 7644 §3.12 does not forbid it.',
    ],
    fix: [
      'Leave `scimType` out if none of these fits: it is optional, and most errors, such as a 404, have none.',
      'Put your own names, exception classes and codes into `detail`.',
    ],
  },
  codes,
  from: 'every',
  judge: (trace) =>
    judgeEach(
      trace.answered().filter((exchange) => typedErrorsIn(trace, exchange).length > 0),
      (exchange): Finding<Code> | undefined => {
        const unknown = typedErrorsIn(trace, exchange).filter((error) => !isKnown(error));
        const untyped = unknown.find(({ scimType }) => typeof scimType !== 'string');
        const wrong = untyped ?? unknown[0];
        if (wrong === undefined) return undefined;
        const about = { actual: `it is ${JSON.stringify(wrong.scimType)}`, exchanges: [exchange] };
        return untyped === undefined
          ? // Table 9 is what clients know; no sentence says that it is complete (profile 1.1, clarification 4).
            { code: 'scim-type-unknown', level: 'SHOULD', expected: 'a scimType of RFC 7644 table 9', ...about }
          : { code: 'scim-type-not-a-string', expected: 'a scimType that is a string', ...about };
      },
    ),
});
