import t from 'tap';
import { entra } from '../../../suites/clients/entra/entra.js';
import { clientPacks } from '../../../suites/clients/index.js';
import { filled, filledText, type Names } from '../../../suites/clients/names.js';
import { okta } from '../../../suites/clients/okta.js';
import { onelogin } from '../../../suites/clients/onelogin.js';
import { pingfederate } from '../../../suites/clients/pingfederate.js';
import type { Shape } from '../../../suites/clients/shape.js';
import { profiles } from '../../../suites/index.js';
import { readPatchPath } from '../../../suites/judging/patched.js';

const clients = [entra, okta, onelogin, pingfederate];
const shapes = clients.flatMap((client) => client.shapes);

/** The names that exist when a shape is sent. */
const namesFor = ({ start }: Shape): Names => {
  const user = { user: 'u', userName: 'n@example.com', newUserName: 'n-new@example.com' };
  if (start.kind === 'new-user') return { userName: 'n@example.com' };
  if (start.kind === 'new-group') return { groupName: 'g' };
  return start.kind === 'user'
    ? user
    : { ...user, other: 'o', otherName: 'o@example.com', group: 'i', groupName: 'g', newGroupName: 'g-new' };
};

void t.test('every profile has the clients, each with a name of its own', (t) => {
  for (const { clients: packs = [] } of profiles) t.equal(packs, clientPacks);
  t.strictSame(
    clientPacks.map(({ name }) => name),
    ['entra', 'okta', 'onelogin', 'pingfederate'],
  );
  for (const { shapes: own } of clientPacks) t.equal(new Set(own.map(({ name }) => name)).size, own.length);
  t.end();
});

void t.test('every shape has a source, and a name in kebab-case', (t) => {
  for (const { name, source } of shapes) {
    t.match(name, /^[a-z]+(-[a-z]+)*$/);
    t.match(source, /^https:\/\/[a-z.]+\/\S+$/);
  }
  t.end();
});

void t.test('every placeholder of a shape has a name when it is sent', (t) => {
  for (const shape of shapes) {
    const names = namesFor(shape);
    const { path, query, body, asReadWith } = shape.request;
    t.doesNotThrow(() => filledText(path, names), shape.name);
    t.notMatch(JSON.stringify(filled([query ?? {}, body, asReadWith], names)), /\{[a-zA-Z]+\}/, shape.name);
  }
  t.throws(() => filledText('{nobody}', {}), /there is no nobody/);
  t.end();
});

void t.test('every effect has a path that the reader understands', (t) => {
  for (const { expects } of shapes) {
    if (expects.kind !== 'changed' && expects.kind !== 'created') continue;
    for (const effect of expects.effects)
      if ('path' in effect) t.not(readPatchPath(effect.path), undefined, effect.path);
  }
  t.end();
});

void t.test('whatever needs PATCH or a filter says so', (t) => {
  for (const { name, request, needs } of shapes) {
    const capabilities = needs.map(({ capability }) => capability);
    t.equal(capabilities.includes('patch'), request.method === 'PATCH', name);
    t.equal(capabilities.includes('filter'), request.query?.filter !== undefined, name);
    t.equal(capabilities.includes('groups'), request.path.startsWith('/Groups'), name);
  }
  t.end();
});
