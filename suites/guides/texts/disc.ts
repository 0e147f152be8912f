/** Guides of DISC: how a provider says what it can do. */
import type { Drafts } from '../guide.js';

export const discTexts: Drafts = {
  'DISC-01': {
    why: [
      'A client that finds the extension knows that it may ask for asynchronous answers, where their status is and which features there are.',
      'Without it, it has to try on real data.',
    ],
    tested: [
      'ServiceProviderConfig, where it is answered 200, should hold the member `urn:ietf:params:scim:schemas:extension:async:2.0:ServiceProviderConfig`.',
      'In it, `requestModes` has to be a list of `synchronous` and `asynchronous` that is not empty; `statusEndpoint`, where present, a string with `{id}` in it; `statusRetentionSeconds` a whole number; `features` a list of strings.',
      'It is a recommendation, so that the outcome is at most a warning; a target that does not serve the request-mode binding is not judged.',
    ],
    fix: [
      'Add the member to ServiceProviderConfig; `{"requestModes": ["synchronous", "asynchronous"], "statusEndpoint": "/provision/{id}/status"}` is enough.',
      'Where it is there already, look at the types: a retention such as `"24h"` is not a number of seconds, and modes are spelled in lower case.',
    ],
  },
  'DISC-02': {
    why: [
      'A client plans by what is advertised.',
      'Where the status is not at the advertised place, or a mode is served that was denied, it waits at the wrong URL or never uses what is there.',
    ],
    tested: [
      'Only where the async extension is advertised.',
      'Creates and bulk requests with `X-SCIM-Request-Mode: asynchronous` may be answered 202 only if `requestModes` lists `asynchronous`.',
      'When an asynchronous create is completed, the `id` of its status resource is put in place of `{id}` in `statusEndpoint`; a GET of that has to answer 200 and show the same `id`.',
      'That a mode is advertised and not served is judged by MODE-01, and advertised features by their own requirements.',
    ],
    fix: [
      'Usually the template was written once and the route was changed afterwards, such as `/provision/` to `/provisions/`: make both from one constant.',
      '`statusEndpoint` is a path under the SCIM base URL, or an absolute URL; the `id` of the status resource, and no other id, has to fit into it.',
      'List `asynchronous` in `requestModes` wherever the mode header is honoured.',
    ],
  },
  'DISC-03': {
    why: [
      'By `securityEvents` a client of RFC 9967 decides whether to send `Prefer: respond-async` and which events to expect.',
      'Where it cannot be read, the client stays synchronous or waits for events that never come.',
    ],
    tested: [
      'Where ServiceProviderConfig holds `securityEvents`, its `asyncRequest` has to be `none`, `long` or `request` (in any letter case), and `eventUris` a list of strings (absent, it is an empty one).',
      'Where there is no `securityEvents`, an `asyncRequest` of these values at another place, such as under an extension, fails, too: no client looks for it there.',
      'Where there is neither, it is skipped.',
    ],
    fix: [
      'Put `securityEvents` at the top level of ServiceProviderConfig: `"securityEvents": {"asyncRequest": "request", "eventUris": ["urn:ietf:params:scim:event:misc:asyncresp"]}`.',
      'Write `eventUris` as a list even where there is one URI, and as `[]` where there is none; both members are needed.',
    ],
  },
  'DISC-04': {
    why: [
      'A client that was told `none` does not know what to do with a 202: it takes the user for created, and finds no `id`.',
      'One that is told nothing never asks.',
    ],
    tested: [
      'One `POST /Users` is sent with `Prefer: respond-async`, whatever is advertised.',
      'Where `securityEvents.asyncRequest` is `none`, a 202 fails; where `securityEvents` is absent, a 202 is a warning.',
      'Where it is `request` and the answer is the normal one, the outcome is ambiguous: RFC 9967 §4 can be read to demand 202, and its §2.5.1.1 lets a provider answer normally.',
      'Where nothing is advertised and the preference is not honoured, it is skipped.',
    ],
    fix: [
      'Make the advertisement and the behaviour depend on one setting.',
      'If requests are answered 202 when a client prefers it, advertise `request`; if the provider decides by itself which requests take long, `long`; if it never answers 202, `none`, and then ignore the preference.',
    ],
  },
};
