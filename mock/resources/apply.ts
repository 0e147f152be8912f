/** Applies one operation to the store (RFC 7644 §3.3, §3.5, §3.6). */
import type { Json } from '../json.js';
import type { Pause } from '../pace.js';
import type { Applied, Operation } from '../operation.js';
import type { Transaction } from '../ports.js';
import { Problem } from '../problem.js';
import { nameTaken } from '../store/resource-rules.js';
import { acceptResource } from './accept.js';
import { preparePatch } from './patch.js';
import { typeOfPath, type ResourceType } from './resource-type.js';

/** Type and id in a path such as `/Users/1`. Throws a Problem of 404. */
export const locate = (path: string): { type: ResourceType; id: string | undefined } => {
  const type = typeOfPath(path);
  const [, , id, ...rest] = path.split('/');
  if (type === undefined || rest.length > 0) throw new Problem(404, 'There is no such endpoint.');
  return { type, id: id === '' ? undefined : id };
};

/** Applies an operation. Rejects with a Problem if it fails. */
export type Apply = (operation: Operation, transaction: Transaction) => Promise<Applied>;

/** Runs a write so that nothing of it is left if it fails. */
export type Atomically = <T>(transaction: Transaction, write: () => Promise<T>) => Promise<T>;

export const atomically: Atomically = (transaction, write) => transaction.attempt(write);

/** Undefined if the userName is taken. */
const createdUnlessTaken = (create: () => Promise<Applied>, transaction: Transaction): Promise<Applied | undefined> =>
  transaction.attempt(create).catch((error: unknown) => {
    if (error instanceof Problem && error.scimType === 'uniqueness') return undefined;
    throw error;
  });

/** A create whose userName is taken leaves the user who has it as it is, or replaces it as a PUT does (CONF-01). */
const useExisting = async (
  attributes: Json,
  onConflict: 'skip' | 'overwrite',
  transaction: Transaction,
): Promise<Applied> => {
  const found = await transaction.named(String(attributes.userName));
  if (found === undefined) throw nameTaken();
  const stored = onConflict === 'skip' ? found : await transaction.update(found.type, found.id, () => attributes);
  return { status: 200, stored, found };
};

/** `pause` is called between the parts of long work, and other transactions may be done meanwhile. */
export const createApply =
  (pause: Pause): Apply =>
  async (operation, transaction) => {
    const { method, path, data, version, newId, onConflict } = operation;
    const { type, id } = locate(path);
    if (method === 'POST') {
      if (id !== undefined) throw new Problem(405, 'POST creates at an endpoint, not at a resource.');
      const attributes = acceptResource(type, data);
      const create = async (): Promise<Applied> => ({
        status: 201,
        stored: await transaction.create(type.name, attributes, newId),
      });
      if (onConflict === undefined) return create();
      return (await createdUnlessTaken(create, transaction)) ?? useExisting(attributes, onConflict, transaction);
    }
    if (id === undefined) throw new Problem(405, `${method} writes a resource, not an endpoint.`);
    switch (method) {
      case 'PUT': {
        // A missing resource is reported before errors of the body.
        await transaction.get(type.name, id);
        const attributes = acceptResource(type, data);
        return { status: 200, stored: await transaction.update(type.name, id, () => attributes, version) };
      }
      case 'PATCH': {
        await transaction.get(type.name, id);
        const change = await preparePatch(type, data, () => transaction.aside(pause), id);
        return { status: 200, stored: await transaction.update(type.name, id, change, version) };
      }
      case 'DELETE':
        await transaction.remove(type.name, id, version);
        return { status: 204 };
    }
  };
