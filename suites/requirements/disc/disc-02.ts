/** DISC-02. * What the extension advertises is what the provider does: the modes, and where the status endpoint is. Features are
 * judged by their own requirements wherever they are advertised.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable, together } from '../../judging/judge.js';
import { responseObject } from '../../trace/message.js';
import { followed } from '../../scenarios/scenario-sets.js';

export const disc02 = defineRequirement({
  id: 'DISC-02',
  since: '1.0',
  level: 'MUST',
  title: 'what it advertises is what the provider does (modes, status endpoint, features)',
  source: cite('D9'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client plans by what is advertised.',
      'Where the status is not at the advertised place, or a mode is served that was denied, it waits at the wrong URL or never uses what is there.',
    ],
    tested: [
      'Only where the async extension is advertised.',
      'Creates and bulk requests with `X-SCIM-Request-Mode: asynchronous` may be answered 202 only if `requestModes` lists `asynchronous`.',
      'When an asynchronous create is completed, the `id` of its status resource is put in place of `{id}` in `statusEndpoint`; a GET of that has to answer 200 and show the same `id`.',
      'That a mode is advertised and not served is judged by MODE-01, and advertised features by their own requirements.',
    ],
    fix: [
      'Usually the template was written once and the route was changed afterwards, such as `/provision/` to `/provisions/`: make both from one constant.',
      '`statusEndpoint` is a path under the SCIM base URL, or an absolute URL; the `id` of the status resource, and no other id, has to fit into it.',
      'List `asynchronous` in `requestModes` wherever the mode header is honoured.',
    ],
  },
  from: followed,
  judge: (trace) => {
    const { requestModes, statusEndpoint } = trace.target;
    if (trace.target.asyncExtension === undefined) return notApplicable('The async extension is not advertised.');
    const advertised = requestModes?.some((mode) => mode.toLowerCase() === 'asynchronous') ?? false;
    const submissions =
      requestModes === undefined
        ? []
        : trace.submissions().filter(({ operations }) => operations[0]?.method === 'POST');
    return together(
      // Advertised and not done is MODE-01's finding.
      judgeEach(submissions, (submission) =>
        advertised || !submission.accepted
          ? undefined
          : {
              expected: 'no 202, because requestModes does not advertise asynchronous',
              actual: 'the answer is 202',
              exchanges: [trace.asking(submission)],
            },
      ),
      judgeEach(trace.answered('status-advertised'), (exchange) => {
        const submission = trace.submissions().find(({ n }) => n === exchange.submission);
        const others =
          submission === undefined ? [] : trace.sightings(submission).filter((each) => each.exchange.n !== exchange.n);
        const id = others[0]?.status.id;
        const shown = responseObject(exchange)?.id;
        if (others.length === 0 && trace.hasCut()) return undefined;
        // That it is always the same id is STAT-02's.
        return exchange.response.status === 200 && others.some(({ status }) => status.id === shown)
          ? undefined
          : {
              expected: `statusEndpoint ${statusEndpoint ?? ''} to lead to the status resource ${JSON.stringify(id)}`,
              actual: `GET of it is answered ${exchange.response.status} and shows ${JSON.stringify(shown)}`,
              exchanges: [exchange],
            };
      }),
    );
  },
});
