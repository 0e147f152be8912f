/**
 * Finds out whether the target refuses the users and groups that the suite creates, because it demands more attributes. If
 * so, and if /ResourceTypes and /Schemas name them (RFC 7643 §6, §7), the run sends them along with invented values.
 */
import { plainUser } from '../generators/user.js';
import { plainGroup } from '../generators/worded.js';
import { requiredAttributes, type RequiredAttributes } from '../provider/required-attributes.js';
import type { ResourceTemplates } from '../provider/target.js';
import type { RunContext } from '../session/run-context.js';
import { Session } from '../session/session.js';
import { isObject, responseObject, type JsonObject } from '../trace/message.js';

/** All items of a discovery list (RFC 7644 §4); empty if it cannot be read. */
const listed = async (session: Session, url: string): Promise<JsonObject[]> => {
  const answer = await session.attempt({ method: 'GET', url, purpose: 'discover' });
  const resources = answer.response?.status === 200 ? responseObject(answer)?.Resources : undefined;
  return Array.isArray(resources) ? (resources as unknown[]).filter(isObject) : [];
};

/** What the target says that it demands, whether or not it does. */
export const describedRequirements = async (session: Session): Promise<RequiredAttributes> =>
  requiredAttributes(await listed(session, '/ResourceTypes'), await listed(session, '/Schemas'));

const kinds = {
  user: { url: '/Users', body: (session: Session) => plainUser(session.userName()) },
  group: { url: '/Groups', body: (session: Session) => plainGroup(session.groupName()) },
} as const;

/** The HTTP status of a create with these templates; 0 without an answer. */
const tryToCreate = async (
  context: RunContext,
  kind: keyof typeof kinds,
  resources: ResourceTemplates,
): Promise<number> => {
  const session = new Session({ ...context, target: { ...context.target, resources } }, undefined);
  const { url, body } = kinds[kind];
  const answer = await session.attempt({ method: 'POST', url, purpose: 'probe', body: body(session) });
  return answer.response?.status ?? 0;
};

/** What a provider may answer if an attribute is missing. */
const isRefusal = (status: number): boolean => [400, 409, 422].includes(status);

/**
 * The context with what was learnt. What the user gave stays as it is. A description that demands more than the provider
 * does changes nothing, and neither does one that does not help.
 */
export const learnTemplates = async (context: RunContext): Promise<RunContext> => {
  const { resources: given = {} } = context.target;
  if (context.readOnly) return context;
  const { resources: described, invented, readOnly } = await describedRequirements(new Session(context, undefined));
  let resources = given;
  const sent: string[] = [];
  for (const kind of ['user', 'group'] as const) {
    const template = described[kind];
    if (template === undefined || given[kind] !== undefined) continue;
    if (!isRefusal(await tryToCreate(context, kind, resources))) continue;
    const more = { ...resources, [kind]: template };
    if ((await tryToCreate(context, kind, more)) !== 201) continue;
    resources = more;
    sent.push(...invented[kind]);
  }
  const facts = {
    ...context.facts,
    ...(sent.length === 0 ? {} : { inventedAttributes: sent }),
    ...(readOnly.length === 0 ? {} : { readOnlyAttributes: [...readOnly] }),
  };
  if (resources === given) return { ...context, facts };
  return { ...context, facts, target: { ...context.target, resources } };
};
