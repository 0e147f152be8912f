/**
 * Turns messages into operations (profile MSGQ-01; the paper, «Integration Patterns»). A handler reads a source and says what
 * has to be written; the operations become one asynchronous request. A user of `startMock` can replace every handler.
 */
import { urn } from '../../../schemas/names.js';
import type { MessageHandler, MessageHandlers } from '../../message-handler.js';

/** A user of the built-in source: one for each name of a source, so that an example is easy to follow. */
const userOf = (source: string): Record<string, unknown> => ({
  schemas: [urn.user],
  userName: `${source}@example.com`,
  displayName: source,
  active: true,
});

/** Creates the one user of a built-in source. */
const fromBuiltIn: MessageHandler = ({ source }) =>
  Promise.resolve([{ method: 'POST', path: '/Users', bulkId: 'message-0', data: userOf(source) }]);

/** The operations of the paper and its text: Active Directory, HR systems, cloud services. */
export const builtInHandlers: MessageHandlers = {
  SYNC_AD: fromBuiltIn,
  SYNC_HR: fromBuiltIn,
  SYNC_CLOUD: fromBuiltIn,
};
