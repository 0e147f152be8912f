/**
 * A target has resources of others, which appear and vanish at any time. Lists are tested on resources of one exercise alone,
 * if the target has a filter that finds them and no others.
 */
import { Blocked } from '../../errors/errors.js';
import { plainUser } from '../../generators/user.js';
import { plainGroup } from '../../generators/worded.js';
import type { Endpoint } from '../../leftovers/cleanup.js';
import type { Session } from '../../session/session.js';
import { isObject, responseObject } from '../../trace/message.js';
import { step, type Step } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';
import type { Exchange } from '../../../schemas/types.js';

export const ownListSteps = {
  /** A search that tries whether a filter finds the own resources. */
  trial: step('trial of a filter'),
};

export interface OwnList {
  readonly endpoint: Endpoint;
  /** Finds the own resources and no others; undefined if the target has no such filter. */
  readonly filter: string | undefined;
}

/** Top-level domains, so that a provider that checks e-mail addresses takes the names. */
const endings = ['', '.au', '.ca', '.ch', '.de'];

/** The number of resources that `createOwnList` creates. */
export const ownListSize = endings.length;

export const resourcesIn = (exchange: Exchange): readonly unknown[] => {
  const list = exchange.response?.status === 200 ? responseObject(exchange)?.Resources : undefined;
  return Array.isArray(list) ? list : [];
};

const createAll = async (session: Session, endpoint: Endpoint, names: readonly string[]): Promise<Set<unknown>> => {
  const ids = new Set<unknown>();
  for (const subject of names) {
    const body = endpoint === 'Users' ? plainUser(subject) : plainGroup(subject);
    const answer = await session.send({ method: 'POST', url: `/${endpoint}`, purpose: 'create', subject, body });
    const id = responseObject(answer)?.id;
    if (answer.response.status !== 201 || typeof id !== 'string')
      throw new Blocked('not-created', `The scenario needs ${names.length} resources, but could not create one.`);
    ids.add(id);
  }
  return ids;
};

/** One query of a list. `query` has the parameters besides the filter. */
export const lookAt = (
  session: Session,
  { endpoint, filter }: OwnList,
  query: string,
  variant: Step,
): Promise<Exchange> => {
  const parameters = [...(filter === undefined ? [] : [`filter=${encodeURIComponent(filter)}`]), query];
  const url = `/${endpoint}?${parameters.filter((each) => each !== '').join('&')}`;
  return session.attempt({ method: 'GET', url, purpose: 'search', variant, isUnusual: true });
};

/** Whether a filter finds more than one of the own resources, and nothing else. */
const isOwn = (trial: Exchange, ids: ReadonlySet<unknown>): boolean => {
  const found = resourcesIn(trial);
  const total = isAnswered(trial) ? responseObject(trial)?.totalResults : undefined;
  return (
    found.length > 0 &&
    found.every((resource) => isObject(resource) && ids.has(resource.id)) &&
    (found.length > 1 || (typeof total === 'number' && total > 2))
  );
};

/** Creates resources and looks for a filter that finds them. Throws Blocked if they cannot be created. */
export const createOwnList = async (session: Session, endpoint: Endpoint): Promise<OwnList> => {
  const [attribute, base] =
    endpoint === 'Users' ? ['userName', session.userName()] : ['displayName', `${session.groupName()}.list`];
  const names = endings.map((ending) => `${base}${ending}`);
  const ids = await createAll(session, endpoint, names);
  if (!session.facts.capabilities.filter) return { endpoint, filter: undefined };
  // Many providers have only some of the operators.
  const filters = [`${attribute} sw "${base}"`, names.map((name) => `${attribute} eq "${name}"`).join(' or ')];
  for (const filter of filters) {
    const trial = await lookAt(session, { endpoint, filter }, `count=${2 * ownListSize}`, ownListSteps.trial);
    if (isOwn(trial, ids)) return { endpoint, filter };
  }
  return { endpoint, filter: undefined };
};
