import { eventUri } from '../../../../schemas/names.js';
import type { TargetFacts } from '../../../../schemas/types.js';
import { evt06 } from '../../../../suites/requirements/evt/evt-06.js';
import { eventPoll } from '../../../../suites/scenarios/respond-async/event-poll.js';
import { proveRequirement } from '../../prove-requirement.js';
import { EventTrace, setOf } from './event-trace.js';

const full = `${eventUri.prefix}prov:create:full`;
const notice = `${eventUri.prefix}prov:create:notice`;

const announced: Partial<TargetFacts> = { securityEvents: { eventUris: [full, notice] }, deliveries: ['poll'] };

/** A poll that brings one event. */
const issued = (uri: string, payload: unknown): EventTrace => {
  const trace = new EventTrace(announced, eventPoll);
  const by = trace.exchange('event-poll', 'POST https://events.example/', { status: 200 });
  trace.received(by, { via: 'poll', key: 'jti-1', claims: setOf({ [uri]: payload }) });
  return trace;
};

proveRequirement(evt06, {
  right: {
    'a full event with data': () => issued(full, { data: { userName: 'a' } }),
    'a notice with attributes': () => issued(notice, { attributes: ['userName'] }),
  },
  wrong: {
    'full-without-data': () => issued(full, {}),
    'full-with-attributes': () => issued(full, { data: {}, attributes: ['userName'] }),
    'notice-without-attributes': () => issued(notice, { attributes: 'userName' }),
    'notice-with-data': () => issued(notice, { attributes: ['userName'], data: {} }),
    'other-ending': () => issued(`${eventUri.prefix}prov:create`, { data: {} }),
  },
  legal: {
    'members that nobody knows (RFC 9967 §2.4)': () => issued(full, { data: {}, version: 'W/"1"' }),
    'a notice of a change without names (RFC 9967 §2.4)': () => issued(notice, { attributes: [] }),
    'an event without a payload (RFC 9967 §2.4.4; profile §7, clarification 4)': () => issued(eventUri.delete, {}),
  },
  silent: {
    'no provisioning events are advertised': () => new EventTrace({ securityEvents: { eventUris: [] } }, eventPoll),
    'they are advertised, and none has come': () => new EventTrace(announced, eventPoll),
    'they are advertised, and nobody polls': () => new EventTrace({ ...announced, deliveries: [] }, eventPoll),
  },
});
