/** ERR-05. A client can act only on values of scimType that it knows. */
import { cursorScimTypes, scimTypes } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import type { JsonObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { errorsIn } from './errors-in.js';

const knownScimTypes: readonly string[] = [...scimTypes, ...cursorScimTypes];

const isKnown = ({ scimType }: JsonObject): boolean =>
  typeof scimType === 'string' && knownScimTypes.includes(scimType);

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
      'If `scimType` is present and not null, it has to be one of `invalidFilter`, `tooMany`, `uniqueness`, `mutability`, `invalidSyntax`, `invalidPath`, `noTarget`, `invalidValue`, `invalidVers` and `sensitive`, or of `expiredCursor`, `invalidCursor` and `invalidCount` of RFC 9865.',
      'Letter case counts.',
    ],
    fix: [
      'Leave `scimType` out if none of these fits: it is optional, and most errors, such as a 404, have none.',
      'Put your own names, exception classes and codes into `detail`.',
    ],
  },
  codes: { 'scim-type-unknown': 'scimType of an error is not a registered value' },
  from: 'every',
  judge: (trace) =>
    judgeEach(
      trace.answered().filter((exchange) => typedErrorsIn(trace, exchange).length > 0),
      (exchange) => {
        const unknown = typedErrorsIn(trace, exchange).find((error) => !isKnown(error));
        return unknown === undefined
          ? undefined
          : {
              code: 'scim-type-unknown',
              expected: 'a scimType of RFC 7644 table 9',
              actual: `it is ${JSON.stringify(unknown.scimType)}`,
              exchanges: [exchange],
            };
      },
    ),
});
