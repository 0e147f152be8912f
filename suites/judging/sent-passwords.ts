/** Finds the passwords that the suite has sent: none of them may come back (RFC 7643 §4.1.1). */
import { isObject, requestJson } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from './trace-view.js';

export interface SentPassword {
  readonly password: string;
  readonly exchange: Answered;
  /** The operation that holds it, if it was sent in a bulk request. */
  readonly operation?: { readonly index: number; readonly bulkId: unknown };
}

/** Names are case-insensitive, and may begin with the URN of their schema (RFC 7643 §2.1, RFC 7644 §3.10). */
const ofUser = /^(?:urn:ietf:params:scim:schemas:core:2\.0:user:)?password$/i;

/** Whether this is the name or the path of the attribute `password` of a user. */
export const namesPassword = (name: string): boolean => ofUser.test(name);

/** Whether a member of an object holds a password: `password` itself, or the `value` of a PATCH operation. */
const holdsPassword = (holder: Record<string, unknown>, name: string): boolean =>
  namesPassword(name) || (name === 'value' && typeof holder.path === 'string' && namesPassword(holder.path));

const passwordsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(passwordsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (!holdsPassword(value, name)) return passwordsIn(member);
    return typeof member === 'string' && member !== '' ? [member] : [];
  });
};

/** Every password that was sent and answered, in the order of the trace. */
export const sentPasswords = (trace: TraceView): readonly SentPassword[] =>
  trace.answered().flatMap((exchange): SentPassword[] => {
    const { method, body = '' } = exchange.request;
    // Most requests hold no password and need not be parsed.
    const sent = /password/i.test(body) ? requestJson(exchange) : undefined;
    if (method !== 'POST' || !isObject(sent) || !Array.isArray(sent.Operations))
      return passwordsIn(sent).map((password) => ({ password, exchange }));
    return sent.Operations.flatMap((operation: unknown, index) => {
      const bulkId = isObject(operation) ? operation.bulkId : undefined;
      return passwordsIn(operation).map((password) => ({ password, exchange, operation: { index, bulkId } }));
    });
  });

const isInOther = (value: unknown, text: string): boolean => {
  if (typeof value === 'string') return value.includes(text);
  if (Array.isArray(value)) return value.some((item) => isInOther(item, text));
  return (
    isObject(value) &&
    Object.entries(value).some(([name, member]) => !holdsPassword(value, name) && isInOther(member, text))
  );
};

/** A shorter text may be in an answer by chance. */
const shortest = 8;

/**
 * Whether this value in an answer proves a leak: it is long, and it was sent only as a password. A target file may give
 * all users a password that is, for example, their userName.
 */
export const isTelling = (trace: TraceView, { password }: SentPassword): boolean =>
  password.length >= shortest && !trace.answered().some((exchange) => isInOther(requestJson(exchange), password));
