/** EVT-06. The content of `data` is not judged (profile §7, clarification 4). */
import { eventUri } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip } from '../../judging/describe.js';
import { judgeEach, type Judgement, notApplicable, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { eventPoll } from '../../scenarios/respond-async/event-poll.js';
import { eventPush } from '../../scenarios/respond-async/event-push.js';
import { preferWrite } from '../../scenarios/respond-async/prefer-write.js';
import { eventsOf } from '../../security-events/security-event-token.js';
import { isObject } from '../../trace/message.js';
import { usualUrn } from '../../trace/spelling.js';
import { exchangesOfToken, type TokenFault } from './each-token.js';

/** Provisioning events that have neither data nor attributes (RFC 9967 §2.4.4 to §2.4.6; profile §7, clarification 4). */
const withoutPayload: readonly string[] = [eventUri.delete, eventUri.activate, eventUri.deactivate];

type Code =
  'full-without-data' | 'full-with-attributes' | 'notice-without-attributes' | 'notice-with-data' | 'other-ending';

const wrongPayload = (uri: string, payload: unknown): Pick<TokenFault<Code>, 'code' | 'expected'> | undefined => {
  const { data, attributes } = isObject(payload) ? payload : {};
  if (uri.endsWith(':full')) {
    const expected = `data, and no attributes, in ${uri}`;
    if (!isObject(data)) return { code: 'full-without-data', expected };
    return attributes === undefined ? undefined : { code: 'full-with-attributes', expected };
  }
  if (uri.endsWith(':notice')) {
    const expected = `attributes, a list of names, and no data, in ${uri}`;
    const isNames = Array.isArray(attributes) && attributes.every((name) => typeof name === 'string');
    if (!isNames) return { code: 'notice-without-attributes', expected };
    return data === undefined ? undefined : { code: 'notice-with-data', expected };
  }
  return { code: 'other-ending', expected: `${uri} to end with :full or :notice` };
};

const judgeWithoutEvents = ({ target }: TraceView): Judgement<never> => {
  const { securityEvents, deliveries = [] } = target;
  const uris: unknown[] =
    isObject(securityEvents) && Array.isArray(securityEvents.eventUris) ? securityEvents.eventUris : [];
  if (!uris.some((uri) => typeof uri === 'string' && usualUrn(uri).startsWith(`${eventUri.prefix}prov:`)))
    return notApplicable('securityEvents.eventUris lists no provisioning events.');
  return deliveries.length > 0
    ? together()
    : notApplicable('Provisioning events come by poll or push only. Give --set-poll or --set-push to receive them.');
};

export const evt06 = defineRequirement({
  id: 'EVT-06',
  since: '1.0',
  level: 'MUST',
  title: 'provisioning events: exactly one of `data` (`:full`) and `attributes` (`:notice`)',
  source: cite('RFC 9967 §2.4'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'From the end of the event URI a receiver decides whether the values are in the event, or have to be fetched.',
      'If URI and payload do not match, it copies nothing, or gets personal data that it did not ask for.',
    ],
    tested: [
      'Users are created, replaced, patched, deactivated and deleted, groups are created and replaced, and the `prov` events about them are checked.',
      'An event whose URI ends with `:full` has to have the object `data` and no `attributes`; one that ends with `:notice` has to have the list `attributes` of names and no `data`. Another ending is a failure.',
      '`prov:delete`, `prov:activate` and `prov:deactivate` have neither and are not judged.',
      'Skipped if `eventUris` lists no `prov` events, or if tokens are neither polled nor pushed (`--set-poll`, `--set-push`).',
    ],
    fix: [
      'Choose the payload in the same place as the URI: `attributes` is a list of attribute names, `data` holds the values.',
      'Leave the other member out completely; do not send it as null or empty.',
    ],
  },
  codes: {
    'full-without-data': 'a full event has no data',
    'full-with-attributes': 'a full event has attributes as well as data',
    'notice-without-attributes': 'a notice has no list of attribute names',
    'notice-with-data': 'a notice has data as well as attributes',
    'other-ending': 'the URI of a provisioning event ends with neither :full nor :notice',
  },
  from: [eventPoll, eventPush, preferWrite],
  judge: (trace) => {
    const events = trace.tokens().flatMap((token) =>
      eventsOf(token.claims)
        .filter(([uri]) => uri.startsWith(`${eventUri.prefix}prov:`) && !withoutPayload.includes(uri))
        .map(([uri, payload]) => ({ token, uri, payload })),
    );
    if (events.length === 0) return judgeWithoutEvents(trace);
    return judgeEach(events, ({ token, uri, payload }) => {
      const fault = wrongPayload(uri, payload);
      return fault === undefined
        ? undefined
        : { ...fault, actual: `it is ${clip(JSON.stringify(payload))}`, exchanges: exchangesOfToken(trace, token) };
    });
  },
});
