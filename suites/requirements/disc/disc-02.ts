/** DISC-02. Advertised features are left to their own requirements. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable, together, type Finding, type Judgement } from '../../judging/judge.js';
import { leadsToStatus } from '../../judging/leads-to-status.js';
import type { TraceView } from '../../judging/trace-view.js';
import { lateLook, lateLookSteps } from '../../scenarios/lifecycle/late-look.js';
import { followed } from '../../scenarios/scenario-sets.js';
import { isObject, responseObject, textOf } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'asynchronous-not-advertised': 'requests are answered 202, but requestModes does not list asynchronous',
  'status-endpoint-not-served': 'a GET of the advertised statusEndpoint is not answered 200',
  'status-gone-early':
    'a status resource is gone some seconds after its completion, although statusRetentionSeconds promises longer',
  'status-endpoint-leads-elsewhere': 'the advertised statusEndpoint does not show the id of the status resource',
};

type Code = keyof typeof codes;

/** Only a mode that is served and not advertised is judged here; MODE-01 judges one that is advertised and not served. */
const judgeModes = (trace: TraceView): Judgement<Code> => {
  const { requestModes } = trace.target;
  if (requestModes === undefined) return { exercised: 0, findings: [] };
  const advertised = requestModes.some((mode) => mode.toLowerCase() === 'asynchronous');
  return judgeEach(
    trace.submissions().filter(({ operations }) => operations[0]?.method === 'POST'),
    (submission) =>
      advertised || !submission.accepted
        ? undefined
        : {
            code: 'asynchronous-not-advertised',
            expected: 'no 202, because requestModes does not advertise asynchronous',
            actual: 'the answer is 202',
            exchanges: [trace.exchangeOf(submission)],
          },
  );
};

const findWrongEndpoint = (trace: TraceView, exchange: Answered): Finding<Code> | undefined => {
  const leading = leadsToStatus(trace, exchange);
  if (leading === 'there' || leading === 'unknown') return undefined;
  const submission = trace.submissions().find(({ n }) => n === exchange.submission);
  const others = submission === undefined ? [] : trace.sightings(submission);
  const id = others.find((sighting) => sighting.exchange.n !== exchange.n)?.status.id;
  return {
    code: leading === 'not served' ? 'status-endpoint-not-served' : 'status-endpoint-leads-elsewhere',
    expected: `statusEndpoint ${trace.target.statusEndpoint ?? ''} to lead to the status resource ${JSON.stringify(id)}`,
    actual: `a GET of it is answered ${exchange.response.status}, id: ${textOf(responseObject(exchange)?.id)}`,
    exchanges: [exchange],
  };
};

/** A retention of less than a minute is not judged: the clocks of the two sides, and the way between them, take their part. */
const leastRetention = 60;

const judgeRetention = (trace: TraceView): Judgement<Code> => {
  const { asyncExtension } = trace.target;
  const promised = isObject(asyncExtension) ? asyncExtension.statusRetentionSeconds : undefined;
  const late = trace.variant(lateLookSteps.late, 'status-read');
  return judgeEach(typeof promised === 'number' && promised >= leastRetention ? late : [], (exchange) =>
    exchange.response.status === 404 || exchange.response.status === 410
      ? {
          code: 'status-gone-early',
          expected: `a status resource to be there for ${String(promised)} s, as statusRetentionSeconds promises`,
          actual: `a GET some seconds after its completion is answered ${exchange.response.status}`,
          exchanges: [exchange],
        }
      : undefined,
  );
};

export const disc02 = defineRequirement({
  id: 'DISC-02',
  since: '1.0',
  level: 'MUST',
  title: 'what it advertises is what the provider does (modes, status endpoint, features)',
  source: cite('D9'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client relies on what is advertised.',
      'If the status is not at the advertised place, the client polls the wrong URL; if a mode is served but not advertised, the client never uses it.',
    ],
    tested: [
      'Judged only if the async extension is advertised.',
      'Creates and bulk requests with `X-SCIM-Request-Mode: asynchronous` may be answered 202 only if `requestModes` lists `asynchronous`.',
      'When an asynchronous create is completed, the `id` of its status resource is put in place of `{id}` in `statusEndpoint`; a GET of that has to answer 200 and show the same `id`.',
      'If `statusRetentionSeconds` is 60 or more, a status must not be gone four seconds after its completion.',
      'A mode that is advertised but not served is left to MODE-01, and advertised features to their own requirements.',
    ],
    fix: [
      'Usually the route was changed after the template was written, for example from `/provision/` to `/provisions/`: build both from one constant.',
      '`statusEndpoint` is a path under the SCIM base URL, or an absolute URL; it has to work with the `id` of the status resource, and not with some other id.',
      'List `asynchronous` in `requestModes` if the mode header is honoured.',
    ],
  },
  codes,
  from: [...followed, lateLook],
  judge: (trace) =>
    trace.target.asyncExtension === undefined
      ? notApplicable('The async extension is not advertised.')
      : together(
          judgeModes(trace),
          judgeRetention(trace),
          judgeEach(
            trace.answered('status-advertised').filter((exchange) => !trace.isForgotten(exchange)),
            (exchange) => findWrongEndpoint(trace, exchange),
          ),
        ),
});
