/** STAT-16. Times that are present have to be right, because clients compute with them; STAT-14 judges missing ones. */
import { pathSegment, resolveLocation } from '../../bindings/locations.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { shown } from '../../judging/describe.js';
import { judgeEach, together, type Finding } from '../../judging/judge.js';
import type { StatusSighting } from '../../judging/status-sightings.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { readDateTime } from '../../trace/date-time.js';
import { isObject, type JsonObject } from '../../trace/message.js';

type Code = 'not-a-date-time' | 'modified-before-created' | 'created-changes' | 'location-of-another';

const metaOf = ({ status: { meta } }: StatusSighting): JsonObject => (isObject(meta) ? meta : {});

const names = ['created', 'lastModified'] as const;

const hasTimes = (sighting: StatusSighting): boolean => names.some((name) => metaOf(sighting)[name] != null);

/** Dates in a wrong form; the other rules do not judge these. */
const findMalformedDates = (sighting: StatusSighting): Finding<Code>[] =>
  names.flatMap((name): Finding<Code>[] => {
    const value = metaOf(sighting)[name];
    if (value === undefined || value === null || readDateTime(value) !== undefined) return [];
    return [
      {
        code: 'not-a-date-time',
        expected: `meta.${name} to be an xsd:dateTime, such as 2026-01-31T10:00:00Z`,
        actual: `it is ${shown(value)}`,
        exchanges: [sighting.exchange],
      },
    ];
  });

/** Two times are compared only if both have a time zone, or neither has. */
const findWrongOrder = (sighting: StatusSighting): Finding<Code> | undefined => {
  const { created, lastModified } = metaOf(sighting);
  const [from, to] = [readDateTime(created), readDateTime(lastModified)];
  if (from === undefined || to === undefined || from.hasZone !== to.hasZone || from.at <= to.at) return undefined;
  return {
    code: 'modified-before-created',
    expected: 'meta.created not to be later than meta.lastModified',
    actual: `created is ${shown(created)}, and lastModified is ${shown(lastModified)}`,
    exchanges: [sighting.exchange],
  };
};

/** Moments are compared, not texts: the same moment may be written in different ways. */
const findChangedCreated = (first: StatusSighting, later: StatusSighting): Finding<Code> | undefined => {
  const [was, is] = [metaOf(first).created, metaOf(later).created];
  const [before, after] = [readDateTime(was), readDateTime(is)];
  if (before === undefined || after === undefined || before.at === after.at) return undefined;
  return {
    code: 'created-changes',
    expected: `meta.created to stay ${shown(was)}`,
    actual: `it is ${shown(is)}`,
    exchanges: [first.exchange, later.exchange],
  };
};

/** Only a location with another id is a finding here: the host may differ, and STAT-08 judges the path. */
const findWrongLocation = ({ status, submission, exchange, ...rest }: StatusSighting): Finding<Code> | undefined => {
  const { location } = metaOf({ status, submission, exchange, ...rest });
  const url = typeof location === 'string' ? resolveLocation(location, exchange.request.url) : undefined;
  const { id } = status;
  if (url === undefined || typeof id !== 'string' || id === '') return undefined;
  const isItsOwn = url === submission.location || url.includes(pathSegment(id)) || url.includes(id);
  return isItsOwn
    ? undefined
    : {
        code: 'location-of-another',
        expected: 'meta.location to lead to this status resource',
        actual: `it is ${shown(location)}, and the id is ${shown(id)}`,
        exchanges: [exchange],
      };
};

export const stat16 = defineRequirement({
  id: 'STAT-16',
  since: '1.1',
  level: 'MUST',
  title:
    'dates of the status are xsd:dateTime, `created` is not later than `lastModified` and never changes, and `meta.location` leads to it',
  source: cite('RFC 7643 §2.3.5, §3.1'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Clients parse the times of a status resource to see how long a request has waited, and follow `meta.location` to read it again.',
      'A date in another form causes a parse error, and a wrong time causes a wrong decision.',
    ],
    tested: [
      'Every status resource that is seen, in a 202 or by a read, is judged if its `meta` has `created` or `lastModified`.',
      'Both have to be xsd:dateTime with a `T` between date and time; the time zone may be missing.',
      '`created` must not be later than `lastModified`, and has to be the same moment in every answer about the same request.',
      '`meta.location`, if it is present, has to be the `Location` of the 202 or to contain the `id` of the status resource.',
      'The presence of `meta` is only recommended, and judged by STAT-14. A date in another form is a finding of both.',
    ],
    fix: [
      'Write times with the ISO 8601 function of your platform, not in its default format: `2026-01-31T10:00:00Z`.',
      'Store `created` once, when the request is accepted; a worker that starts the request must not set it again.',
      'Build `meta.location` from the `id` of the status resource itself, and not from the id of a job or an attempt.',
    ],
  },
  codes: {
    'not-a-date-time': 'created or lastModified is not an xsd:dateTime',
    'modified-before-created': 'lastModified is earlier than created',
    'created-changes': 'created is a different moment in a later answer',
    'location-of-another': 'meta.location does not lead to this status resource',
  },
  from: settling,
  judge: (view) =>
    together<Code>(
      ...view.histories().map(({ sightings }) => {
        const seen = sightings.filter(hasTimes);
        return judgeEach(seen, (sighting) => {
          const [first] = seen;
          const others = [
            findWrongOrder(sighting),
            first === undefined ? undefined : findChangedCreated(first, sighting),
            findWrongLocation(sighting),
          ];
          return [...findMalformedDates(sighting), ...others.filter((finding) => finding !== undefined)];
        });
      }),
    ),
});
