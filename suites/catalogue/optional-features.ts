/** Features of the request-mode binding that a provider may have; judged where advertised or asked for. */
import { cite } from './citation.js';
import type { Requirement } from './requirement.js';

export const optionalFeaturesRequirements: readonly Requirement[] = [
  {
    id: 'TOK-01',
    level: 'MUST',
    title: 'the 202 body has `statusToken` {`value`, `expiresAt`}; it reads that status resource as a bearer token',
    source: cite('P-Sec C'),
    needs: { binding: 'request-mode', feature: 'statusToken' },
  },
  {
    id: 'TOK-02',
    level: 'MUST',
    title: "it reads no other request's status and cannot write anything: 401 or 403",
    source: cite('P-Sec C'),
    needs: { binding: 'request-mode', feature: 'statusToken' },
  },
  {
    id: 'TOK-03',
    level: 'MUST',
    title: 'after `expiresAt` it answers 401',
    source: cite('P-Sec C'),
    needs: { binding: 'request-mode', feature: 'statusToken' },
  },
  {
    id: 'ROLL-01',
    level: 'MUST',
    title:
      'a bulk with `rollbackOnError: true` in its options, one of whose operations fails, leaves every resource as it was, and no operation counts as success',
    source: cite('P-Use A, C'),
    needs: { binding: 'request-mode', feature: 'rollback' },
  },
  {
    id: 'PRIO-01',
    level: 'SHOULD',
    title: 'with the queue full, `priority: high` requests complete before `low` ones submitted earlier',
    source: cite('P-D'),
    needs: { binding: 'request-mode', feature: 'priority' },
  },
  {
    id: 'CKPT-01',
    level: 'MUST',
    title: 'a request interrupted by a restart of the provider resumes: completes, nothing lost, nothing twice',
    source: cite('P-Use B'),
    needs: { binding: 'request-mode', feature: 'checkpoint' },
  },
  {
    id: 'CNCL-01',
    level: 'MUST',
    title: 'DELETE on a pending status resource stops what has not run; those operations count as failed',
    source: cite('P-D'),
    needs: { binding: 'request-mode', feature: 'cancel' },
  },
  {
    id: 'XFRM-01',
    level: 'MUST',
    title:
      'the rules in the bulk options (normalise, map, conditional, default, format) are applied before validation, and a rule that cannot apply fails its operation alone',
    source: cite('P-Use C'),
    needs: { binding: 'request-mode', feature: 'transform' },
  },
  {
    id: 'CONF-01',
    level: 'MUST',
    title: '`onConflict`: `fail`, `skip` or `overwrite` decides what a duplicate does on reimport',
    source: cite('P-Use B'),
    needs: { binding: 'request-mode', feature: 'conflict' },
  },
  {
    id: 'AUD-01',
    level: 'SHOULD',
    title:
      'every status read and every state change is in the audit trail, with client, time and outcome, and no secrets',
    source: cite('P-D, P-Sec C'),
    needs: { binding: 'request-mode', feature: 'audit' },
  },
  {
    id: 'HOOK-01',
    level: 'MUST',
    title:
      '`POST /integration/webhook` {eventType, endpoint, attributes, secret} answers 201 with `Location` and `id`; the secret is never returned',
    source: cite('P-Use D'),
    needs: { binding: 'request-mode', feature: 'webhooks' },
  },
  {
    id: 'HOOK-02',
    level: 'MUST',
    title:
      'a matching event is delivered by POST with only the chosen attributes, and `X-SCIM-Signature: sha256=<hex HMAC of the raw body>`',
    source: cite('P-Use D'),
    needs: { binding: 'request-mode', feature: 'webhooks' },
  },
  {
    id: 'HOOK-03',
    level: 'MUST',
    title:
      'a delivery answered with 5xx or not at all is tried again with growing waits; each carries a stable delivery id',
    source: cite('P-Use D'),
    needs: { binding: 'request-mode', feature: 'webhooks' },
  },
  {
    id: 'HOOK-04',
    level: 'MUST',
    title: 'DELETE of the registration stops deliveries',
    source: cite('P-Use D'),
    needs: { binding: 'request-mode', feature: 'webhooks' },
  },
  {
    id: 'MSGQ-01',
    level: 'MUST',
    title:
      'a message {operation, source, target, batchSize, priority} validates against its schema and becomes an asynchronous request with a status resource',
    source: cite('P-Use D'),
    needs: { binding: 'request-mode', feature: 'messageQueue' },
  },
];
