/** Helpers for faults that change answers. */
import { header, mediaType, requestMode, urn } from '../../schemas/names.js';
import type { Environment } from '../environment.js';
import type { Answer } from '../http/answer.js';
import type { RequestSummary } from '../http/http-seams.js';
import { isJson, type Json } from '../json.js';
import type { Ports } from '../ports.js';
import type { Problem } from '../problem.js';
import type { Fault } from './fault.js';

export type Match = (answer: Answer, request: RequestSummary) => boolean;

export const bodyOf = (answer: Answer): Json => (isJson(answer.body) ? { ...answer.body } : {});

export const isAsync = (request: RequestSummary): boolean =>
  request.field(header.requestMode)?.toLowerCase() === requestMode.asynchronous;

export const isStatusRead: Match = (answer, { method, path }) =>
  method === 'GET' && path.endsWith('/status') && answer.status === 200;

/** The 202 of request-mode. The 202 of RFC 9967 has no body. */
export const isAccepted: Match = (answer, request) => answer.status === 202 && isAsync(request);

export const on =
  (status: number, method: string, path: RegExp): Match =>
  (answer, request) =>
    answer.status === status && request.method === method && path.test(request.path);

export const both =
  (...matches: Match[]): Match =>
  (answer, request) =>
    matches.every((match) => match(answer, request));

/** What a change can use besides the answer and its request. */
export interface Surroundings {
  readonly environment: Environment;
  readonly ports: Ports;
}

export type Change = (answer: Answer, request: RequestSummary, surroundings: Surroundings) => Answer | Promise<Answer>;

/** A fault that changes answers. `make` is called once for each mock, so that the change can have state. */
export const answering =
  (make: () => Change): Fault['seams'] =>
  ({ respond }, environment) => {
    const change = make();
    return {
      respond: async (answer, request, ports) =>
        change(await respond(answer, request, ports), request, { environment, ports }),
    };
  };

/** A fault that changes the answers that match. */
export const edit = (match: Match, change: Change): Fault['seams'] =>
  answering(
    () => (answer, request, surroundings) => (match(answer, request) ? change(answer, request, surroundings) : answer),
  );

export const withBody =
  (change: (body: Json) => Json) =>
  (answer: Answer): Answer => ({ ...answer, body: change(bodyOf(answer)) });

export const withoutMember = (name: string) => withBody((body) => without(body, name));

export const withoutField =
  (name: string) =>
  (answer: Answer): Answer => ({
    ...answer,
    headers: Object.fromEntries(Object.entries(answer.headers).filter(([field]) => field !== name)),
  });

export const withField =
  (name: string, value: string) =>
  (answer: Answer): Answer => ({ ...answer, headers: { ...answer.headers, [name]: value } });

/** The same answer as a 304, which has no body (RFC 9110 §15.4.5). */
export const notModified = ({ headers }: Answer): Answer => withoutField(header.contentType)({ status: 304, headers });

/** A SCIM error (RFC 7644 §3.12). */
export const error = (status: number, scimType?: Problem['scimType']): Answer => ({
  status,
  headers: { [header.contentType]: mediaType.scim },
  body: { schemas: [urn.error], status: String(status), ...(scimType === undefined ? {} : { scimType }) },
});

export const without = (body: Json, ...names: string[]): Json =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));

export const member = (body: Json, name: string): Json => (isJson(body[name]) ? { ...body[name] } : {});

export const counts = (body: Json): Json => member(body, 'operationsCount');

export const completed = (body: Json): boolean => member(body, 'status').completed === true;

/** Changes each result in a status resource. */
export const withOperations = (change: (operation: Json) => Json) =>
  withBody((body) =>
    Array.isArray(body.Operations) ? { ...body, Operations: body.Operations.filter(isJson).map(change) } : body,
  );

export const config = on(200, 'GET', /^\/ServiceProviderConfig$/);
export const user = /^\/Users\/[^/]+$/;

/** Changes the async extension in ServiceProviderConfig. */
export const withExtension = (change: (extension: Json) => Json) =>
  withBody((body) => ({
    ...body,
    [urn.asyncServiceProviderConfig]: change(member(body, urn.asyncServiceProviderConfig)),
  }));
