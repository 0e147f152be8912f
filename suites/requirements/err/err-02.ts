/** ERR-02. A body that does not parse has to be refused before anything is put in the queue. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Ambiguity, type Finding, judgeEach } from '../../judging/judge.js';
import { malformedJson } from '../../scenarios/errors/malformed-json.js';
import { isObject } from '../../trace/message.js';
import { endOf, isDone } from './operation-outcome.js';

const codes = {
  'malformed-json-accepted': 'a body that is not valid JSON is accepted',
  'refused-otherwise-than-400': 'a body that is not valid JSON is refused, but not with 400',
  'scim-type-not-invalid-syntax': 'the scimType of the 400 to a body that is not valid JSON is not invalidSyntax',
};

type Code = keyof typeof codes;

const refusedLater: Ambiguity = {
  point: 'whether malformed JSON may be answered 202 if the client prefers an asynchronous answer',
  readings: [
    'no, because a body that cannot be parsed is answered 400 (RFC 7644 §3.12)',
    'yes, because RFC 9967 §2.5.1.3 shows a completion event with invalidSyntax',
  ],
  seen: 'answers 202, and reports the error in the result',
};

export const err02 = defineRequirement({
  id: 'ERR-02',
  since: '1.0',
  level: 'MUST',
  title: 'malformed JSON answers 400 (`invalidSyntax` SHOULD), never 202',
  source: cite('RFC 7644 §3.12'),
  needs: {},
  guide: {
    why: [
      'If a body that was cut off on the way is accepted, only part of it is done, or nothing at all, and the client learns of it too late.',
      'A 500 makes the client send the same body again.',
    ],
    tested: [
      'Bodies that are not valid JSON are sent to `/Users`, in PUT and PATCH of a user, synchronously and asynchronously, and to `/Bulk` asynchronously: cut off, with a trailing comma, two values, text after the value, a missing colon, single quotes, a bare word, a control character in a string.',
      'Each has to be answered 400 at once, never 202. Only with `Prefer: respond-async`, a 202 whose completion event reports 400 is ambiguous: RFC 9967 §2.5.1.3 shows such an event.',
      '`scimType` `invalidSyntax` is recommended: without it, there is a warning.',
    ],
    fix: [
      'Parse the whole body before you answer 202; a queue that stores the body unparsed accepts anything.',
      'Set the parser to strict: some accept trailing commas, single quotes, or any text after the first value.',
      'Map the parser’s exception to 400 with `"scimType": "invalidSyntax"`; 422 and 500 are wrong.',
    ],
  },
  codes,
  from: [malformedJson],
  judge: (trace) => {
    const ends = trace.answered('malformed').flatMap((exchange) => {
      const end = endOf(trace, exchange);
      return end === undefined ? [] : [{ exchange, end }];
    });
    const judgement = judgeEach(ends, ({ exchange, end }): Finding<Code> | undefined => {
      const { status, exchanges } = end;
      if (status !== '400') {
        return {
          code: isDone(end) ? 'malformed-json-accepted' : 'refused-otherwise-than-400',
          expected: `400 to malformed JSON (${exchange.variant ?? ''})`,
          actual: `${exchanges.length > 1 ? 'the result' : 'the answer'} is ${status ?? 'unknown'}`,
          exchanges,
        };
      }
      const scimType = isObject(end.response) ? end.response.scimType : undefined;
      return scimType === 'invalidSyntax'
        ? undefined
        : {
            code: 'scim-type-not-invalid-syntax',
            level: 'SHOULD',
            expected: 'scimType invalidSyntax',
            actual: `it is ${JSON.stringify(scimType)}`,
            exchanges,
          };
    });
    return ends.some(({ end }) => end.exchanges.length > 1) ? { ...judgement, ambiguities: [refusedLater] } : judgement;
  },
});
