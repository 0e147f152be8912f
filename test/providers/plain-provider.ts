/**
 * A second asynchronous provider in one file, on node:http only. It was written from docs/profile.md, without the mock
 * and the judges. It can have one typical programming mistake at a time. Such mistakes test the suite better than the
 * faults of the mock, which were made to be found.
 */
import type { IncomingMessage, RequestListener } from 'node:http';
import { serverProvider, type SimulatedProvider, type World } from '../../simulation/index.js';
import { machineIn } from './machine.js';

type Json = Record<string, unknown>;

/** Mistakes by name, and the requirements that they violate. */
export const mistakes = {
  'write-behind': {
    what: 'a PUT is answered from memory and written 200 ms after its completion',
    violates: ['LIFE-04'],
  },
  'retried-job': { what: 'a job that takes long is started again by a watchdog', violates: ['LIFE-06'] },
  'lost-update': { what: 'PATCH reads, waits, and writes the whole resource back', violates: ['LIFE-06'] },
  'shared-results': { what: 'results are collected in a list that all jobs in work share', violates: ['LIFE-07'] },
  'unordered-bulk': {
    what: 'operations of a bulk request all run at once, each taking its own time',
    violates: ['BULK-07'],
  },
  'forward-reference': { what: 'a bulkId that stands further down is not resolved', violates: ['BULK-02'] },
  'greater-than': { what: 'failOnErrors is compared with > instead of >=', violates: ['BULK-03'] },
  'status-by-id-only': { what: 'a status is looked up by its id, whoever asks', violates: ['SEC-03'] },
  'counts-attempts': { what: 'a failed operation is counted as a success too', violates: ['STAT-03'] },
  'late-limit-check': { what: 'the size of a bulk request is checked after it was queued', violates: ['BULK-04'] },
  'insert-then-validate': {
    what: 'a user is inserted before its types are checked, and not taken out again',
    violates: ['LIFE-05'],
  },
  'zombie-delete': { what: 'DELETE marks a user, and a sweeper removes it a little later', violates: ['LIFE-04'] },
  'truncated-results': { what: 'no more than ten results are kept', violates: ['BULK-06'] },
  'swallowed-error': {
    what: 'an exception in a worker ends the worker, and its job is never completed',
    violates: ['LIFE-01'],
  },
  'finally-completed': { what: 'the completion time stamp is taken anew at each read', violates: ['STAT-14'] },
} as const satisfies Record<string, { what: string; violates: readonly string[] }>;

export type Mistake = keyof typeof mistakes;

const core = 'urn:ietf:params:scim:schemas:core:2.0:';
const message = 'urn:ietf:params:scim:api:messages:2.0:';
const provisionStatus = 'urn:ietf:params:scim:schemas:extension:2.0:Provision:Status';
const asyncExtension = 'urn:ietf:params:scim:schemas:extension:async:2.0:ServiceProviderConfig';
const limits = { operations: 100, bytes: 200_000 };

class Refusal extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly scimType?: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }

  get body(): Json {
    const { status, scimType, message: detail } = this;
    return {
      schemas: [`${message}Error`],
      status: String(status),
      ...(scimType === undefined ? {} : { scimType }),
      detail,
    };
  }
}

interface Operation {
  readonly method: string;
  path: string;
  readonly bulkId?: string;
  data: unknown;
}

interface Job {
  readonly id: string;
  readonly owner: string;
  readonly requestId: string;
  readonly operations: Operation[];
  readonly failOnErrors: number;
  results: (Json | undefined)[];
  readonly created: string;
  modified: string;
  success: number;
  failed: number;
}

