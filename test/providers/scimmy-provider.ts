/** A real provider of a few lines over scimmy and scimmy-routers: synchronous SCIM, nothing asynchronous. */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';

export interface Provider {
  readonly url: string;
  readonly token: string;
  /** Names of the users that it holds. */
  users(): string[];
  stop(): Promise<void>;
}

interface Kept {
  id: string;
  userName: string;
  [name: string]: unknown;
}

interface Asked {
  readonly id?: string;
  /** scimmy leaves filters to the application, and pages not. */
  readonly filter?: { match(resources: readonly Kept[]): Kept[] };
}

/** scimmy keeps its declarations globally: one of these providers at a time. */
export const startScimmyProvider = async (): Promise<Provider> => {
  const users = new Map<string, Kept>();
  const token = randomUUID();
  const find = (id: string | undefined): Kept => {
    const user = users.get(id ?? '');
    if (user === undefined) throw new SCIMMY.Types.Error(404, '', `Resource ${id ?? ''} not found`);
    return user;
  };
  SCIMMY.Resources.declare(SCIMMY.Resources.User, {
    egress: ({ id, filter }: Asked) =>
      id === undefined ? (filter?.match([...users.values()]) ?? [...users.values()]) : find(id),
    ingress: (resource: Asked, instance: { userName: string }) => {
      const { userName } = instance;
      const taken = [...users.values()].find((user) => user.userName.toLowerCase() === userName.toLowerCase());
      if (taken !== undefined && taken.id !== resource.id) throw new SCIMMY.Types.Error(409, 'uniqueness', 'taken');
      const id = resource.id === undefined ? randomUUID() : find(resource.id).id;
      const now = new Date().toISOString();
      const plain = JSON.parse(JSON.stringify(instance)) as Record<string, unknown>;
      const kept: Kept = { ...plain, id, userName, meta: { created: now, lastModified: now } };
      users.set(id, kept);
      return kept;
    },
    degress: (resource: Asked) => {
      users.delete(find(resource.id).id);
    },
  });
  const app = express();
  app.use(
    '/scim/v2',
    new SCIMMYRouters({
      type: 'bearer',
      handler: (request) => {
        if (request.header('Authorization') !== `Bearer ${token}`) throw new Error('Not authorised');
        return 'client';
      },
    }),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/scim/v2`,
    token,
    users: () => [...users.values()].map(({ userName }) => userName),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
