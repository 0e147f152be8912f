/** The scenario of a client: creates what a shape needs, sends it as the client does, and reads before and afterwards. */
import { header } from '../../schemas/names.js';
import type { Purpose } from '../../schemas/types.js';
import { pathSegment } from '../bindings/locations.js';
import { defineScenario, type Scenario } from '../definitions/scenario.js';
import { buildUser } from '../generators/user.js';
import { createGroup, createMember } from '../scenarios/building-blocks/create-group.js';
import { createdPath } from '../session/lookup.js';
import type { Session } from '../session/session.js';
import { responseObject } from '../trace/message.js';
import { step } from '../trace/step.js';
import { isAnswered, type Answered } from '../trace/trace.js';
import { filled, filledText, namesIn, type Names } from './names.js';
import type { Client, Shape } from './shape.js';

export const shapeSteps = {
  before: step('before the request of a client'),
  request: step('the request of a client'),
  after: step('after the request of a client'),
};

const purposes: Readonly<Record<Shape['request']['method'], Purpose>> = {
  GET: 'search',
  POST: 'create',
  PUT: 'replace',
  PATCH: 'patch',
};

/** What exists before the request. */
interface Scene {
  readonly names: Names;
  /** The resource that the request is about; undefined if there is none yet. */
  readonly path: string | undefined;
  /** The new name that the request uses. */
  readonly fresh?: string;
}

const answersOf = ({ entries }: Session): Answered[] =>
  entries.filter((entry): entry is Answered => entry.type === 'exchange' && isAnswered(entry));

const sceneWith = (session: Session, path: string | undefined): Scene => ({ names: namesIn(answersOf(session)), path });

const fresh = (name: string): Scene => ({ names: namesIn([], name), path: undefined, fresh: name });

const setUp = async (session: Session, { start }: Shape): Promise<Scene> => {
  if (start.kind === 'new-user') return fresh(session.userName());
  if (start.kind === 'new-group') return fresh(session.groupName());
  if (start.kind === 'user') {
    const own = start.with ?? {};
    const { path } = await createMember(session, (userName) => ({
      ...buildUser(userName, { givenName: 'Conformance', familyName: 'Test', displayName: 'Conformance Test' }),
      ...(filled(own, { userName }) as Record<string, unknown>),
    }));
    return sceneWith(session, path);
  }
  const [user, other] = [await createMember(session), await createMember(session)];
  const members = { none: [], user: [user.id], both: [user.id, other.id] }[start.members];
  return sceneWith(session, (await createGroup(session, members)).path);
};

const read = (session: Session, path: string, variant: (typeof shapeSteps)['before' | 'after']) =>
  session.attempt({ method: 'GET', url: path, purpose: 'read', subject: path, variant });

const urlOf = ({ path, query = {} }: Shape['request'], names: Names): string => {
  const parameters = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(filledText(value, names))}`,
  );
  return [filledText(path, names, pathSegment), ...(parameters.length === 0 ? [] : [parameters.join('&')])].join('?');
};

const bodyOf = (
  { body, asReadWith }: Shape['request'],
  names: Names,
  before: Answered | undefined,
): { body?: unknown } => {
  if (asReadWith !== undefined) {
    const resource = before === undefined ? undefined : responseObject(before);
    return { body: { ...resource, ...(filled(asReadWith, names) as Record<string, unknown>) } };
  }
  return body === undefined ? {} : { body: filled(body, names) };
};

const exercise = async (shape: Shape, session: Session): Promise<void> => {
  const scene = await setUp(session, shape);
  const { names, path } = scene;
  const { method } = shape.request;
  const before = path === undefined || method === 'GET' ? undefined : await read(session, path, shapeSteps.before);
  const answer = await session.attempt({
    method,
    url: urlOf(shape.request, names),
    purpose: purposes[method],
    variant: shapeSteps.request,
    ...(scene.fresh === undefined ? {} : { subject: scene.fresh }),
    ...bodyOf(shape.request, names, before !== undefined && isAnswered(before) ? before : undefined),
    // These clients send no If-Match, whatever the target demands.
    headers: [[header.ifMatch, '']],
  });
  if (method === 'GET' || !isAnswered(answer)) return;
  const written = path ?? createdPath(answer, session.facts.baseUrl);
  if (written !== undefined) await read(session, written, shapeSteps.after);
};

/** The input is the name of a shape. */
export const scenarioOf = (client: Client): Scenario =>
  defineScenario<string>({
    name: `client-${client.name}`,
    title: `sends requests as ${client.title} does`,
    inputs: () => client.shapes.map(({ name }) => name),
    exercise: (name, session) => {
      const shape = client.shapes.find((each) => each.name === name);
      if (shape === undefined) throw new Error(`${client.name} has no shape ${name}`);
      return exercise(shape, session);
    },
  });
