/** CORE-02. * A create without mode header answers 201 with Location, id and meta. An answer of 202 is MODE-02's finding where
 * the target serves an asynchronous binding.
 */
import { header } from '../../../schemas/names.js';
import { resolveLocation } from '../../bindings/locations.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { resourceLifecycle } from '../../scenarios/synchronous/resource-lifecycle.js';
import { isObject, responseHeader, responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { isAsynchronous } from './core.js';

export const core02 = defineRequirement({
  id: 'CORE-02',
  since: '1.0',
  level: 'MUST',
  title: 'a create without mode header answers 201 with `Location`, `id` and `meta`',
  source: cite('RFC 7644 §3.3'),
  needs: {},
  guide: {
    why: [
      'A client keeps the `id` or the `Location` of what it creates.',
      'Without them it cannot change or delete the user later, and at its next synchronisation it creates the user again.',
    ],
    tested: [
      'Random users are created with `POST /Users`, without a mode header and without `Prefer`.',
      'The answer has to be 201 with a `Location` that is a URI reference, an `id` that is a string and not empty, and an object `meta`.',
      'The `Location` is resolved against the URL of the request and fetched: it has to show the resource with the same `id`.',
      'A 202 is left to MODE-02 and PREF-09 where the target serves an asynchronous binding.',
    ],
    fix: [
      'Look at `Location` first: many frameworks send it only where they are told the route of the new resource.',
      'Send an absolute URL; a relative one such as `/Users/42` leads to the root of the host and not to the SCIM base URL.',
      'Send the whole resource as the body, with `id` and with `meta` (`resourceType`, `created`, `lastModified`, `location`), and the status 201, not 200.',
    ],
  },
  from: [resourceLifecycle],
  judge: (trace) => {
    const creates = trace
      .answered('create')
      .filter(({ variant, response }) => variant === undefined && !(response.status === 202 && isAsynchronous(trace)));
    return judgeEach(creates, (exchange) => {
      const { status } = exchange.response;
      const fail = (expected: string, actual: string, ...more: Answered[]): Finding => ({
        expected,
        actual,
        exchanges: [...more, exchange],
      });
      if (status !== 201) return fail('201 Created', `the answer is ${status}`);
      const body = responseObject(exchange);
      if (body === undefined) return fail('the created resource in the body', describeBody(exchange));
      const findings: Finding[] = [];
      const location = responseHeader(exchange, header.location);
      if (location === undefined) findings.push(fail('a Location field with the URI of the resource', 'there is none'));
      else if (resolveLocation(location, exchange.request.url) === undefined) {
        findings.push(fail('a Location field with a URI reference', `it is «${location}»`));
      }
      if (typeof body.id !== 'string' || body.id === '')
        findings.push(fail('an id, a string that is not empty', `id is ${JSON.stringify(body.id)}`));
      if (!isObject(body.meta)) findings.push(fail('a meta attribute', `meta is ${JSON.stringify(body.meta)}`));
      const followed = trace.variant('at the Location', 'read').find(({ subject }) => subject === exchange.subject);
      if (followed !== undefined && responseObject(followed)?.id !== body.id) {
        findings.push({
          expected: `a GET of the Location to show the resource ${JSON.stringify(body.id)}`,
          actual: `it was answered ${followed.response.status} ${describeBody(followed)}`,
          exchanges: [exchange, followed],
        });
      }
      return findings;
    });
  },
});
