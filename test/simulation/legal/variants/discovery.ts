/** ServiceProviderConfig, ResourceTypes and Schemas. */
import { config, member, withBody, withExtension, without } from '../../../../mock/faults/answers.js';
import type { Json } from '../../../../mock/json.js';
import { where, withFields } from '../answers.js';
import { changing, type Variant } from '../variant.js';

const inConfig = (change: (body: Json) => Json): Variant['make'] => changing(where(config, withBody(change)));

const inExtension = (change: (extension: Json) => Json): Variant['make'] =>
  changing(where(config, withExtension(change)));

const inSecurityEvents = (change: (events: Json) => Json): Variant['make'] =>
  inConfig((body) => ({ ...body, securityEvents: change(member(body, 'securityEvents')) }));

const basic = { type: 'httpbasic', name: 'HTTP Basic', description: 'RFC 7617' };

export const discoveryVariants: readonly Variant[] = [
  {
    name: 'async-request-also-in-another-extension',
    source: 'profile §2 (unknown extra members are allowed everywhere)',
    make: inConfig((body) => ({ ...body, 'urn:example:queue': { asyncRequest: { longest: 100 } } })),
  },
  {
    name: 'no-authentication-schemes',
    source: 'RFC 7643 §5 (a multi-valued attribute; it may be empty)',
    make: inConfig((body) => ({ ...body, authenticationSchemes: [] })),
    only: ['authentication schemes'],
  },
  {
    name: 'several-authentication-schemes',
    source: 'RFC 7643 §5',
    make: inConfig((body) => ({
      ...body,
      authenticationSchemes: [
        ...(Array.isArray(body.authenticationSchemes) ? (body.authenticationSchemes as unknown[]) : []),
        { ...basic, primary: false, documentationUri: 'https://docs.example/basic' },
        { type: 'oauth2', name: 'OAuth 2', description: 'RFC 6749', specUri: 'https://www.rfc-editor.org/rfc/rfc6749' },
      ],
    })),
    only: ['authentication schemes'],
  },
  {
    name: 'config-without-meta',
    source: 'RFC 7643 §5, §3.1',
    make: inConfig((body) => without(body, 'meta')),
    only: ['meta of the config'],
  },
  {
    name: 'config-with-id-and-dates',
    source: 'RFC 7643 §5, §3.1',
    make: inConfig((body) => ({
      ...body,
      id: 'ServiceProviderConfig',
      documentationUri: 'https://docs.example/scim',
      meta: {
        ...member(body, 'meta'),
        created: '2020-02-29T12:00:00Z',
        lastModified: '2024-02-29T12:00:00Z',
        version: 'W/"3"',
      },
    })),
    only: ['meta of the config'],
  },
  {
    name: 'config-that-may-be-cached',
    source: 'RFC 9111 §5.2.2, RFC 9110 §8.8',
    make: changing(
      where(config, (answer) =>
        withFields(answer, {
          'Cache-Control': 'max-age=3600',
          ETag: '"config-3"',
          'Last-Modified': 'Thu, 29 Feb 2024 12:00:00 GMT',
        }),
      ),
    ),
  },
  {
    name: 'config-with-pagination-and-more-capabilities',
    source: 'RFC 9865 §4, profile §2',
    make: inConfig((body) => ({
      ...body,
      changePassword: { supported: true },
      pagination: {
        cursor: false,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 1000,
      },
      'urn:example:limits': { requestsPerDay: 100_000 },
    })),
  },
  {
    name: 'request-modes-in-another-order',
    source: 'profile §2, DISC-01',
    binding: 'request-mode',
    make: inExtension((extension) => ({ ...extension, requestModes: ['asynchronous', 'synchronous'] })),
    only: ['request modes'],
  },
  {
    name: 'only-the-asynchronous-mode-is-listed',
    source: 'profile §2, DISC-01',
    binding: 'request-mode',
    make: inExtension((extension) => ({ ...extension, requestModes: ['asynchronous'] })),
    only: ['request modes'],
  },
  {
    name: 'a-request-mode-that-nobody-defined',
    source: 'profile §2 (unknown extra members are allowed everywhere)',
    binding: 'request-mode',
    make: inExtension((extension) => ({ ...extension, requestModes: ['synchronous', 'asynchronous', 'x-deferred'] })),
    only: ['request modes'],
  },
  {
    name: 'request-modes-in-capitals',
    source: 'D1 (matched without regard to case)',
    binding: 'request-mode',
    make: inExtension((extension) => ({ ...extension, requestModes: ['SYNCHRONOUS', 'ASYNCHRONOUS'] })),
    only: ['request modes'],
  },
  {
    name: 'no-status-endpoint-is-advertised',
    source: 'DISC-01 (`statusEndpoint` is optional), D2',
    binding: 'request-mode',
    make: inExtension((extension) => without(extension, 'statusEndpoint', 'statusRetentionSeconds')),
    only: ['status endpoint'],
  },
  {
    name: 'status-endpoint-as-an-absolute-url',
    source: 'DISC-02 (a path under the base URL, or an absolute URL)',
    binding: 'request-mode',
    make: inExtension((extension) => ({
      ...extension,
      statusEndpoint: 'http://127.0.0.1/scim/v2/provision/{id}/status',
    })),
    only: ['status endpoint', 'base path'],
  },
  {
    name: 'features-that-nobody-defined',
    source: 'profile §2 (unknown extra members are allowed everywhere)',
    binding: 'request-mode',
    make: inExtension((extension) => ({
      ...extension,
      features: [...(Array.isArray(extension.features) ? (extension.features as unknown[]) : []), 'x-acme-shadow'],
    })),
  },
  {
    name: 'async-request-in-capitals',
    source: 'RFC 9967 §4 (case-insensitive)',
    make: inSecurityEvents((events) => ({ ...events, asyncRequest: 'Request' })),
    only: ['async request'],
  },
  {
    name: 'no-event-uris',
    source: 'RFC 9967 §4 (informational), RFC 7643 §2.5',
    make: inSecurityEvents((events) => without(events, 'eventUris')),
    only: ['event uris'],
  },
  {
    name: 'event-uris-of-others-too',
    source: 'RFC 9967 §4, §7.3 (SET event URIs, not only those of SCIM)',
    make: inSecurityEvents((events) => ({
      ...events,
      eventUris: [
        'https://schemas.openid.net/secevent/caep/event-type/session-revoked',
        ...(Array.isArray(events.eventUris) ? (events.eventUris as unknown[]).toReversed() : []),
      ],
      deliveryMethods: ['urn:ietf:rfc:8936'],
    })),
    only: ['event uris'],
  },
];
