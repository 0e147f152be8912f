/** Faults of discovery: DISC. */
import { eventUri, header } from '../../schemas/names.js';
import { both, config, edit, member, on, withBody, withExtension } from './answers.js';
import type { Fault } from './fault.js';

export const discoveryFaults: readonly Fault[] = [
  {
    name: 'retention-not-a-number',
    title: 'a retention that is not a number of seconds',
    breaks: ['DISC-01'],
    seams: edit(
      config,
      withExtension((extension) => ({ ...extension, statusRetentionSeconds: 'a day' })),
    ),
  },
  {
    name: 'another-status-endpoint-than-advertised',
    title: 'a status endpoint that is not the advertised one',
    breaks: ['DISC-02'],
    seams: edit(
      config,
      withExtension((extension) => ({ ...extension, statusEndpoint: '/jobs/{id}' })),
    ),
  },
  {
    name: 'asynchronous-mode-not-advertised',
    title: 'asynchronous requests that are not advertised',
    breaks: ['DISC-02'],
    seams: edit(
      config,
      withExtension((extension) => ({ ...extension, requestModes: ['synchronous'] })),
    ),
  },
  {
    name: 'eventuris-not-a-list',
    title: 'eventUris that are not a list',
    breaks: ['DISC-03'],
    seams: edit(
      config,
      withBody((body) => ({ ...body, securityEvents: { ...member(body, 'securityEvents'), eventUris: 'all' } })),
    ),
  },
  {
    name: 'eventuri-in-other-letters',
    title: 'an event URI in eventUris with another letter case',
    breaks: ['DISC-03'],
    seams: edit(
      config,
      withBody((body) => ({
        ...body,
        securityEvents: {
          ...member(body, 'securityEvents'),
          eventUris: [eventUri.asyncResponse.replace('asyncresp', 'asyncResp')],
        },
      })),
    ),
  },
  {
    name: '202-to-prefer-although-asyncrequest-is-none',
    title: '202 to Prefer: respond-async although asyncRequest is none',
    breaks: ['DISC-04'],
    options: { asyncRequest: 'none' },
    seams: edit(
      both(on(201, 'POST', /^\/Users$/), (_, { field }) => field(header.prefer) === 'respond-async'),
      (answer) => ({ ...answer, status: 202 }),
    ),
  },
];
