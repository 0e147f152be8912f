/** CORE and DISC: the synchronous SCIM that the profile stands on, and how a provider says what it can do. */
import { cite } from './citation.js';
import type { Requirement } from './requirement.js';

export const synchronousRequirements: readonly Requirement[] = [
  {
    id: 'CORE-01',
    level: 'MUST',
    title: '`GET /ServiceProviderConfig` answers 200 with a valid ServiceProviderConfig',
    source: cite('RFC 7644 §4, RFC 7643 §5'),
    needs: {},
  },
  {
    id: 'CORE-02',
    level: 'MUST',
    title: 'a create without mode header answers 201 with `Location`, `id` and `meta`',
    source: cite('RFC 7644 §3.3'),
    needs: {},
  },
  {
    id: 'CORE-03',
    level: 'MUST',
    title: 'read, replace, patch (where advertised) and delete work synchronously and agree with one another',
    source: cite('RFC 7644 §3.4–3.6'),
    needs: {},
  },
  {
    id: 'CORE-04',
    level: 'MUST',
    title: 'every response with a body is `application/scim+json`',
    source: cite('RFC 7644 §3.1, §8.1'),
    needs: {},
  },
  {
    id: 'CORE-05',
    level: 'MUST',
    title: 'a synchronous bulk request (where advertised) answers 200 with one result for each operation',
    source: cite('RFC 7644 §3.7'),
    needs: { capability: 'bulk' },
  },
  {
    id: 'CORE-06',
    level: 'MUST',
    title: 'a filter `userName eq "…"` (where advertised) finds exactly the matching user',
    source: cite('RFC 7644 §3.4.2.2'),
    needs: { capability: 'filter' },
  },
  {
    id: 'DISC-01',
    level: 'SHOULD',
    title: 'the async extension of ServiceProviderConfig is present and valid',
    source: cite('D9'),
    needs: { binding: 'request-mode' },
  },
  {
    id: 'DISC-02',
    level: 'MUST',
    title: 'what it advertises is what the provider does (modes, status endpoint, features)',
    source: cite('D9'),
    needs: { binding: 'request-mode' },
  },
  {
    id: 'DISC-03',
    level: 'MUST',
    title: '`securityEvents`, where present, has `asyncRequest` in none, long, request, and `eventUris` as strings',
    source: cite('RFC 9967 §4'),
    needs: {},
  },
  {
    id: 'DISC-04',
    level: 'MUST',
    title: '`asyncRequest` agrees with the behaviour: `none` never answers 202 to `Prefer: respond-async`',
    source: cite('RFC 9967 §4'),
    needs: {},
  },
];
