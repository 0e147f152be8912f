/** ERR-10. A client that was refused sends again: what it sent first must be forgotten. */
import { header, urn } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { refusedAtOnce, refusedAtOnceSteps } from '../../scenarios/errors/refused-at-once.js';
import { responseHeader, responseJson, responseObject } from '../../trace/message.js';
import { findsUser } from '../../judging/finds-user.js';

export const err10 = defineRequirement({
  id: 'ERR-10',
  since: '1.0',
  level: 'MUST',
  title: 'a request refused at once (400 to 499) leaves no status resource and no effect',
  source: cite('P-D'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'A client that was refused corrects its request and sends it again.',
      'Where the refused one is done in the background all the same, there are two users, or one with bad data.',
    ],
    tested: [
      'Asynchronous creates are sent that a provider may refuse at once: with a body that is cut off, as `text/plain`, and with `name` and `active` of the wrong type.',
      'Where the answer is 400 to 499, its body may not be a status resource, its `Location`, if there is one, may not be answered 200, and the user may not be found when a later request is completed.',
      'What is accepted instead is not judged here.',
    ],
    fix: [
      'Check before you enqueue, and make the status resource only after the check has passed.',
      'Where the request is enqueued first, take job and status back in one transaction when it is refused.',
      'Send an error body, and no `Location`, with a 4xx.',
    ],
  },
  codes: {
    'refusal-carries-a-status': 'the answer of 4xx holds a status resource',
    'refusal-leads-to-a-status': 'the Location of an answer of 4xx can be read',
    'done-although-refused': 'what was refused is done all the same',
  },
  from: [refusedAtOnce],
  judge: (trace) => {
    const refused = trace
      .submissions()
      .map((submission) => trace.asking(submission))
      .filter(({ purpose, response }) => purpose === 'refusal' && response.status >= 400 && response.status < 500);
    return judgeEach(refused, (exchange) => {
      const body = responseObject(exchange);
      if (Array.isArray(body?.schemas) && body.schemas.includes(urn.provisionStatus)) {
        return {
          code: 'refusal-carries-a-status',
          expected: 'no status resource of a refused request',
          actual: 'the refusal carries one',
          exchanges: [exchange],
        };
      }
      const led = trace.variant(refusedAtOnceSteps.locationOfRefusal, 'probe')[0];
      if (responseHeader(exchange, header.location) !== undefined && led?.response.status === 200) {
        return {
          code: 'refusal-leads-to-a-status',
          expected: 'no status resource of a refused request',
          actual: 'the Location of the refusal leads to one',
          exchanges: [exchange, led],
        };
      }
      const search = trace.answered('search').find(({ subject, n }) => subject === exchange.subject && n > exchange.n);
      if (search === undefined || !findsUser(responseJson(search), exchange.subject)) return undefined;
      return {
        code: 'done-although-refused',
        expected: 'no effect of a refused request',
        actual: 'the user exists',
        exchanges: [exchange, search],
      };
    });
  },
});
