import t from 'tap';
import type { Policy } from '../../../../mock/index.js';
import { createRights } from '../../../../mock/policy/rights.js';
import type { Principal } from '../../../../mock/policy/principal.js';

const holder = (scopes: string[] | undefined, amr: string[] = []): Principal => ({
  client: 'app',
  scopes: scopes && new Set(scopes),
  amr: new Set(amr),
});

/** The status of the refusal; undefined if the request is allowed. `path` has `*` in place of an id. */
const statusOf = (policy: Policy | undefined, principal: Principal, method: string, path: string) =>
  createRights(policy).whyRefused(principal, { method, segments: path.split('/').slice(1) })?.status;

void t.test('the first rule for method and path decides, and a HEAD is a GET', (t) => {
  const policy: Policy = {
    rules: [
      { methods: ['GET'], paths: ['/Users', '/Users/*'], scopes: ['read'] },
      { paths: ['/Users/**'], scopes: ['read', 'write'] },
      { paths: ['/Bulk'] },
    ],
  };
  const reader = holder(['read']);
  for (const [method, path, status] of [
    ['GET', '/Users', undefined],
    ['HEAD', '/Users/*', undefined],
    ['POST', '/Users', 403],
    ['POST', '/Users/.search', 403],
    ['DELETE', '/Users/*', 403],
    ['POST', '/Bulk', undefined],
    ['GET', '/Groups', 403],
    ['GET', '/', 403],
  ] as const)
    t.equal(statusOf(policy, reader, method, path), status, `${method} ${path}`);
  t.equal(statusOf(policy, holder(['write', 'read']), 'POST', '/Users'), undefined);
  t.equal(statusOf(policy, holder(['write']), 'POST', '/Users'), 403, 'all scopes are needed');
  t.equal(statusOf(policy, holder(undefined), 'DELETE', '/Users/*'), undefined, 'a client without limits');
  t.equal(statusOf({ ...policy, otherwise: 'allow' }, holder([]), 'GET', '/Groups'), undefined);
  t.equal(statusOf({ rules: [{ paths: ['/**'] }] }, holder([]), 'GET', '/'), undefined);
  t.equal(statusOf(undefined, holder([]), 'DELETE', '/Users/*'), undefined, 'without a policy');
  t.end();
});

void t.test('refusals name what is missing', (t) => {
  const rights = createRights({ rules: [{ paths: ['/Users'], scopes: ['a', 'b'], amr: ['mfa'] }] });
  const challengeFor = (principal: Principal, segments: string[]) => {
    const problem = rights.whyRefused(principal, { method: 'GET', segments });
    return [problem?.status, problem?.headers['WWW-Authenticate']];
  };
  t.strictSame(challengeFor(holder(['a']), ['Users']), [
    403,
    'Bearer realm="scim", error="insufficient_scope", scope="a b"',
  ]);
  t.strictSame(challengeFor(holder(['a', 'b'], ['pwd']), ['Users']), [
    401,
    'Bearer realm="scim", error="insufficient_user_authentication"',
  ]);
  t.strictSame(challengeFor(holder(['a', 'b'], ['pwd', 'mfa']), ['Users']), [undefined, undefined]);
  t.strictSame(challengeFor(holder(['a']), ['Groups']), [403, 'Bearer realm="scim", error="insufficient_scope"']);
  t.end();
});

void t.test('attributes are hidden and withheld by the scopes that are missing', (t) => {
  const rights = createRights({
    rules: [],
    attributes: [
      { attributes: ['roles', 'title'], read: ['see'], write: ['change'] },
      { attributes: ['active'], write: ['change'] },
    ],
  });
  t.strictSame(rights.boundsOf(holder([])), { hidden: ['roles', 'title'], withheld: ['roles', 'title', 'active'] });
  t.strictSame(rights.boundsOf(holder(['change'])), { hidden: ['roles', 'title'], withheld: [] });
  t.equal(rights.boundsOf(holder(['change', 'see'])), undefined);
  t.equal(rights.boundsOf(holder(undefined)), undefined);
  t.end();
});

void t.test('a path that is for nothing is a mistake', (t) => {
  for (const path of ['Users', '/users', '/Users/1', '/**/Users', '/Users/***', '/Users/'])
    t.throws(() => createRights({ rules: [{ paths: [path] }] }), { name: 'OptionError' }, path);
  t.end();
});
