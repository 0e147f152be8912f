/** ERR-02. A body that does not parse has to be refused before anything is put in the queue. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { malformedJson } from '../../scenarios/errors/malformed-json.js';
import { succeeded } from '../../trace/answers.js';
import { responseObject } from '../../trace/message.js';

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
      'Each has to be answered 400 at once, never 202.',
      '`scimType` `invalidSyntax` is recommended: without it, there is a warning.',
    ],
    fix: [
      'Parse the whole body before you answer 202; a queue that stores the body unparsed accepts anything.',
      'Set the parser to strict: some accept trailing commas, single quotes, or any text after the first value.',
      'Map the parser’s exception to 400 with `"scimType": "invalidSyntax"`; 422 and 500 are wrong.',
    ],
  },
  codes: {
    'malformed-json-accepted': 'a body that is not valid JSON is accepted',
    'refused-otherwise-than-400': 'a body that is not valid JSON is refused, but not with 400',
    'scim-type-not-invalid-syntax': 'the scimType of the 400 to a body that is not valid JSON is not invalidSyntax',
  },
  from: [malformedJson],
  judge: (trace) =>
    judgeEach(trace.answered('malformed'), (exchange) => {
      const { status } = exchange.response;
      if (status !== 400) {
        return {
          code: succeeded(exchange) ? 'malformed-json-accepted' : 'refused-otherwise-than-400',
          expected: `400 to malformed JSON (${exchange.variant ?? ''})`,
          actual: `the answer is ${status}`,
          exchanges: [exchange],
        };
      }
      const scimType = responseObject(exchange)?.scimType;
      return scimType === 'invalidSyntax'
        ? undefined
        : {
            code: 'scim-type-not-invalid-syntax',
            level: 'SHOULD',
            expected: 'scimType invalidSyntax',
            actual: `it is ${JSON.stringify(scimType)}`,
            exchanges: [exchange],
          };
    }),
});
