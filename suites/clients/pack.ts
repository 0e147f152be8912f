/** Makes a client pack of the data of a client. */
import type { ClientPack } from '../definitions/client-pack.js';
import { readShape } from './read-shape.js';
import { scenarioOf } from './send-shape.js';
import type { Client, Shape } from './shape.js';

/** Placeholders as a reader expects them. */
const readable = (path: string): string => path.replaceAll(/\{(?:user|group)\}/g, '{id}');

const requestOf = ({ request: { method, path, query } }: Shape): string =>
  `${method} ${readable(path)}${query === undefined ? '' : `?${Object.keys(query).join('&')}`}`;

export const packOf = (client: Client): ClientPack => ({
  name: client.name,
  title: client.title,
  shapes: client.shapes.map((shape) => ({
    name: shape.name,
    title: shape.title,
    request: requestOf(shape),
    source: shape.source,
    needs: shape.needs,
    isOptional: shape.isOptional ?? false,
  })),
  scenario: scenarioOf(client),
  read: (trace) => {
    const shape = client.shapes.find(({ name }) => name === trace.input);
    return shape === undefined
      ? { outcome: 'not-tried', reason: 'This version has no such shape.' }
      : readShape(shape, trace);
  },
});
