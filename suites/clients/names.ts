/**
 * The names and ids that replace the placeholders of a shape. They are found in the exchanges of the exercise, so that the
 * reader of a recording finds the same ones as the scenario.
 */
import { succeeded } from '../trace/answers.js';
import { responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';

/**
 * `user` and `userName` of the first user, `other` and `otherName` of the second, `group` and `groupName`, and new names
 * that begin like the old ones, so that the cleanup recognises them.
 */
export type Names = Readonly<Record<string, string>>;

const created = (exchanges: readonly Answered[], endpoint: 'Users' | 'Groups'): Answered[] =>
  exchanges.filter(
    (exchange) =>
      exchange.request.method === 'POST' && exchange.request.url.endsWith(`/${endpoint}`) && succeeded(exchange),
  );

const idOf = (create: Answered | undefined): string | undefined => {
  const id = create === undefined ? undefined : responseObject(create)?.id;
  return typeof id === 'string' ? id : undefined;
};

/** `fresh`: the name that the request itself uses, if it needs a new one. */
export const namesIn = (exchanges: readonly Answered[], fresh?: string): Names => {
  const [user, other] = created(exchanges, 'Users');
  const [group] = created(exchanges, 'Groups');
  const userName = user?.subject ?? fresh;
  const groupName = group?.subject ?? fresh;
  const found = {
    user: idOf(user),
    userName,
    newUserName: userName?.replace('@', '-new@'),
    other: idOf(other),
    otherName: other?.subject,
    group: idOf(group),
    groupName,
    newGroupName: groupName === undefined ? undefined : `${groupName}-new`,
  };
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
};

const placeholder = /\{([a-zA-Z]+)\}/g;

/** A text with its placeholders replaced. Throws if a name is missing. */
export const filledText = (text: string, names: Names, as: (value: string) => string = (value) => value): string =>
  text.replaceAll(placeholder, (_, name: string) => {
    const value = names[name];
    if (value === undefined) throw new Error(`there is no ${name} for «${text}»`);
    return as(value);
  });

/** A JSON value with the placeholders in all of its texts replaced. Throws if a name is missing. */
export const filled = (value: unknown, names: Names): unknown => {
  if (typeof value === 'string') return filledText(value, names);
  if (Array.isArray(value)) return value.map((item) => filled(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(member, names)]));
};
