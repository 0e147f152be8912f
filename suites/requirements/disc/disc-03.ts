/** DISC-03. An asyncRequest at another place is a failure, too, because no client looks for it there. */
import { eventUri } from '../../../schemas/names.js';
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { shown } from '../../judging/describe.js';
import { findingsByDefect } from '../../judging/findings-by-defect.js';
import { judgeEach, notApplicable, type Finding } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { discovery } from '../../scenarios/synchronous/discovery.js';
import { withoutNulls } from '../../trace/message.js';
import { isInOneCase, usualUrn } from '../../trace/spelling.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'security-events-not-an-object': 'securityEvents is not a JSON object',
  'async-request-wrong': '`asyncRequest` is missing, or is not one of «none», «long» and «request»',
  'event-uris-wrong': '`eventUris` is not a list of strings',
  'event-uri-misspelled': 'an event URI differs from one of RFC 9967 only in letter case or punctuation',
  'event-uri-unknown': 'an event URI is in the namespace of RFC 9967, but does not have the form that is defined there',
  'async-request-misplaced': '`asyncRequest` is not in securityEvents but somewhere else',
};

const codeOfMember: Readonly<Record<string, keyof typeof codes>> = {
  asyncRequest: 'async-request-wrong',
  eventUris: 'event-uris-wrong',
};

const known: readonly string[] = Object.values(eventUri).filter((uri) => uri !== eventUri.prefix);

/** What is left of a URI if letter case and punctuation do not count. */
const bareOf = (uri: string): string => uri.toLowerCase().replace(/[^a-z0-9:]/g, '');

/** The form of all event URIs of SCIM (RFC 9967 §7.3). Others than today's may be registered later. */
const form = /^urn:ietf:params:scim:event:(feed|prov|misc):[^:]+(:.+)?$/i;

/** URNs are read without regard to case (profile 1.1), but clients look up the exact URI: at most a warning. */
const findOddUris = (uris: readonly unknown[], exchange: Answered): Finding<keyof typeof codes>[] =>
  uris.flatMap((uri): Finding<keyof typeof codes>[] => {
    // CORE-07 judges a URI that is known, but written in capitals.
    if (typeof uri !== 'string' || known.includes(isInOneCase(uri) ? usualUrn(uri) : uri)) return [];
    const meant = known.find((each) => bareOf(each) === bareOf(uri));
    if (meant === undefined && (form.test(uri) || !uri.toLowerCase().startsWith(eventUri.prefix))) return [];
    return [
      {
        code: meant === undefined ? 'event-uri-unknown' : 'event-uri-misspelled',
        level: 'SHOULD',
        expected: meant ?? `${eventUri.prefix}{class}:{name}, where the class is feed, prov or misc`,
        actual: `eventUris lists ${shown(uri)}`,
        exchanges: [exchange],
      },
    ];
  });

const defects = ({ target }: TraceView, exchange: Answered): Finding<keyof typeof codes>[] => {
  const { asyncRequestElsewhere: elsewhere } = target;
  if (elsewhere !== undefined) {
    return [
      {
        code: 'async-request-misplaced',
        expected: 'asyncRequest in securityEvents, as RFC 9967 §4 defines it',
        actual: `it is in ${elsewhere === 'asyncRequest' ? 'the resource itself' : elsewhere}`,
        exchanges: [exchange],
      },
    ];
  }
  const validation = validate('async/security-events', withoutNulls(target.securityEvents));
  return validation.valid
    ? findOddUris(validation.value.eventUris ?? [], exchange)
    : findingsByDefect(validation.violations, (member) => codeOfMember[member] ?? 'security-events-not-an-object', {
        expected: 'securityEvents with asyncRequest «none», «long» or «request», and eventUris as strings',
        exchanges: [exchange],
      });
};

export const disc03 = defineRequirement({
  id: 'DISC-03',
  since: '1.0',
  level: 'MUST',
  title: '`securityEvents`, where present, has `asyncRequest` in none, long, request, and `eventUris` as strings',
  source: cite('RFC 9967 §4'),
  needs: {},
  guide: {
    why: [
      'From `securityEvents` a client of RFC 9967 decides whether to send `Prefer: respond-async` and which events to expect.',
      'If it cannot be read, the client stays synchronous or waits for events that never come.',
    ],
    tested: [
      'If ServiceProviderConfig holds `securityEvents`, its `asyncRequest` has to be `none`, `long` or `request` (in any letter case), and `eventUris` a list of strings (absent, it is an empty one).',
      'If there is no `securityEvents`, an `asyncRequest` with one of these values at another place, such as in an extension, is a failure, too: no client looks for it there.',
      'An event URI that differs from one of RFC 9967 only in letter case or punctuation, such as `…:misc:asyncResp`, or that begins with `urn:ietf:params:scim:event:` without one of the classes `feed`, `prov` and `misc` and a name behind it, is a warning: clients look for the exact URI. Other URIs of these classes may be registered later, and are not judged.',
      'A URI of RFC 9967 in which whole parts are in capitals is left to CORE-07.',
      'If there is neither, the requirement is skipped.',
    ],
    fix: [
      'Put `securityEvents` at the top level of ServiceProviderConfig: `"securityEvents": {"asyncRequest": "request", "eventUris": ["urn:ietf:params:scim:event:misc:asyncresp"]}`.',
      'Write `eventUris` as a list even if there is only one URI, and as `[]` if there is none; both members are needed.',
      'Copy the URIs from the table in RFC 9967 §7.4; events of your own need a URI of your own.',
    ],
  },
  codes,
  from: [discovery],
  judge: (trace) =>
    trace.target.securityEvents === undefined && trace.target.asyncRequestElsewhere === undefined
      ? notApplicable('securityEvents is not advertised.')
      : judgeEach(trace.answered('discover'), (exchange) => defects(trace, exchange)),
});
