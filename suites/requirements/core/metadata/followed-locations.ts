/** The rules of CORE-08 for where locations lead: each resource has one of its own, and a GET of it shows the resource. */
import { operationResults } from '../../../bindings/operation-result.js';
import { lastSegment, resolveLocation } from '../../../bindings/locations.js';
import { describeBody, shown } from '../../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, together } from '../../../judging/judge.js';
import { resourcesIn } from '../../../judging/resources-in.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { metaLocationsSteps as steps } from '../../../scenarios/synchronous/meta-locations.js';
import { isAlike } from '../../../trace/alike.js';
import { isSameTag, tagsIn, withoutCoding } from '../../../trace/entity-tags.js';
import {
  atPath,
  isObject,
  operationsIn,
  requestJson,
  responseObject,
  textOf,
  type JsonObject,
} from '../../../trace/message.js';
import { isStep } from '../../../trace/step.js';
import { isAnswered, type Answered } from '../../../trace/trace.js';
import { metaOf } from './resource-metadata.js';

export const locationCodes = {
  'one-location-for-two': 'two resources have the same meta.location',
  'location-leads-elsewhere': 'a GET of meta.location does not show the resource',
  'result-location-leads-elsewhere': 'a GET of the location of a bulk result does not show what the operation wrote',
  'result-version-differs': 'the version of a bulk result is not that of the resource',
};

export type LocationCode = keyof typeof locationCodes;

type Found = Finding<LocationCode>;

interface Owner {
  readonly id: string;
  readonly answer: Answered;
}

/** Two resources at one location: the second one is a finding, once for each location. */
export const findShared = (trace: TraceView): Found[] => {
  const owners = new Map<string, Owner>();
  const found = new Map<string, Found>();
  for (const answer of trace.answered())
    for (const { id, resource } of resourcesIn(trace, answer)) {
      const location = metaOf(resource)?.location;
      const url = typeof location === 'string' ? resolveLocation(location, answer.request.url) : undefined;
      if (url === undefined || location === '') continue;
      const owner = owners.get(url);
      if (owner === undefined) owners.set(url, { id, answer });
      else if (owner.id !== id && !found.has(url))
        found.set(url, {
          code: 'one-location-for-two',
          expected: 'each resource to have a location of its own',
          actual: `meta.location of ${shown(id)} is ${shown(location)}, as that of ${shown(owner.id)}`,
          exchanges: owner.answer === answer ? [answer] : [owner.answer, answer],
        });
    }
  return [...found.values()];
};

/** The GETs of one location from one answer, and that answer. */
interface Followed {
  readonly source: Answered;
  readonly location: string;
  readonly reads: readonly Answered[];
}

/** Whether an answer tells where a location leads: a redirect may lead to the resource, and an error of 5xx is no place. */
const isTelling = ({ response: { status } }: Answered): boolean => status < 300 || (status >= 400 && status < 500);

/** Left out are locations of which some reading was not answered, such as those on another host (CORE-02). */
const followedIn = (trace: TraceView, which: (typeof steps)[keyof typeof steps]): Followed[] => {
  const all = trace.all();
  const groups = new Map<string, Followed | undefined>();
  for (const [place, read] of all.entries()) {
    if (!isStep(read, which)) continue;
    const source = all.slice(0, place).findLast((each) => !isStep(each, steps.atMetaLocation, steps.atResultLocation));
    const location = read.subject;
    if (source === undefined || location === undefined || !isAnswered(source)) continue;
    const key = `${source.n} ${location}`;
    const known = groups.get(key);
    const isUsable = isAnswered(read) && trace.answered().includes(read) && isTelling(read);
    if (!isUsable || (groups.has(key) && known === undefined)) groups.set(key, undefined);
    else groups.set(key, { source, location, reads: [...(known?.reads ?? []), read] });
  }
  return [...groups.values()].filter((followed) => followed !== undefined);
};

const judgeMeta = (trace: TraceView): Judgement<LocationCode> =>
  judgeEach(followedIn(trace, steps.atMetaLocation), ({ source, location, reads }): Found | undefined => {
    const own = resourcesIn(trace, source).filter(({ resource }) => atPath(resource, 'meta.location') === location);
    const last = reads.at(-1);
    const isRight = reads.some(
      (read) => read.response.status === 200 && own.some(({ id }) => id === responseObject(read)?.id),
    );
    return isRight || last === undefined
      ? undefined
      : {
          code: 'location-leads-elsewhere',
          expected: `a GET of meta.location ${shown(location)} to show the resource ${shown(own[0]?.id)}`,
          actual: `the answer is ${last.response.status} ${describeBody(last)}`,
          exchanges: [source, last],
        };
  });

/** What the operation of a result wrote: the userName, or the id of a group that was there before. */
const writtenAt = (source: Answered, location: string): { readonly name?: string; readonly id?: string } => {
  const result = operationsIn(responseObject(source)).find((each) => isObject(each) && each.location === location);
  const bulkId = isObject(result) ? result.bulkId : undefined;
  const operation = operationsIn(requestJson(source)).find((each) => isObject(each) && each.bulkId === bulkId);
  const name = isObject(operation) ? atPath(operation, 'data.userName') : undefined;
  if (typeof name === 'string') return { name };
  const path = isObject(operation) ? textOf(operation.path) : '';
  return path.startsWith('/Groups/') ? { id: lastSegment(path) } : {};
};

const resultAt = (source: Answered, location: string) =>
  operationResults(responseObject(source) ?? {}).find((result) => result.location === location);

const findWrongResult = ({ source, location, reads }: Followed): Found | undefined => {
  const { name = '', id } = writtenAt(source, location);
  const what = id === undefined ? name : `the group ${id}`;
  if (name === '' && id === undefined) return undefined;
  const shows = (resource: JsonObject | undefined): boolean => {
    if (id !== undefined) return resource?.id === id;
    return (
      typeof resource?.id === 'string' && (typeof resource.userName !== 'string' || isAlike(name, resource.userName))
    );
  };
  const right = reads.find((read) => read.response.status === 200 && shows(responseObject(read)));
  const last = reads.at(-1);
  if (right === undefined)
    return last === undefined
      ? undefined
      : {
          code: 'result-location-leads-elsewhere',
          expected: `a GET of the location ${shown(location)} of a result to show ${what}`,
          actual: `the answer is ${last.response.status} ${describeBody(last)}`,
          exchanges: [source, last],
        };
  const version = resultAt(source, location)?.version ?? '';
  const tags = tagsIn(right);
  return version === '' || tags.length === 0 || tags.some((tag) => isSameTag(version, withoutCoding(tag)))
    ? undefined
    : {
        code: 'result-version-differs',
        expected: `version ${[...new Set(tags)].join(' or ')}, which ${what} has, in its result`,
        actual: `it is ${version}`,
        exchanges: [source, right],
      };
};

export const judgeFollowed = (trace: TraceView): Judgement<LocationCode> =>
  together(judgeMeta(trace), judgeEach(followedIn(trace, steps.atResultLocation), findWrongResult));
