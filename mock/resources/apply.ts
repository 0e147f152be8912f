/** Writes one operation to the store (RFC 7644 §3.3, §3.5, §3.6). */
import type { Applied, Operation } from '../operation.js';
import { Problem } from '../problem.js';
import { acceptResource } from './accept.js';
import { preparePatch } from './patch.js';
import { typeOfPath, type ResourceType } from './resource-type.js';
import type { Store } from './store.js';

/** Type and id of a path such as `/Users/1`. Throws a Problem of 404. */
export const locate = (path: string): { type: ResourceType; id: string | undefined } => {
  const type = typeOfPath(path);
  const [, , id, ...rest] = path.split('/');
  if (type === undefined || rest.length > 0) throw new Problem(404, 'There is no such endpoint.');
  return { type, id: id === '' ? undefined : id };
};

/** A function that writes an operation in one step. It throws a Problem and writes nothing, or it succeeds. */
export const createApply =
  (store: Store): ((operation: Operation) => Applied) =>
  ({ method, path, data, version }) => {
    const { type, id } = locate(path);
    if (method === 'POST') {
      if (id !== undefined) throw new Problem(405, 'POST creates at an endpoint, not at a resource.');
      return { status: 201, stored: store.create(type, acceptResource(type, data)) };
    }
    if (id === undefined) throw new Problem(405, `${method} writes a resource, not an endpoint.`);
    switch (method) {
      case 'PUT': {
        // A resource that is not there is told before what is wrong with the body.
        store.get(type, id);
        const attributes = acceptResource(type, data);
        return { status: 200, stored: store.update(type, id, () => attributes, version) };
      }
      case 'PATCH': {
        store.get(type, id);
        return { status: 200, stored: store.update(type, id, preparePatch(type, data), version) };
      }
      case 'DELETE':
        store.remove(type, id, version);
        return { status: 204 };
    }
  };
