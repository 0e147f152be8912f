/**
 * Faults in which some writes do not change the tag of a resource. The store counts every write, so that the tag that the
 * client sees is another one than that of the store, and is translated in both directions.
 */
import { header } from '../../schemas/names.js';
import type { Answer } from '../http/answer.js';
import type { RequestSummary } from '../http/http-seams.js';
import { isJson, type Json } from '../json.js';
import type { Operation } from '../operation.js';
import { etagOf } from '../stored.js';
import { answering, notModified } from './answers.js';
import type { Fault } from './fault.js';
import { applying, working } from './work.js';

/** The tags that clients see, by id and tag of the store. */
class ShownTags {
  private readonly shown = new Map<string, Map<string, string>>();
  /** The last tag of the store, by id. */
  private readonly last = new Map<string, string>();

  of(id: string, tag: string): string {
    return this.shown.get(id)?.get(tag) ?? tag;
  }

  /** The tag of the store for one that a client sends: the newest that it can mean. */
  meant(id: string, field: string | undefined): string | undefined {
    const current = this.last.get(id);
    return current !== undefined && field === this.of(id, current) ? current : field;
  }

  wrote(id: string, tag: string, keeps: boolean): void {
    const before = this.last.get(id);
    this.last.set(id, tag);
    if (!keeps || before === undefined) return;
    const tags = this.shown.get(id) ?? new Map<string, string>();
    tags.set(tag, this.of(id, before));
    this.shown.set(id, tags);
  }
}

const idIn = (path: unknown): string => /\/(?:Users|Groups)\/([^/?]+)/.exec(String(path))?.[1] ?? '';

const inBody = (value: unknown, tags: ShownTags): unknown => {
  if (Array.isArray(value)) return value.map((item) => inBody(item, tags));
  if (!isJson(value)) return value;
  const changed: Json = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inBody(item, tags)]));
  const { location, version } = changed;
  return typeof version === 'string' && typeof location === 'string'
    ? { ...changed, version: tags.of(idIn(location), version) }
    : changed;
};

/** The answer to a GET with If-None-Match that names the shown tag is 304. */
const shownIn = (answer: Answer, { path, method, field }: RequestSummary, tags: ShownTags): Answer => {
  const tag = answer.headers[header.etag];
  const shown = tag === undefined ? undefined : tags.of(idIn(path) || idIn(answer.headers[header.location]), tag);
  const changed: Answer = {
    ...answer,
    headers: shown === undefined ? answer.headers : { ...answer.headers, [header.etag]: shown },
    ...(answer.body === undefined ? {} : { body: inBody(answer.body, tags) }),
  };
  const asked = field(header.ifNoneMatch)
    ?.split(',')
    .map((each) => each.trim());
  const isCurrent = method === 'GET' && answer.status === 200 && shown !== undefined && asked?.includes(shown) === true;
  return isCurrent ? notModified(changed) : changed;
};

/** Where an operation came from: a synchronous request, a bulk request, or an asynchronous request of one operation. */
export type Origin = 'request' | 'bulk' | 'queue';

/** A fault in which the writes for which `keeps` is true leave the tag as it was. */
export const keepingTags =
  (keeps: (operation: Operation, origin: Origin) => boolean): Fault['seams'] =>
  (base, environment) => {
    const tags = new ShownTags();
    const origins = new Map<string, Origin>();
    const keyOf = ({ method, path, data }: Operation): string => `${method} ${path} ${JSON.stringify(data)}`;
    const work = working(() => (task, honestly) => {
      origins.set(keyOf(task.operation), task.job.isBulk ? 'bulk' : 'queue');
      return honestly(task);
    })(base, environment);
    const writes = applying((apply) => async (operation, transaction) => {
      const version = tags.meant(idIn(operation.path), operation.version);
      const applied = await apply({ ...operation, ...(version === undefined ? {} : { version }) }, transaction);
      const { stored } = applied;
      if (stored !== undefined)
        tags.wrote(stored.id, etagOf(stored), keeps(operation, origins.get(keyOf(operation)) ?? 'request'));
      return applied;
    })(base, environment);
    const answers = answering(() => (answer, request) => shownIn(answer, request, tags))(base, environment);
    return { ...work, ...writes, ...answers };
  };
