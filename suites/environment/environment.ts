/** What a run takes from the machine that it runs on: time, chance and the ways out and in. A simulation brings its own. */
import type { Clock } from '../client/clock.js';
import type { CreateTransport } from '../client/transport.js';
import type { VerifyToken } from '../security-events/verify-token.js';
import type { OpenPushServer } from './push-server.js';

export interface RunEnvironment {
  readonly clock: Clock;
  readonly createTransport: CreateTransport;
  readonly openPushServer: OpenPushServer;
  readonly verify: VerifyToken;
  /** So many random bytes: for the name of the run, and for its seed where none is given. */
  readonly randomBytes: (count: number) => Uint8Array;
}
