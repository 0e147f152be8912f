/**
 * Writes resources with every attribute that the provider names in /Schemas, and reads them after each write. If a provider
 * refuses a resource, the scenario tries parts of it, so that one value that is not accepted does not hide the others.
 */
import fc from 'fast-check';
import { urn } from '../../../schemas/names.js';
import { defineScenario } from '../../definitions/scenario.js';
import { Blocked } from '../../errors/errors.js';
import { ingredients, plainIngredients, type Ingredients } from '../../generators/described.js';
import { describedResource, partsOf, type Part } from '../../generators/described-resource.js';
import { describedTypes, type DescribedType } from '../../provider/described-types.js';
import { findAttribute } from '../../provider/schema-definitions.js';
import { createdUrl } from '../../session/lookup.js';
import type { Session } from '../../session/session.js';
import { succeeded } from '../../trace/answers.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { createMember } from '../building-blocks/create-group.js';
import { readDescription } from '../building-blocks/read-description.js';

/** Requests for all resources of one exercise. */
const mostRequests = 34;

/** Resource types beside users and groups. */
const mostOthers = 2;

/** Attributes without which many providers take no user, whatever they say. */
const usual = ['emails', 'name'];

interface Choice {
  readonly created: Ingredients;
  readonly replaced: Ingredients;
}

interface Draft {
  readonly parts: readonly Part[];
  readonly isPlain: boolean;
}

const is = ({ schema }: DescribedType, id: string): boolean => schema.id.toLowerCase() === id.toLowerCase();

/** Attributes by which the suite recognises its own resource; undefined if the type has none. */
const namesFor = (
  type: DescribedType,
  session: Session,
): { name: string; named: Record<string, unknown> } | undefined => {
  const has = (attribute: string): boolean => findAttribute(type.schema, attribute)?.type === 'string';
  if (is(type, urn.user) || has('userName')) {
    const name = session.userName();
    return { name, named: { userName: name, ...(has('externalId') ? { externalId: `ext-${name}` } : {}) } };
  }
  const name = session.groupName();
  if (is(type, urn.group) || has('displayName'))
    return { name, named: { displayName: name, ...(has('externalId') ? { externalId: `ext-${name}` } : {}) } };
  return has('externalId') ? { name, named: { externalId: name } } : undefined;
};

class Writer {
  private requests = 0;

  constructor(
    private readonly session: Session,
    private readonly choice: Choice,
    private readonly userId: string | undefined,
  ) {}

  private get hasRoom(): boolean {
    return this.requests < mostRequests;
  }

  private send(plan: Parameters<Session['send']>[0]): Promise<Answered> {
    this.requests += 1;
    return this.session.send(plan);
  }

  /** All attributes together; if they are refused, halves of them. `most`: requests for this type. */
  async write(type: DescribedType, most: number): Promise<void> {
    const all = partsOf(type);
    const isBase = ({ key, definition }: Part): boolean =>
      definition.required || (is(type, urn.user) && usual.includes(key.toLowerCase()));
    const base = all.filter(isBase);
    const drafts: Draft[] = [{ parts: all.filter((part) => !isBase(part)), isPlain: false }];
    const end = this.requests + most;
    for (
      let draft = drafts.shift();
      draft !== undefined && this.hasRoom && this.requests < end;
      draft = drafts.shift()
    ) {
      const { parts, isPlain } = draft;
      const status = await this.writeOne(type, [...base, ...parts], isPlain);
      if (status === undefined || [401, 403, 404, 405, 501].includes(status)) return;
      if (status < 400 || status >= 500) continue;
      const half = Math.ceil(parts.length / 2);
      if (parts.length > 1)
        drafts.push({ ...draft, parts: parts.slice(0, half) }, { ...draft, parts: parts.slice(half) });
      else if (!isPlain) drafts.push({ parts, isPlain: true });
    }
  }

  /** Creates and replaces one resource, and reads it after both. Returns the status of the create; undefined if there is none. */
  private async writeOne(type: DescribedType, parts: readonly Part[], isPlain: boolean): Promise<number | undefined> {
    const names = namesFor(type, this.session);
    if (names === undefined) return undefined;
    const { name, named } = names;
    const [first, second] = [this.choice.created, this.choice.replaced].map((each) =>
      isPlain ? plainIngredients(each) : each,
    );
    if (first === undefined || second === undefined) return undefined;
    const bodyFrom = (from: Ingredients) =>
      describedResource(type, parts, named, { unique: name, from, first, userId: this.userId });
    const about = { subject: name };
    const create = await this.send({
      method: 'POST',
      url: type.path,
      purpose: 'create',
      body: bodyFrom(first),
      ...about,
    });
    const url = createdUrl(create);
    if (create.response.status !== 201 || url === undefined) return create.response.status;
    const read = (): Promise<Answered> => this.send({ method: 'GET', url, purpose: 'read', ...about });
    // A provider may answer with a resource that is not ours: the suite must not change it.
    const isOurs = JSON.stringify(responseObject(await read()) ?? {})
      .toLowerCase()
      .includes(name.toLowerCase());
    if (!isOurs) return create.response.status;
    const replace = await this.send({ method: 'PUT', url, purpose: 'replace', body: bodyFrom(second), ...about });
    if (succeeded(replace)) await read();
    return create.response.status;
  }
}

const userIdFor = async (session: Session): Promise<string | undefined> => {
  try {
    return (await createMember(session)).id;
  } catch (error) {
    if (error instanceof Blocked && error.code === 'not-created') return undefined;
    throw error;
  }
};

const writeAll = async (choice: Choice, session: Session): Promise<void> => {
  const types = describedTypes(await readDescription(session), session.facts.baseUrl);
  const others = types.filter((type) => !is(type, urn.user) && !is(type, urn.group)).slice(0, mostOthers);
  const users = types.filter((type) => is(type, urn.user));
  const groups = session.facts.capabilities.groups ? types.filter((type) => is(type, urn.group)) : [];
  const writer = new Writer(session, choice, await userIdFor(session));
  for (const type of users) await writer.write(type, 18);
  for (const type of [...groups, ...others]) await writer.write(type, 8);
};

export const everyAttribute = defineScenario({
  name: 'every-attribute',
  title: 'writes resources with every attribute that the provider names, and reads them',
  inputs: () => fc.record({ created: ingredients, replaced: ingredients }),
  exercise: writeAll,
});
