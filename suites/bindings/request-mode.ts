/** The paper's binding: `X-SCIM-Request-Mode: asynchronous` → 202 with a `Location` → status resource (profile §2). */
import { header, mediaType, requestMode } from '../../schemas/names.js';
import { isObject, responseHeader, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { tooLong, type Binding } from './binding.js';
import { operationResults } from './operation-result.js';
import { resolveLocation } from './locations.js';

export const requestModeBinding: Binding = {
  name: 'request-mode',
  accept: mediaType.scim,
  ask: ({ requestId }) => [
    [header.requestMode, requestMode.asynchronous],
    ...(requestId === undefined ? [] : [[header.requestId, requestId] satisfies [string, string]]),
  ],
  location: (accepted) => {
    const location = responseHeader(accepted, header.location);
    return location === undefined ? undefined : resolveLocation(location, accepted.request.url);
  },
  observe: (answer: Answered) => {
    const body = responseObject(answer);
    if (answer.response.status !== 200)
      return { state: 'unreadable', why: `it was answered ${answer.response.status}` };
    if (answer.response.truncated) return { state: 'unreadable', why: tooLong };
    if (body === undefined) return { state: 'unreadable', why: 'the body is not a JSON object' };
    const completed = isObject(body.status) ? body.status.completed : undefined;
    if (typeof completed !== 'boolean') return { state: 'unreadable', why: 'status.completed is not a boolean' };
    return completed ? { state: 'completed', results: operationResults(body) } : { state: 'pending' };
  },
};
