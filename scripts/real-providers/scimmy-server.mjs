/** scimmy and scimmy-routers with users and groups in memory, as their documentation shows it. */
import { randomUUID } from 'node:crypto';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

const token = randomUUID();

/** Keeps the resources of one type; `key` is the attribute that is unique. */
const keep = (type, key) => {
  const kept = new Map();
  const find = (id) => {
    if (!kept.has(id)) throw new SCIMMY.Types.Error(404, '', `Resource ${id} not found`);
    return kept.get(id);
  };
  SCIMMY.Resources.declare(type, {
    // Filters are left to the application; pages are not.
    egress: ({ id, filter }) =>
      id === undefined ? (filter?.match([...kept.values()]) ?? [...kept.values()]) : find(id),
    ingress: ({ id: known }, instance) => {
      const plain = JSON.parse(JSON.stringify(instance));
      const same = ({ [key]: name }) => name.toLowerCase() === plain[key].toLowerCase();
      const taken = [...kept.values()].find(same);
      if (taken !== undefined && taken.id !== known) throw new SCIMMY.Types.Error(409, 'uniqueness', 'taken');
      const now = new Date().toISOString();
      const id = known === undefined ? randomUUID() : find(known).id;
      const created = known === undefined ? now : find(known).meta.created;
      const resource = { ...plain, id, meta: { created, lastModified: now } };
      kept.set(id, resource);
      return resource;
    },
    degress: ({ id }) => {
      kept.delete(find(id).id);
    },
  });
};

keep(SCIMMY.Resources.User, 'userName');
keep(SCIMMY.Resources.Group, 'displayName');

const handler = (request) => {
  if (request.header('Authorization') !== `Bearer ${token}`) throw new Error('Not authorised');
  return 'client';
};
const app = express();
app.use('/scim/v2', new SCIMMYRouters({ type: 'bearer', handler }));
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/scim/v2`, token }));
});
