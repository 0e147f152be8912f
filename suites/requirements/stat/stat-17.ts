/** STAT-17. Only answers of success are searched: an error may repeat the URL, and with it the id. */
import { pathSegment } from '../../bindings/locations.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { foreignList } from '../../scenarios/security/foreign-list.js';
import { succeeded } from '../../trace/answers.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'shown-to-another-client': 'a list shows the status resource of another client',
  'shown-without-a-credential': 'a list shows a status resource to a request without a credential',
};

/** The ids of the status resources that the first client has seen. */
const idsOf = (trace: TraceView): readonly string[] =>
  trace.sightings().flatMap(({ status: { id } }) => (typeof id === 'string' && id !== '' ? [id] : []));

/** Whether the answer holds one of these ids as a whole word, so that the id «1» is not found in every number. */
const shows = ({ response: { body } }: Answered, ids: readonly string[]): boolean =>
  ids.some((id) =>
    [`"${id}"`, `/${id}/`, `/${id}"`, JSON.stringify(id), `/${pathSegment(id)}/`].some((text) => body.includes(text)),
  );

export const stat17 = defineRequirement({
  id: 'STAT-17',
  since: '1.1',
  level: 'MUST',
  title: 'no list of status resources shows those of other clients',
  source: cite('P-Sec'),
  needs: { binding: 'request-mode', credential: 'second' },
  guide: {
    why: [
      'A status resource shows which accounts were created, and what went wrong.',
      'A list of all of them shows one customer everything about another, and makes it useless that ids cannot be guessed.',
    ],
    tested: [
      'The first client submits a create. When it is completed, the second client reads the URLs above its status resource, such as `/provision/{id}` and `/provision`, and `/provisions`; a request without a credential does the same.',
      'No answer of 2xx may contain the `id` of the status resource. If the answer says `totalResults`, the last 200 resources are read as well.',
      'Any error is right: a provider does not have to serve such a list.',
      'The test needs a second credential (`--second-token`), which has to belong to another client.',
    ],
    fix: [
      'Select by the client in the query itself, and not in the handler of one route.',
      'If there is no list of status resources, answer 404: frameworks that generate endpoints from a model often generate one for the list.',
    ],
  },
  codes,
  from: [foreignList],
  looksAt: 'any',
  judge: (trace) => {
    const ids = idsOf(trace);
    return judgeEach(ids.length === 0 ? [] : trace.answered('foreign-status'), (exchange) =>
      succeeded(exchange) && shows(exchange, ids)
        ? {
            code: exchange.credential === 'none' ? 'shown-without-a-credential' : 'shown-to-another-client',
            expected: 'no status resource of the first client',
            actual: `GET ${exchange.request.url} shows it`,
            exchanges: [...trace.accepted().map((each) => each.exchange), exchange],
          }
        : undefined,
    );
  },
});
