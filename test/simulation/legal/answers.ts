/** What variants need to change answers. */
import { header, mediaType, urn } from '../../../schemas/names.js';
import { bodyOf, type Match } from '../../../mock/faults/answers.js';
import type { Answer } from '../../../mock/http/answer.js';
import { isJson, type Json } from '../../../mock/json.js';
import type { Handler, HandlerReply, HandlerRequest } from '../../../suites/index.js';
import type { Change, Parts } from './variant.js';

/** Changes only the answers that match. */
export const where =
  (match: Match, change: Change): Change =>
  (answer, request) =>
    match(answer, request) ? change(answer, request) : answer;

export const says = ({ schemas }: Json, wanted: string): boolean => Array.isArray(schemas) && schemas.includes(wanted);

/** Whether the body is a message or resource of this schema. */
export const is =
  (schema: string): Match =>
  (answer) =>
    says(bodyOf(answer), schema);

export const isError = is(urn.error);

/** A 202, or an answer with a status resource. */
export const isStatus = is(urn.provisionStatus);

/** An answer about a SCIM resource or with a SCIM message. */
export const isScim: Match = ({ headers }) => headers[header.contentType] === mediaType.scim;

/** The 202 of RFC 9967. */
export const isPromise: Match = ({ status, headers }, { method }) =>
  status === 202 && method !== 'GET' && headers[header.preferenceApplied] !== undefined;

const isResource = (value: Json): boolean =>
  typeof value.id === 'string' && (says(value, urn.user) || says(value, urn.group));

/** Changes every user and group in a value. */
export const inMembers = (value: unknown, change: (resource: Json) => Json): unknown => {
  if (Array.isArray(value)) return value.map((item) => inMembers(item, change));
  if (!isJson(value)) return value;
  if (isResource(value)) return change(value);
  const { Resources, Operations, response } = value;
  return {
    ...value,
    ...(Resources === undefined ? {} : { Resources: inMembers(Resources, change) }),
    ...(Operations === undefined ? {} : { Operations: inMembers(Operations, change) }),
    ...(response === undefined ? {} : { response: inMembers(response, change) }),
  };
};

/** Changes every user and group that is shown, in lists and results, too. */
export const eachResource =
  (change: (resource: Json) => Json): Change =>
  (answer) => {
    const found: Json[] = [];
    const body = inMembers(answer.body, (resource) => {
      found.push(resource);
      return change(resource);
    });
    return found.length > 0 ? { ...answer, body } : answer;
  };

export const eachUser = (change: (user: Json) => Json): Change =>
  eachResource((resource) => (says(resource, urn.user) ? change(resource) : resource));

/** Changes a header field if it is there. */
export const inField =
  (name: string, change: (value: string) => string): Change =>
  (answer) => {
    const value = answer.headers[name];
    return value === undefined ? answer : { ...answer, headers: { ...answer.headers, [name]: change(value) } };
  };

export const withoutBody = ({ status, headers }: Answer): Answer => ({ status, headers });

export const withoutHeader =
  (name: string): Change =>
  (answer) =>
    answer.headers[name] === undefined
      ? answer
      : { ...answer, headers: Object.fromEntries(Object.entries(answer.headers).filter(([field]) => field !== name)) };

export const withFields = (answer: Answer, fields: Readonly<Record<string, string>>): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...fields },
});

type Headers = Exclude<HandlerReply, { failure: string }>['headers'];

/** Changes the header lines of every answer. */
export const lines =
  (change: (headers: Headers) => Headers): NonNullable<Parts['wire']> =>
  (next) =>
  async (request) => {
    const reply = await next(request);
    return 'failure' in reply ? reply : { ...reply, headers: change(reply.headers) };
  };

const isScimField = ([name, value]: Headers[number]): boolean =>
  name.toLowerCase() === 'content-type' && /scim\+json/i.test(value);

/** Changes the body of every SCIM message as it is on the wire, so that no other variant sees the change. */
export const messages =
  (change: (body: Json) => Json): NonNullable<Parts['wire']> =>
  (next) =>
  async (request) => {
    const reply = await next(request);
    if ('failure' in reply || reply.body === '' || !reply.headers.some(isScimField)) return reply;
    const body: unknown = JSON.parse(reply.body);
    return isJson(body) ? { ...reply, body: JSON.stringify(change(body)) } : reply;
  };

/** Changes one claim of all security event tokens, which is an object. */
export const claim =
  (name: 'events' | 'sub_id', change: (value: Json) => Json): NonNullable<Parts['seams']> =>
  ({ claimsOf }) => ({
    claimsOf: (claims, context) => {
      const honest = claimsOf(claims, context);
      const value = honest?.[name];
      return isJson(value) ? { ...honest, [name]: change(value) } : honest;
    },
  });

/** Changes requests before the mock gets them, and answers before the client gets them. */
export const translating =
  (
    inward: (request: HandlerRequest) => HandlerRequest,
    outward: (reply: Exclude<HandlerReply, { failure: string }>) => HandlerReply,
  ): ((next: Handler) => Handler) =>
  (next) =>
  async (request) => {
    const reply = await next(inward(request));
    return 'failure' in reply ? reply : outward(reply);
  };
