import { urn } from '../../../../schemas/names.js';
import { core01 } from '../../../../suites/requirements/core/core-01.js';
import { discovery } from '../../../../suites/scenarios/synchronous/discovery.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const config = {
  schemas: [urn.serviceProviderConfig],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: 100, maxPayloadSize: 1_048_576 },
  filter: { supported: true, maxResults: 200 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Bearer', description: 'A bearer token' }],
};

const read = (status: number, body: unknown) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(discovery, 'request-mode');
  trace.exchange('discover', 'GET /ServiceProviderConfig', { status, body });
  return trace;
};

proveRequirement(core01, {
  right: { 'every member with its type': read(200, config) },
  wrong: {
    'config-not-200': read(404, { schemas: [urn.error], status: '404' }),
    'config-not-an-object': read(200, []),
    'schemas-wrong': read(200, { ...config, schemas: [urn.user] }),
    'capability-wrong': read(200, { ...config, patch: { supported: 'true' }, sort: undefined }),
    'authentication-schemes-wrong': read(200, { ...config, authenticationSchemes: undefined }),
    'member-wrong': read(200, { ...config, documentationUri: 7 }),
  },
  legal: {
    'no limits of a bulk request that is not supported (RFC 7643 §5)': read(200, {
      ...config,
      bulk: { supported: false },
    }),
    'no authentication scheme, an optional member that is null, and one that nobody knows (RFC 7643 §2.5)': read(200, {
      ...config,
      authenticationSchemes: [],
      documentationUri: null,
      motto: 'be liberal',
    }),
  },
  silent: { 'an answer that was throttled (RFC 6585 §4)': read(429, { schemas: [urn.error], status: '429' }) },
});
