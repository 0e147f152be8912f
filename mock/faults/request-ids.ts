/** Faults of X-Request-ID on the 202: it is missing, or not the one that the client sent. */
import { header } from '../../schemas/names.js';
import { both, edit, isAccepted, withField, withoutField } from './answers.js';
import type { Fault } from './fault.js';

/** Letters, digits and the like: control characters cannot be sent in a field. */
const percentDecoded = (text: string): string =>
  text.replaceAll(/%([2-6][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

export const requestIdFaults: readonly Fault[] = [
  {
    name: 'request-id-missing-on-changes',
    title: '202 to PUT, PATCH and DELETE without X-Request-ID',
    breaks: ['ACC-05'],
    seams: edit(
      both(isAccepted, (_, { method }) => method !== 'POST'),
      withoutField(header.requestId),
    ),
  },
  {
    name: 'request-id-of-a-bulk-request-replaced',
    title: '202 to a bulk request with an X-Request-ID that the provider made, although the client sent one',
    breaks: ['ACC-05'],
    seams: edit(
      both(isAccepted, (_, { path, field }) => path === '/Bulk' && field(header.requestId) !== undefined),
      (answer, _request, { environment: { newId } }) => withField(header.requestId, newId())(answer),
    ),
  },
  {
    name: 'request-id-percent-decoded',
    title: 'an X-Request-ID that comes back percent-decoded',
    breaks: ['ACC-05'],
    seams: edit(isAccepted, (answer) =>
      withField(header.requestId, percentDecoded(answer.headers[header.requestId] ?? ''))(answer),
    ),
  },
];