interface Reply {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const url = 'http://127.0.0.1/scim';

export interface PlainProvider extends SimulatedProvider {
  /** The stored resources. */
  readonly held: () => number;
}

/** Each value of a list once, and the last of those that are primary (RFC 7643 §2.4). */
const tidiedList = (list: readonly Json[]): Json[] => {
  const last = list.findLastIndex(({ primary }) => primary === true);
  const keyOf = ({ value, type }: Json): string => JSON.stringify([value, type ?? null]);
  return list
    .map((item, place) => (item.primary === true && place !== last ? { ...item, primary: false } : item))
    .filter((item, place, all) => all.findLastIndex((other) => keyOf(other) === keyOf(item)) === place);
};

/** `schemas` lists the extensions that are there (RFC 7643 §3.3). */
const tidied = (resource: Json): Json => {
  const lists = ['emails', 'members'].flatMap((name): [string, unknown][] => {
    const list = resource[name];
    return Array.isArray(list) ? [[name, tidiedList(list.filter(isJson))]] : [];
  });
  const listed = Array.isArray(resource.schemas) ? (resource.schemas as unknown[]) : [];
  const extensions = Object.keys(resource).filter((name) => name.startsWith('urn:') && !listed.includes(name));
  return { ...resource, schemas: [...listed, ...extensions], ...Object.fromEntries(lists) };
};

export const plainProvider = (world: World, mistake?: Mistake): PlainProvider => {
  const machine = machineIn(world);
  const { sleep, newId } = machine;
  const now = (): string => new Date(machine.now()).toISOString();
  const has = (name: Mistake): boolean => mistake === name;
  const tokens = { primary: newId(), second: newId() };
  const resources = new Map<string, Json>();
  const jobs = new Map<string, Job>();
  const sharedResults: Json[] = [];
  const ready: (() => Promise<void>)[] = [];
  const tails = new Map<string, Promise<unknown>>();
  let busy = 0;
  let inWork = 0;

  const schemaOf = (endpoint: string): string => core + (endpoint === 'Users' ? 'User' : 'Group');
  const nameOf = (resource: Json): string => text(resource.userName ?? resource.displayName).toLowerCase();

  const check = (endpoint: string, data: unknown): Json => {
    if (!isJson(data)) throw new Refusal(400, 'a resource is an object', 'invalidSyntax');
    const wrong = (attribute: string): Refusal =>
      new Refusal(400, `${attribute} is missing or of the wrong type`, 'invalidValue');
    if (!Array.isArray(data.schemas) || !data.schemas.includes(schemaOf(endpoint))) throw wrong('schemas');
    const name = endpoint === 'Users' ? 'userName' : 'displayName';
    if (typeof data[name] !== 'string' || data[name] === '') throw wrong(name);
    for (const each of ['displayName', 'externalId', 'password', 'title']) {
      if (data[each] !== undefined && data[each] !== null && typeof data[each] !== 'string') throw wrong(each);
    }
    if (data.name !== undefined && !isJson(data.name)) throw wrong('name');
    if (data.active !== undefined && typeof data.active !== 'boolean') throw wrong('active');
    for (const each of ['emails', 'members']) {
      if (data[each] !== undefined && !(Array.isArray(data[each]) && data[each].every(isJson))) throw wrong(each);
    }
    const unkept = ['password', 'id', 'meta'];
    return tidied(Object.fromEntries(Object.entries(data).filter(([attribute]) => !unkept.includes(attribute))));
  };

  const demandUnique = (endpoint: string, resource: Json, id?: string): void => {
    if (endpoint !== 'Users') return;
    for (const [path, other] of resources) {
      if (path.startsWith('/Users/') && path !== `/Users/${id ?? ''}` && nameOf(other) === nameOf(resource))
        throw new Refusal(409, 'the userName is taken', 'uniqueness');
    }
  };

  const stored = (path: string): Json => {
    const found = resources.get(path);
    if (found === undefined) throw new Refusal(404, 'there is no such resource');
    return found;
  };

  const patched = (endpoint: string, before: Json, data: unknown): Json => {
    const operations: unknown = isJson(data) ? data.Operations : undefined;
    if (!Array.isArray(operations) || operations.length === 0) throw new Refusal(400, 'not a PatchOp', 'invalidSyntax');
    const after = structuredClone(before);
    const change = (holder: Json, name: string, op: string, value: unknown): void => {
      const old = holder[name];
      const added: unknown[] = Array.isArray(value) ? value : [value];
      const known = new Set(Array.isArray(old) ? old.map((each) => JSON.stringify(each)) : []);
      if (op === 'remove') Reflect.deleteProperty(holder, name);
      else if (op === 'add' && Array.isArray(old))
        holder[name] = [...(old as unknown[]), ...added.filter((each) => !known.has(JSON.stringify(each)))];
      else holder[name] = isJson(old) && isJson(value) ? { ...old, ...value } : value;
    };
    for (const operation of operations) {
      const { op: given, path, value } = isJson(operation) ? operation : {};
      const op = text(given).toLowerCase();
      if (!['add', 'replace', 'remove'].includes(op)) throw new Refusal(400, 'no such op', 'invalidSyntax');
      if (path === undefined && isJson(value)) {
        for (const [name, member] of Object.entries(value)) change(after, name, op, member);
        continue;
      }
      if (path === undefined && op === 'remove') throw new Refusal(400, 'a path is missing', 'noTarget');
      const [first = '', second, ...rest] = text(path).split('.');
      if (!/^(userName|displayName|name|active|emails|members|title|externalId)$/.test(first) || rest.length > 0)
        throw new Refusal(400, 'the path is not supported', 'invalidPath');
      if (op === 'remove' && first === (endpoint === 'Users' ? 'userName' : 'displayName'))
        throw new Refusal(400, 'it is required', 'mutability');
      const holder: Json = second === undefined ? after : { ...(isJson(after[first]) ? after[first] : {}) };
      change(holder, second ?? first, op, value);
      if (second !== undefined) after[first] = holder;
    }
    return { ...check(endpoint, after), id: before.id, meta: before.meta };
  };

  const stamp = (resource: Json, path: string, before?: Json): Json => {
    const lastModified = now();
    const created = isJson(before?.meta) ? before.meta.created : lastModified;
    const resourceType = path.startsWith('/Users/') ? 'User' : 'Group';
    return {
      ...resource,
      id: path.split('/')[2],
      meta: { resourceType, created, lastModified, location: url + path },
    };
  };

  /** Writes one operation; the status and the path that it wrote. */
  const write = async (operation: Operation, isAsynchronous: boolean): Promise<{ status: number; path: string }> => {
    const [, endpoint = '', id] = operation.path.split('/');
    if (endpoint !== 'Users' && endpoint !== 'Groups') throw new Refusal(404, 'there is no such endpoint');
    switch (operation.method) {
      case 'POST': {
        if (id !== undefined) throw new Refusal(405, 'no POST here');
        const path = `/${endpoint}/${newId()}`;
        if (has('insert-then-validate') && isJson(operation.data) && typeof operation.data.userName === 'string') {
          demandUnique(endpoint, operation.data);
          resources.set(path, stamp({ schemas: [schemaOf(endpoint)], userName: operation.data.userName }, path));
          resources.set(path, stamp(check(endpoint, operation.data), path));
          return { status: 201, path };
        }
        const resource = check(endpoint, operation.data);
        demandUnique(endpoint, resource);
        resources.set(path, stamp(resource, path));
        return { status: 201, path };
      }
      case 'PUT': {
        const before = stored(operation.path);
        const resource = check(endpoint, operation.data);
        demandUnique(endpoint, resource, id);
        const after = stamp(resource, operation.path, before);
        if (has('write-behind') && isAsynchronous) {
          void sleep(200).then(() => resources.has(operation.path) && resources.set(operation.path, after));
        } else resources.set(operation.path, after);
        return { status: 200, path: operation.path };
      }
      case 'PATCH': {
        const before = stored(operation.path);
        const after = patched(endpoint, before, operation.data);
        demandUnique(endpoint, after, id);
        if (has('lost-update')) await sleep(15);
        if (!resources.has(operation.path)) throw new Refusal(404, 'there is no such resource');
        resources.set(operation.path, stamp(after, operation.path, before));
        return { status: 200, path: operation.path };
      }
      default: {
        stored(operation.path);
        if (has('zombie-delete') && isAsynchronous) void sleep(150).then(() => resources.delete(operation.path));
        else resources.delete(operation.path);
        return { status: 204, path: operation.path };
      }
    }
  };

  const work = (): void => {
    while (busy < 3) {
      const task = ready.shift();
      if (task === undefined) return;
      busy += 1;
      void task().finally(() => {
        busy -= 1;
        work();
      });
    }
  };

  /** Does a task when a worker is free and all earlier ones on the resource are done. */
  const enqueue = <T>(resource: string | undefined, task: () => Promise<T>): Promise<T> => {
    const before = resource === undefined || has('unordered-bulk') ? undefined : tails.get(resource);
    const run = (): Promise<T> =>
      new Promise((resolve, reject) => {
        ready.push(() => task().then(resolve, reject));
        work();
      });
    const result = before === undefined ? run() : before.then(run, run);
    if (resource !== undefined) tails.set(resource, result);
    return result;
  };

  const references = (value: unknown): string[] =>
    [...JSON.stringify(value ?? null).matchAll(/"bulkId:([^"]+)"/g)].map(([, id]) => id ?? '');

  const perform = async (job: Job, index: number, done: Promise<Json>[], isAsynchronous: boolean): Promise<Json> => {
    const operation = job.operations[index];
    if (operation === undefined) throw new Error('no such operation');
    const head = { method: operation.method, ...(operation.bulkId === undefined ? {} : { bulkId: operation.bulkId }) };
    const fail = (refusal: Refusal): Json => ({ ...head, status: String(refusal.status), response: refusal.body });
    const creators = new Map(
      job.operations.map(({ bulkId, method }, place) => [method === 'POST' ? bulkId : undefined, place]),
    );
    const needs = [...references(operation.data), ...references(operation.path.split('/').at(-1))];
    const isCircular = (place: number, seen: ReadonlySet<number>): boolean =>
      references(job.operations[place]?.data).some((id) => {
        const next = creators.get(id);
        return (
          next !== undefined && (next === index || (!seen.has(next) && isCircular(next, new Set([...seen, next]))))
        );
      });
    try {
      for (const id of needs) {
        const place = creators.get(id);
        if (place === undefined || (has('forward-reference') && place > index))
          throw new Refusal(400, 'a bulkId leads to nothing', 'invalidValue');
        if (isCircular(index, new Set([index]))) throw new Refusal(409, 'bulkIds lead in a circle');
        const location = text((await done[place])?.location);
        if (location === '') throw new Refusal(400, 'an operation that is referred to failed', 'invalidValue');
        const created = location.split('/').at(-1) ?? '';
        operation.path = operation.path.replace(`bulkId:${id}`, created);
        operation.data = JSON.parse(
          JSON.stringify(operation.data ?? null).replaceAll(`"bulkId:${id}"`, `"${created}"`),
        ) as unknown;
      }
    } catch (refusal) {
      if (refusal instanceof Refusal) return fail(refusal);
      throw refusal;
    }
    const resource = operation.method === 'POST' ? undefined : operation.path;
    return enqueue(resource, async () => {
      inWork += 1;
      const errors = job.failed;
      const stopped = has('greater-than') ? errors > job.failOnErrors : errors >= job.failOnErrors;
      try {
        if (stopped) return fail(new Refusal(424, 'not run'));
        await sleep(has('unordered-bulk') ? 1 + Math.floor(machine.random() * 12) : 4);
        const { status, path } = await write(operation, isAsynchronous);
        if (has('retried-job') && isAsynchronous && inWork >= 3 && operation.method === 'POST') {
          await write(operation, isAsynchronous).catch(() => undefined);
        }
        return { ...head, status: String(status), location: url + path };
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        if (has('swallowed-error') && isAsynchronous && refusal.status === 409) await new Promise(() => undefined);
        return fail(refusal);
      } finally {
        inWork -= 1;
      }
    });
  };

  const settle = (job: Job, index: number, result: Json): void => {
    const failed = Number(result.status) >= 400;
    if (failed) job.failed += 1;
    if (!failed || has('counts-attempts')) job.success += 1;
    job.results[index] = result;
    job.modified = now();
    if (has('shared-results')) sharedResults.push(result);
  };

  const runJob = async (job: Job, isAsynchronous: boolean): Promise<void> => {
    const done: Promise<Json>[] = [];
    const finish: ((result: Json) => void)[] = [];
    job.operations.forEach((_, index) => {
      done[index] = new Promise<Json>((resolve) => {
        finish[index] = resolve;
      });
    });
    const one = async (index: number): Promise<void> => {
      const result = await perform(job, index, done, isAsynchronous);
      settle(job, index, result);
      finish[index]?.(result);
    };
    const places = job.operations.map((_, index) => index);
    if (job.failOnErrors === Infinity) await Promise.all(places.map(one));
    else {
      const open = [...places];
      for (let next = open.shift(); next !== undefined; next = open.shift()) {
        const current = next;
        const needed = references(job.operations[next]?.data).map((id) =>
          job.operations.findIndex(({ bulkId }) => bulkId === id),
        );
        const missing = needed.find((place) => place > current && open.includes(place));
        if (missing !== undefined) {
          open.splice(open.indexOf(missing), 1);
          await one(missing);
        }
        await one(next);
      }
    }
    if (has('shared-results')) {
      const taken = sharedResults.splice(0, job.operations.length);
      if (isAsynchronous) job.results = taken;
    }
  };

  const view = (job: Job): Json => {
    const total = job.operations.length;
    const results = job.results.filter((result) => result !== undefined);
    const pending = total - results.length;
    const completed = pending === 0;
    return {
      schemas: [provisionStatus],
      id: job.id,
      operationsCount: { total, success: job.success, failed: job.failed, pending },
      status: { completed, success: completed && job.failed === 0 },
      state: !completed ? (results.length === 0 ? 'queued' : 'processing') : job.failed === 0 ? 'completed' : 'failed',
      meta: {
        resourceType: 'ProvisionStatus',
        created: job.created,
        lastModified: has('finally-completed')
          ? new Date(Date.parse(job.created) - (machine.now() % 7)).toISOString()
          : job.modified,
        location: `${url}/provision/${job.id}/status`,
      },
      ...(completed ? { Operations: has('truncated-results') ? results.slice(0, 10) : results } : {}),
    };
  };

  const accept = (
    owner: string,
    requestId: string | undefined,
    operations: Operation[],
    failOnErrors: number,
  ): Reply => {
    const created = now();
    const job: Job = {
      id: newId(),
      owner,
      requestId: requestId ?? newId(),
      operations,
      failOnErrors,
      results: operations.map(() => undefined),
      created,
      modified: created,
      success: 0,
      failed: 0,
    };
    jobs.set(job.id, job);
    void runJob(job, true).catch(() => undefined);
    return {
      status: 202,
      headers: {
        Location: `${url}/provision/${job.id}/status`,
        'X-Request-ID': job.requestId,
        'X-SCIM-Request-Mode': 'asynchronous',
        'Retry-After': '0',
        'Cache-Control': 'no-store',
      },
      body: view(job),
    };
  };

  const readBulk = (body: unknown): { operations: Operation[]; failOnErrors: number } => {
    const syntax = new Refusal(400, 'not a BulkRequest', 'invalidSyntax');
    if (!isJson(body) || !Array.isArray(body.Operations) || body.Operations.length === 0) throw syntax;
    const { failOnErrors } = body;
    if (
      failOnErrors !== undefined &&
      !(typeof failOnErrors === 'number' && Number.isInteger(failOnErrors) && failOnErrors > 0)
    )
      throw syntax;
    const operations = body.Operations.map((sent): Operation => {
      if (!isJson(sent) || !/^(POST|PUT|PATCH|DELETE)$/i.test(text(sent.method)) || !text(sent.path).startsWith('/'))
        throw syntax;
      if (sent.bulkId !== undefined && typeof sent.bulkId !== 'string') throw syntax;
      const method = text(sent.method).toUpperCase();
      return {
        method,
        path: text(sent.path),
        data: sent.data,
        ...(sent.bulkId === undefined ? {} : { bulkId: sent.bulkId }),
      };
    });
    const bulkIds = operations.flatMap(({ bulkId }) => bulkId ?? []);
    if (new Set(bulkIds).size < bulkIds.length) throw new Refusal(400, 'a bulkId stands twice', 'invalidValue');
    return { operations, failOnErrors: failOnErrors ?? Infinity };
  };

  const list = (endpoint: string, query: URLSearchParams): Json => {
    const filter = query.get('filter');
    const parsed = filter === null ? undefined : /^(userName|displayName) (eq|sw) "((?:[^"\\]|\\.)*)"$/i.exec(filter);
    if (parsed === null) throw new Refusal(400, 'the filter is not supported', 'invalidFilter');
    const [, attribute = '', op = '', value = ''] = parsed ?? [];
    const all = [...resources].filter(([path]) => path.startsWith(`/${endpoint}/`)).map(([, resource]) => resource);
    const found = all.filter((resource) => {
      const held = text(resource[attribute.toLowerCase() === 'username' ? 'userName' : 'displayName']).toLowerCase();
      return (
        parsed === undefined ||
        (op.toLowerCase() === 'eq' ? held === value.toLowerCase() : held.startsWith(value.toLowerCase()))
      );
    });
    const startIndex = Math.max(1, Number(query.get('startIndex') ?? 1) || 1);
    const count = Math.max(0, Number(query.get('count') ?? 500) || 0);
    const page = found.slice(startIndex - 1, startIndex - 1 + count);
    return {
      schemas: [`${message}ListResponse`],
      totalResults: found.length,
      startIndex,
      itemsPerPage: page.length,
      Resources: page,
    };
  };

  const config = (): Json => ({
    schemas: [`${core}ServiceProviderConfig`, asyncExtension],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: limits.operations, maxPayloadSize: limits.bytes },
    filter: { supported: true, maxResults: 500 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: false },
    authenticationSchemes: [{ type: 'oauthbearertoken', name: 'Bearer', description: 'A bearer token' }],
    [asyncExtension]: {
      requestModes: ['synchronous', 'asynchronous'],
      statusEndpoint: '/provision/{id}/status',
      features: [],
    },
  });

  const status = (id: string, method: string, client: string, originalId: string | undefined): Reply => {
    const job = jobs.get(id);
    if (job === undefined || (job.owner !== client && !has('status-by-id-only')))
      throw new Refusal(404, 'there is no such request');
    if (method !== 'GET' && method !== 'HEAD')
      throw new Refusal(405, 'a status is read only', undefined, { Allow: 'GET, HEAD' });
    if (originalId !== undefined && originalId !== job.requestId)
      throw new Refusal(400, 'not the id of this request', 'invalidValue');
    const body = view(job);
    const completed = isJson(body.status) && body.status.completed === true;
    return {
      status: 200,
      headers: { 'Cache-Control': 'no-store', ...(completed ? {} : { 'Retry-After': '0' }) },
      body,
    };
  };

  const parse = (request: IncomingMessage, bytes: Buffer): unknown => {
    if (bytes.length === 0) return undefined;
    if (!/^application\/(scim\+)?json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
      throw new Refusal(415, 'a body is JSON');
    const syntax = new Refusal(400, 'the body is no JSON', 'invalidSyntax');
    try {
      const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      let depth = 0;
      for (const character of decoded) {
        depth += character === '[' || character === '{' ? 1 : character === ']' || character === '}' ? -1 : 0;
        if (depth > 200) throw syntax;
      }
      return JSON.parse(decoded) as unknown;
    } catch {
      throw syntax;
    }
  };

  const handle = async (request: IncomingMessage, bytes: Buffer): Promise<Reply> => {
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const client = Object.entries(tokens).find(([, token]) => token === bearer)?.[0];
    if (client === undefined)
      throw new Refusal(401, 'a token is required', undefined, { 'WWW-Authenticate': 'Bearer' });
    const method = request.method ?? '';
    const [rawPath = '', rawQuery = ''] = (request.url ?? '').split('?');
    let path: string;
    try {
      path = decodeURIComponent(rawPath).slice('/scim'.length);
    } catch {
      throw new Refusal(400, 'the path is not percent-encoded', 'invalidValue');
    }
    const [, endpoint = '', id, ...rest] = path.split('/');
    const field = (name: string): string | undefined => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    };
    if ((endpoint === 'provision' || endpoint === 'provisions') && rest[0] === 'status' && rest.length === 1)
      return status(id ?? '', method, client, field('x-original-request-id'));
    if (path === '/ServiceProviderConfig' && method === 'GET') return { status: 200, body: config() };
    const isResource = ['Users', 'Groups'].includes(endpoint) && rest.length === 0 && id !== '';
    if (!isResource && path !== '/Bulk') throw new Refusal(404, 'there is no such endpoint');
    if (method === 'GET' && isResource) {
      return { status: 200, body: id === undefined ? list(endpoint, new URLSearchParams(rawQuery)) : stored(path) };
    }
    const allowed =
      path === '/Bulk' ? ['POST'] : id === undefined ? ['GET', 'POST'] : ['GET', 'PUT', 'PATCH', 'DELETE'];
    if (!allowed.includes(method))
      throw new Refusal(405, 'no such method here', undefined, { Allow: allowed.join(', ') });
    const mode = (field('x-scim-request-mode') ?? 'synchronous').trim().toLowerCase();
    if (mode !== 'synchronous' && mode !== 'asynchronous')
      throw new Refusal(400, 'the mode is unknown', 'invalidValue');
    const isAsynchronous = mode === 'asynchronous';
    const requestId = field('x-request-id');
    if (path === '/Bulk' && bytes.length > limits.bytes) throw new Refusal(413, 'too large');
    const body = parse(request, bytes);
    if (path === '/Bulk') {
      const sent: unknown = isJson(body) ? body.Operations : undefined;
      const tooMany = Array.isArray(sent) && sent.length > limits.operations;
      if (tooMany && !has('late-limit-check')) throw new Refusal(413, 'too many operations');
      const { operations, failOnErrors } = readBulk(body);
      if (isAsynchronous) {
        const accepted = accept(client, requestId, operations, failOnErrors);
        if (tooMany) throw new Refusal(413, 'too many operations');
        return accepted;
      }
      const created = now();
      const job: Job = {
        id: '',
        owner: client,
        requestId: '',
        operations,
        failOnErrors,
        results: operations.map(() => undefined),
        created,
        modified: created,
        success: 0,
        failed: 0,
      };
      await runJob(job, false);
      return { status: 200, body: { schemas: [`${message}BulkResponse`], Operations: job.results } };
    }
    const operation: Operation = { method, path, data: body };
    if (isAsynchronous) return accept(client, requestId, [operation], Infinity);
    const written = await write(operation, false);
    if (written.status === 204) return { status: 204 };
    return { status: written.status, headers: { Location: url + written.path }, body: stored(written.path) };
  };

  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void handle(request, Buffer.concat(chunks))
        .catch((error: unknown): Reply => {
          const refusal = error instanceof Refusal ? error : new Refusal(500, 'internal error');
          return { status: refusal.status, headers: refusal.headers, body: refusal.body };
        })
        .then(({ status: code, headers = {}, body }) => {
          const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
          response.writeHead(code, {
            ...headers,
            Date: new Date(machine.now()).toUTCString(),
            ...(sent === undefined ? {} : { 'Content-Type': 'application/scim+json', 'Content-Length': sent.length }),
          });
          response.end(request.method === 'HEAD' ? undefined : sent);
        });
    });
  };
  const target = { baseUrl: url, token: tokens.primary, secondToken: tokens.second };
  return { ...serverProvider(target, listener), held: () => resources.size };
};
