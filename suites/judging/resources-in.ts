/** Finds the users and groups in an answer: alone, in a list, or as the response of an operation. */
import { urn } from '../../schemas/names.js';
import { statusOf } from '../bindings/operation-result.js';
import { isObject, type JsonObject, operationsIn, requestJson, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from './trace-view.js';

export type Endpoint = 'Users' | 'Groups';

export interface ShownResource {
  readonly resource: JsonObject;
  readonly id: string;
  /** Undefined if the request does not tell it. */
  readonly endpoint: Endpoint | undefined;
  /** Whether the answer is about this resource alone, so that its fields are those of the resource. */
  readonly isAlone: boolean;
}

const place = /\/(?:(Users|Groups)(?:\/([^/?#]+))?|(Me|\.search))(?:[?#]|$)/i;

/** `/Me` is the alias of a user or of another resource (RFC 7644 §3.11). */
const endpoints: Readonly<Record<string, Endpoint>> = { users: 'Users', groups: 'Groups' };

/** What the URNs of all messages begin with. */
const messagePrefix = urn.error.slice(0, urn.error.indexOf('2.0'));

const isMessage = ({ schemas }: JsonObject): boolean =>
  Array.isArray(schemas) && schemas.some((schema) => typeof schema === 'string' && schema.startsWith(messagePrefix));

/** The object, if it is a resource: it has an id, and is no message. CORE-02 judges a missing id. */
const shownAs = (value: unknown, about: Pick<ShownResource, 'endpoint' | 'isAlone'>): ShownResource[] =>
  isObject(value) && typeof value.id === 'string' && value.id !== '' && !isMessage(value)
    ? [{ resource: value, id: value.id, ...about }]
    : [];

/** Whether the client asked for some attributes only (RFC 7644 §3.9), so that others are missing. */
const isProjected = (exchange: Answered): boolean => {
  const body = requestJson(exchange);
  const inBody = isObject(body) && (body.attributes !== undefined || body.excludedAttributes !== undefined);
  return inBody || /[?&](?:excluded)?attributes=/i.test(exchange.request.url);
};

/** Answers to requests that no client should send say nothing about usual ones. */
const isOdd = ({ purpose }: Answered): boolean => ['fuzz', 'hostile-id', 'malformed'].includes(purpose);

const responsesOf = (body: JsonObject): unknown[] =>
  operationsIn(body)
    .filter(isObject)
    .filter(({ status }) => /^2\d\d$/.test(statusOf(status) ?? ''))
    .map(({ response }) => response);

/** The users and groups that an answer shows with all their attributes. */
export const resourcesIn = (trace: TraceView, exchange: Answered): ShownResource[] => {
  const body = responseObject(exchange);
  const { status } = exchange.response;
  if (body === undefined || (status !== 200 && status !== 201) || isOdd(exchange)) return [];
  if (!trace.isScim(exchange) || isProjected(exchange)) return [];
  const [, collection, id, other] = place.exec(exchange.request.url) ?? [];
  if (collection === undefined && other === undefined)
    return responsesOf(body).flatMap((response) => shownAs(response, { endpoint: undefined, isAlone: false }));
  const endpoint = endpoints[(collection ?? other ?? '').toLowerCase()];
  if (Array.isArray(body.Resources))
    return body.Resources.flatMap((item) => shownAs(item, { endpoint, isAlone: false }));
  const isOne = id !== undefined || exchange.request.method === 'POST' || other?.toLowerCase() === 'me';
  return isOne ? shownAs(body, { endpoint, isAlone: true }) : [];
};
