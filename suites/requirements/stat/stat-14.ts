/**
 * STAT-14. Reads that were in flight at the same time are not compared, because one may overtake the other. A date in
 * another form is also a finding of STAT-16, which profile 1.0 does not have.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together, type Finding } from '../../judging/judge.js';
import type { StatusSighting } from '../../judging/trace-view.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { readDateTime } from '../../trace/date-time.js';
import { isObject, textOf, type JsonObject } from '../../trace/message.js';

const codes = {
  'meta-missing': 'the status resource has no meta',
  'resource-type-missing': '`meta.resourceType` is missing, or not a string',
  'location-missing': '`meta.location` is missing, or not a string',
  'created-wrong': '`meta.created` is missing, or not an xsd:dateTime',
  'last-modified-wrong': '`meta.lastModified` is missing, or not an xsd:dateTime',
  'last-modified-goes-back': '`meta.lastModified` is earlier than in a previous answer',
};

type Code = keyof typeof codes;

const isText = (value: unknown): boolean => typeof value === 'string';

const isTime = (value: unknown): boolean => readDateTime(value) !== undefined;

/** Whether the first time is later; two times are compared only if both have a time zone, or neither has. */
const isLater = (value: unknown, than: unknown): boolean => {
  const [one, other] = [readDateTime(value), readDateTime(than)];
  return one !== undefined && other !== undefined && one.hasZone === other.hasZone && one.at > other.at;
};

const members = [
  { name: 'resourceType', code: 'resource-type-missing', expected: 'meta.resourceType', isRight: isText },
  { name: 'location', code: 'location-missing', expected: 'meta.location', isRight: isText },
  { name: 'created', code: 'created-wrong', expected: 'an xsd:dateTime as meta.created', isRight: isTime },
  {
    name: 'lastModified',
    code: 'last-modified-wrong',
    expected: 'an xsd:dateTime as meta.lastModified',
    isRight: isTime,
  },
] as const;

const memberFindings = (meta: JsonObject, { exchange }: StatusSighting): Finding<Code>[] =>
  members
    .filter(({ name, isRight }) => !isRight(meta[name]))
    .map(({ name, code, expected }) => ({
      code,
      expected,
      actual: `it is ${JSON.stringify(meta[name])}`,
      exchanges: [exchange],
    }));

/** Compares with the answers that had ended before this request was sent. */
const goingBack = (
  meta: JsonObject,
  { exchange }: StatusSighting,
  sightings: readonly StatusSighting[],
): Finding<Code>[] => {
  const later = sightings.find(
    (other) =>
      other.exchange.at + other.exchange.took <= exchange.at &&
      isObject(other.status.meta) &&
      isLater(other.status.meta.lastModified, meta.lastModified),
  );
  if (later === undefined) return [];
  return [
    {
      code: 'last-modified-goes-back',
      expected: 'lastModified not to go back',
      actual: `it goes back to ${textOf(meta.lastModified)}`,
      exchanges: [later.exchange, exchange],
    },
  ];
};

const metaFindings = (sighting: StatusSighting, sightings: readonly StatusSighting[]): Finding<Code>[] => {
  const { meta } = sighting.status;
  return isObject(meta)
    ? [...memberFindings(meta, sighting), ...goingBack(meta, sighting, sightings)]
    : [
        {
          code: 'meta-missing',
          expected: 'meta',
          actual: `meta is ${JSON.stringify(meta)}`,
          exchanges: [sighting.exchange],
        },
      ];
};

export const stat14 = defineRequirement({
  id: 'STAT-14',
  since: '1.0',
  level: 'SHOULD',
  title: '`meta` with resourceType, created, lastModified, location; lastModified never goes back',
  source: cite('P-D'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'From `lastModified` a client sees whether a slow request still makes progress, and from `created` how long it has waited.',
      'If times go back, the client may treat an old answer as the newest one.',
    ],
    tested: [
      'Every status resource that is seen should have `meta` with the strings `resourceType` and `location` and, as xsd:dateTime with a `T` between date and time, `created` and `lastModified`.',
      '`lastModified` should not be earlier than in a previous answer; answers that were in flight at the same time are not compared.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Fill `meta` in the body of the 202, too, with `"resourceType": "ProvisionStatus"` and the URL that is in `Location`.',
      'Set `lastModified` whenever a count changes, from one clock and never to an earlier value: the clocks of several workers differ by milliseconds.',
    ],
  },
  codes,
  from: settling,
  judge: (trace) =>
    together(
      ...trace
        .histories()
        .map(({ sightings }) => judgeEach(sightings, (sighting) => metaFindings(sighting, sightings))),
    ),
});
