/** The environment of a real run: this machine. */
import { randomBytes } from 'node:crypto';
import { systemClock } from '../client/system-clock.js';
import { createUndiciTransport } from '../client/undici-transport.js';
import { createVerify } from '../security-events/verify-token.js';
import type { RunEnvironment } from './environment.js';
import { openNodePushServer } from './node-push-server.js';

export const systemEnvironment: RunEnvironment = {
  clock: systemClock,
  createTransport: createUndiciTransport,
  openPushServer: openNodePushServer,
  verify: createVerify(),
  randomBytes,
};
