/** Faults of messages: MSGQ-01. */
import { header } from '../../schemas/names.js';
import { isJson } from '../json.js';
import { edit, error, on, without, withoutField, type Match } from './answers.js';
import type { Fault } from './fault.js';

const isAcceptedMessage = on(202, 'POST', /^\/integration\/messages$/);

const isRefusedMessage: Match = ({ status }, { path }) => status === 400 && path === '/integration/messages';

export const messageFaults: readonly Fault[] = [
  {
    name: 'message-without-a-status',
    title: '202 to a message without the Location of a status',
    breaks: ['MSGQ-01'],
    seams: edit(isAcceptedMessage, withoutField(header.location)),
  },
  {
    name: 'message-answered-with-204',
    title: '204 to a message, so that nobody can follow it',
    breaks: ['MSGQ-01'],
    seams: edit(isAcceptedMessage, () => ({ status: 204, headers: {} })),
  },
  {
    name: 'message-batch-size-not-checked',
    title: 'messages with a batchSize that is no number of records',
    breaks: ['MSGQ-01'],
    seams: ({ readMessage }) => ({
      readMessage: (body) => {
        const read = readMessage(body);
        return isJson(read) ? without(read, 'batchSize') : read;
      },
    }),
  },
  {
    name: 'message-checked-by-the-worker-only',
    title: '202 to an invalid message',
    breaks: ['MSGQ-01'],
    seams: edit(isRefusedMessage, () => ({ status: 202, headers: {} })),
  },
  {
    name: 'message-status-elsewhere',
    title: '202 to a message whose Location leads nowhere',
    breaks: ['MSGQ-01'],
    seams: edit(isAcceptedMessage, (answer) => ({
      ...answer,
      headers: { ...answer.headers, [header.location]: '/scim/v2/integration/messages/1/status' },
    })),
  },
  {
    name: 'message-endpoint-missing',
    title: '404 to messages although they are advertised',
    breaks: ['MSGQ-01'],
    seams: edit(isAcceptedMessage, () => error(404)),
  },
];
