/** Faults of Prefer: respond-async and of its acceptance: PREF, DISC-04. */
import { header, mediaType, respondAsync, urn } from '../../schemas/names.js';
import type { Answer } from '../http/answer.js';
import { Problem } from '../problem.js';
import type { RequestSummary } from '../http/http-seams.js';
import {
  both,
  config,
  edit,
  error,
  on,
  user,
  withBody,
  withField,
  withoutField,
  withoutMember,
  type Match,
} from './answers.js';
import type { Fault } from './fault.js';

/** The 202 of RFC 9967. */
export const isRespondAsyncAccepted: Match = ({ status, headers }, { path }) =>
  status === 202 && headers[header.setTxn] !== undefined && !path.startsWith('/async/');

export const prefers = (_answer: Answer, { field }: RequestSummary): boolean =>
  field(header.prefer)?.toLowerCase().includes('respond-async') === true;

const isResult: Match = (_, { path }) => path.startsWith('/async/');

const acceptsNoJson: Match = (_, { field }) => !/json|\*\/\*/.test(field(header.accept) ?? '*/*');

export const preferenceFaults: readonly Fault[] = [
  {
    name: '501-to-a-delete-with-a-preference',
    title: '501 to DELETE with Prefer: respond-async',
    breaks: ['PREF-01'],
    seams: edit(
      both(isRespondAsyncAccepted, (_, { method }) => method === 'DELETE'),
      () => error(501),
    ),
  },
  {
    name: 'only-the-first-preference-is-read',
    title: 'reading only the first preference of Prefer',
    breaks: ['PREF-01'],
    entails: ['PREF-07'],
    seams: ({ prefers: read }) => ({ prefers: (field) => read(field?.split(',')[0]) }),
  },
  {
    name: 'preference-in-lower-case-only',
    title: 'a preference that is read in lower case only',
    breaks: ['PREF-01'],
    seams: ({ prefers: read }) => ({ prefers: (field) => read(field?.replaceAll(/[A-Z]/g, 'x')) }),
  },
  {
    name: 'preference-found-anywhere-in-the-field',
    title: 'searching the Prefer field for the text respond-async',
    breaks: ['PREF-01'],
    seams: ({ prefers: read }) => ({
      prefers: (field) => ({ ...read(field), respondAsync: field?.toLowerCase().includes(respondAsync) === true }),
    }),
  },
  {
    name: 'preference-compared-by-its-prefix',
    title: 'a preference that only begins with respond-async',
    breaks: ['PREF-01'],
    seams: ({ prefers: read }) => ({
      prefers: (field) => read(field?.replaceAll(/respond-async\w+/gi, respondAsync)),
    }),
  },
  {
    name: '202-to-a-preference-with-a-body',
    title: 'a body on the 202 to Prefer: respond-async',
    breaks: ['PREF-02'],
    seams: edit(isRespondAsyncAccepted, (answer) => ({
      ...answer,
      headers: { ...answer.headers, [header.contentType]: mediaType.scim },
      body: { schemas: [urn.provisionStatus] },
    })),
  },
  {
    name: '202-without-set-txn',
    title: '202 without Set-Txn',
    breaks: ['PREF-03'],
    seams: edit(isRespondAsyncAccepted, withoutField(header.setTxn)),
  },
  {
    name: 'one-set-txn-for-two-requests',
    title: 'one Set-Txn for two requests',
    breaks: ['PREF-03'],
    // The suite takes the events of the first request for those of the second.
    entails: ['ERR-06', 'EVT-03', 'LIFE-04', 'LIFE-05', 'LIFE-06', 'LIFE-07', 'LIFE-10', 'PREF-05'],
    seams: (base, environment) => {
      let first: string | undefined;
      return edit(both(isRespondAsyncAccepted, on(202, 'POST', /^\/Users$/)), (answer) =>
        withField(header.setTxn, (first ??= answer.headers[header.setTxn] ?? ''))(answer),
      )(base, environment);
    },
  },
  {
    name: '202-without-preference-applied',
    title: '202 without Preference-Applied',
    breaks: ['PREF-04'],
    seams: edit(isRespondAsyncAccepted, withoutField(header.preferenceApplied)),
  },
  {
    name: '202-to-a-preference-without-location',
    title: '202 to Prefer: respond-async without Location',
    breaks: ['PREF-05'],
    seams: edit(isRespondAsyncAccepted, withoutField(header.location)),
  },
  {
    name: 'location-in-quotes',
    title: 'a Location in quotes, as in figure 13 of RFC 9967',
    breaks: ['PREF-05'],
    seams: edit(isRespondAsyncAccepted, (answer) =>
      withField(header.location, `"${answer.headers[header.location] ?? ''}"`)(answer),
    ),
  },
  {
    name: 'accept-not-ignored',
    title: '406 to an asynchronous request that accepts no JSON',
    breaks: ['PREF-06'],
    seams: edit(both(isRespondAsyncAccepted, acceptsNoJson), () => error(406)),
  },
  {
    name: 'accept-of-a-change-not-ignored',
    title: '406 to an asynchronous PUT that accepts no JSON',
    breaks: ['PREF-06'],
    seams: edit(
      both(isRespondAsyncAccepted, acceptsNoJson, (_, { method }) => method === 'PUT'),
      () => error(406),
    ),
  },
  {
    name: 'wait-ignored',
    title: '202 at once, whatever «wait» says',
    breaks: ['PREF-07'],
    seams: () => ({ waited: () => 0 }),
  },
  {
    name: 'result-without-a-credential',
    title: 'a result that needs no credential',
    breaks: ['PREF-08'],
    seams: edit(
      both(isResult, ({ status }) => status === 401),
      () => ({ status: 200, headers: {} }),
    ),
  },
  {
    name: 'result-cacheable',
    title: 'a result without Cache-Control',
    over: 'respond-async',
    breaks: ['SEC-09'],
    seams: edit(
      both(isResult, ({ status }) => status === 200),
      withoutField(header.cacheControl),
    ),
  },
  {
    name: '202-and-set-txn-without-a-preference',
    title: '202 with Set-Txn to a PATCH that has no preference',
    breaks: ['PREF-09'],
    seams: edit(
      both(on(200, 'PATCH', user), (answer, request) => !prefers(answer, request)),
      (answer, _request, { environment: { newId } }) => ({
        status: 202,
        headers: { ...withoutField(header.contentType)(answer).headers, [header.setTxn]: newId() },
      }),
    ),
  },
  {
    name: 'asyncrequest-under-an-extension',
    title: 'asyncRequest under an extension in place of securityEvents',
    breaks: ['DISC-03'],
    seams: edit(
      config,
      withBody(({ securityEvents, ...body }) => ({
        ...body,
        'urn:example:params:scim:schemas:extension:events:2.0:ServiceProviderConfig': securityEvents,
      })),
    ),
  },
  {
    name: 'preference-not-advertised',
    over: 'respond-async',
    title: 'respond-async without securityEvents',
    breaks: ['DISC-04'],
    seams: edit(config, withoutMember('securityEvents')),
  },
  {
    name: 'null-dereference-on-a-preference',
    over: 'respond-async',
    title: '500 to every request with Prefer: respond-async',
    breaks: ['ERR-09', 'PREF-01'],
    // Every request with the preference is answered 500 instead of the expected answer.
    entails: ['ERR-03', 'ERR-06', 'ERR-07'],
    seams: ({ prefers: read }) => ({
      prefers: (field) => {
        if (read(field).respondAsync) throw new Problem(500, 'Internal error.');
        return read(field);
      },
    }),
  },
  {
    name: 'accepted-before-authentication-as-preferred',
    over: 'respond-async',
    title: '202 to Prefer: respond-async, with the credential checked only later',
    breaks: ['SEC-01', 'SEC-02'],
    // There are no events for the request.
    entails: ['LIFE-01'],
    seams: edit(
      both(
        ({ status }) => status === 401,
        (_, { method }) => method === 'POST',
        prefers,
      ),
      (answer, _request, { environment: { newId } }) => ({
        status: 202,
        headers: { ...withoutField(header.wwwAuthenticate)({ ...answer }).headers, [header.setTxn]: newId() },
      }),
    ),
  },
];
