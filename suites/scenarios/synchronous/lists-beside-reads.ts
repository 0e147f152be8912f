/**
 * Shows a user with lists of values, and a group with members, in lists and by reads before and after. A provider may update
 * what it searches a little later: a list that differs is asked for again, and the judge takes the last one.
 */
import { defineScenario } from '../../definitions/scenario.js';
import { plainGroup } from '../../generators/worded.js';
import { differenceInList, listedIn } from '../../judging/listed-resource.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { step, type Step } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';
import { createGroup, createMember } from '../building-blocks/create-group.js';
import { createRichUser } from '../building-blocks/create-rich-user.js';

export const listsBesideReadsSteps = {
  /** A search that finds the resource alone. */
  found: step('found by its name'),
  /** The first resources of the list of all. */
  amongAll: step('among all'),
};

/** Milliseconds between the looks at a list that differs from the read. */
const pauses = [100, 400, 1000];

/** Resources of the list of all: on a small target, all of them. */
const many = 100;

interface Subject {
  readonly path: string;
  readonly endpoint: 'Users' | 'Groups';
  readonly filter: string;
  /** The body of a PUT that changes lists of values. */
  readonly changed: Record<string, unknown>;
}

const read = (session: Session, { path }: Subject): Promise<Answered> =>
  session.send({ method: 'GET', url: path, purpose: 'read', subject: path });

/** Asks for a list until it shows the resource as the read before. */
const list = async (
  session: Session,
  { path, endpoint }: Subject,
  { shown, query, variant }: { readonly shown: Answered; readonly query: string; readonly variant: Step },
): Promise<void> => {
  const resource = responseObject(shown) ?? {};
  for (const pause of [0, ...pauses]) {
    if (pause > 0) await session.pause(pause);
    const about = { purpose: 'search', subject: path, variant, isUnusual: true } as const;
    const search = await session.attempt({ method: 'GET', url: `/${endpoint}?${query}`, ...about });
    const listed = listedIn(search, resource.id);
    if (listed === undefined || differenceInList(resource, listed) === undefined) return;
  }
};

const look = async (session: Session, subject: Subject, isLast: boolean): Promise<void> => {
  const shown = await read(session, subject);
  if (session.facts.capabilities.filter) {
    const query = `filter=${encodeURIComponent(subject.filter)}`;
    await list(session, subject, { shown, query, variant: listsBesideReadsSteps.found });
  }
  if (isLast) await list(session, subject, { shown, query: `count=${many}`, variant: listsBesideReadsSteps.amongAll });
  await read(session, subject);
};

const userSubject = async (session: Session): Promise<Subject> => {
  const { userName, path, body } = await createRichUser(session);
  const emails = [
    { value: userName, type: 'work', primary: true },
    { value: `second-${userName}`, type: 'home' },
  ];
  const changed = { ...body(userName), displayName: session.word(), emails };
  return { path, endpoint: 'Users', filter: `userName eq "${userName}"`, changed };
};

const groupSubject = async (session: Session): Promise<Subject> => {
  const ids: string[] = [];
  while (ids.length < 3) ids.push((await createMember(session)).id);
  const { name, path } = await createGroup(session, ids.slice(0, 2));
  return { path, endpoint: 'Groups', filter: `displayName eq "${name}"`, changed: plainGroup(name, ids.slice(1)) };
};

const kinds = { user: userSubject, group: groupSubject } as const;

export const listsBesideReads = defineScenario({
  name: 'lists-beside-reads',
  title: 'compares what lists show of a user and of a group with reads of them',
  inputs: ({ capabilities: { groups } }) => (groups ? (['user', 'group'] as const) : (['user'] as const)),
  exercise: async (kind, session) => {
    const subject = await kinds[kind](session);
    await look(session, subject, false);
    const { path, changed } = subject;
    await session.send({ method: 'PUT', url: path, purpose: 'replace', subject: path, body: changed });
    await look(session, subject, true);
  },
});
