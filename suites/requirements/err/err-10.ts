/** ERR-10. A client whose request was refused sends a corrected one: the refused one must not be done as well. */
import { header, urn } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { refusedAtOnce, refusedAtOnceSteps } from '../../scenarios/errors/refused-at-once.js';
import { responseHeader, responseJson, responseObject } from '../../trace/message.js';
import { servesAsynchronous } from '../../provider/served-bindings.js';
import { findsUser } from '../../judging/finds-user.js';

export const err10 = defineRequirement({
  id: 'ERR-10',
  since: '1.0',
  level: 'MUST',
  title: 'a request refused at once (400 to 499) leaves no status resource and no effect',
  source: cite('P-D'),
  needs: { binding: 'any' },
  alsoSynchronous: true,
  guide: {
    why: [
      'A client corrects a refused request and sends it again.',
      'If the refused request is done in the background as well, there are two users, or one with bad data.',
    ],
    tested: [
      'Asynchronous creates are sent that a provider may refuse at once: with a body that is cut off, as `text/plain`, and with `name` and `active` of the wrong type.',
      'If the answer is 400 to 499, its body must not be a status resource, a GET of its `Location`, if there is one, must not be answered 200, and a search must not find the user when a later request is completed.',
      'If the target serves no asynchronous binding, the same is done with synchronous bulk requests of one create.',
      'Requests that are accepted are not judged here.',
    ],
    fix: [
      'Check the request before you enqueue it, and make the status resource only after the check has passed.',
      'If the request is enqueued first, remove job and status in one transaction when it is refused.',
      'Send an error body, and no `Location`, with a 4xx.',
    ],
  },
  codes: {
    'refusal-carries-a-status': 'the 4xx has a status resource in its body',
    'refusal-leads-to-a-status': 'a GET of the Location of a 4xx is answered 200',
    'done-although-refused': 'a request that was refused is done',
  },
  from: [refusedAtOnce],
  judge: (trace) => {
    const asked = servesAsynchronous(trace.target)
      ? trace.submissions().map((submission) => trace.exchangeOf(submission))
      : trace.answered('refusal');
    const refused = asked.filter(
      ({ purpose, response }) => purpose === 'refusal' && response.status >= 400 && response.status < 500,
    );
    return judgeEach(refused, (exchange) => {
      const body = responseObject(exchange);
      if (Array.isArray(body?.schemas) && body.schemas.includes(urn.provisionStatus)) {
        return {
          code: 'refusal-carries-a-status',
          expected: 'no status resource for a refused request',
          actual: 'the body of the refusal is one',
          exchanges: [exchange],
        };
      }
      const followed = trace.variant(refusedAtOnceSteps.locationOfRefusal, 'probe')[0];
      if (responseHeader(exchange, header.location) !== undefined && followed?.response.status === 200) {
        return {
          code: 'refusal-leads-to-a-status',
          expected: 'no status resource for a refused request',
          actual: 'the Location of the refusal leads to one',
          exchanges: [exchange, followed],
        };
      }
      const search = trace.answered('search').find(({ subject, n }) => subject === exchange.subject && n > exchange.n);
      if (search === undefined || !findsUser(responseJson(search), exchange.subject)) return undefined;
      return {
        code: 'done-although-refused',
        expected: 'a refused request to have no effect',
        actual: 'the user exists',
        exchanges: [exchange, search],
      };
    });
  },
});
