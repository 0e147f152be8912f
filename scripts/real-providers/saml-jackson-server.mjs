/**
 * Directory sync of @boxyhq/saml-jackson in memory, behind the route that its own service has. The library gives a status
 * and data; what it leaves to the application (media type, challenge, JSON) is done here as the RFCs say.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import saml from '@boxyhq/saml-jackson';

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const externalUrl = `http://127.0.0.1:${server.address().port}`;

const log = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
const { directorySyncController } = await saml.default({
  externalUrl,
  samlPath: '/saml',
  scimPath: '/scim/v2.0',
  db: { engine: 'mem' },
  noAnalytics: true,
  logger: log,
});
const { data: directory } = await directorySyncController.directories.create({
  tenant: 'tenant',
  product: 'product',
  type: 'generic-scim-v2',
});

const errorOf = (status, detail, more) => ({
  status,
  data: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: `${status}`, detail, ...more },
});

const parse = (body, type = '') => {
  if (body !== '' && !/^application\/(scim\+)?json\b/i.test(type))
    return { error: errorOf(415, 'The body is not JSON.') };
  try {
    return { body: body === '' ? undefined : JSON.parse(body) };
  } catch {
    return { error: errorOf(400, 'The body is not JSON.', { scimType: 'invalidSyntax' }) };
  }
};

const answer = async (request) => {
  const { pathname, searchParams } = new URL(request.url, externalUrl);
  const [directoryId, resourceType = '', resourceId] = pathname.split('/').slice(3);
  const { body, error } = parse(await text(request), request.headers['content-type']);
  if (error !== undefined) return error;
  const number = (name) => (searchParams.has(name) ? Number.parseInt(searchParams.get(name), 10) : undefined);
  return directorySyncController.requests.handle({
    method: request.method,
    body,
    directoryId,
    resourceType,
    resourceId: resourceId && decodeURIComponent(resourceId),
    apiSecret: request.headers.authorization?.replace(/^Bearer /i, '') ?? null,
    query: {
      count: number('count'),
      startIndex: number('startIndex'),
      filter: searchParams.get('filter') ?? undefined,
    },
  });
};

server.on('request', async (request, response) => {
  const { status, data } = await answer(request).catch(() => errorOf(500, 'Internal Server Error'));
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.writeHead(status, { 'Content-Type': 'application/scim+json' }).end(JSON.stringify(data));
});
console.log(JSON.stringify({ url: directory.scim.endpoint, token: directory.scim.secret }));
