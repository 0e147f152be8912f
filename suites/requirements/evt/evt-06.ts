/** EVT-06. Provisioning events: exactly one of data (:full) and attributes (:notice). */
import { eventUri } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, notApplicable, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { eventPoll } from '../../scenarios/respond-async/event-poll.js';
import { eventPush } from '../../scenarios/respond-async/event-push.js';
import { preferWrite } from '../../scenarios/respond-async/prefer-write.js';
import { eventsOf } from '../../security-events/security-event-token.js';
import { isObject } from '../../trace/message.js';
import { shownBy } from './evt-tokens.js';

/** Provisioning events that have neither data nor attributes (RFC 9967 §2.4.4 to §2.4.6; profile §7, clarification 4). */
const withoutPayload: readonly string[] = [eventUri.delete, eventUri.activate, eventUri.deactivate];

const noProvisioning = ({ target }: TraceView): Judgement => {
  const { securityEvents, deliveries = [] } = target;
  const uris: unknown[] =
    isObject(securityEvents) && Array.isArray(securityEvents.eventUris) ? securityEvents.eventUris : [];
  if (!uris.some((uri) => typeof uri === 'string' && uri.startsWith(`${eventUri.prefix}prov:`)))
    return notApplicable('securityEvents.eventUris lists no provisioning events.');
  return deliveries.length > 0
    ? together()
    : notApplicable('Provisioning events come by poll or push only: --set-poll or --set-push would bring them.');
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
      'By the end of the event URI a receiver decides whether it finds values in the event, or has to fetch them.',
      'Where the two do not match, it copies nothing, or gets personal data that it did not ask for.',
    ],
    tested: [
      'Users are created, replaced, patched, deactivated and deleted, and the `prov` events about them are looked at.',
      'An event whose URI ends with `:full` has to have the object `data` and no `attributes`; one that ends with `:notice` the list `attributes` of names and no `data`. Another ending fails.',
      '`prov:delete`, `prov:activate` and `prov:deactivate` have neither and are not judged.',
      'Skipped where `eventUris` lists no `prov` events, or where tokens are neither polled nor pushed (`--set-poll`, `--set-push`).',
    ],
    fix: [
      'Choose the payload by the same switch as the URI: `attributes` is a list of attribute names, `data` the values.',
      'Leave the other member out altogether, not null or empty.',
    ],
  },
  from: [eventPoll, eventPush, preferWrite],
  judge: (trace) => {
    const events = trace.tokens().flatMap((token) =>
      eventsOf(token.claims)
        .filter(([uri]) => uri.startsWith(`${eventUri.prefix}prov:`) && !withoutPayload.includes(uri))
        .map(([uri, payload]) => ({ token, uri, payload })),
    );
    if (events.length === 0) return noProvisioning(trace);
    return judgeEach(events, ({ token, uri, payload }): Finding | undefined => {
      const { data, attributes } = isObject(payload) ? payload : {};
      const fail = (expected: string): Finding => ({
        expected,
        actual: `it is ${clip(JSON.stringify(payload))}`,
        exchanges: shownBy(trace, token),
      });
      if (uri.endsWith(':full'))
        return isObject(data) && attributes === undefined ? undefined : fail(`data, and no attributes, in ${uri}`);
      const isNames = Array.isArray(attributes) && attributes.every((name) => typeof name === 'string');
      if (uri.endsWith(':notice'))
        return isNames && data === undefined ? undefined : fail(`attributes, a list of names, and no data, in ${uri}`);
      return fail(`${uri} to end with :full or :notice`);
    });
  },
});
