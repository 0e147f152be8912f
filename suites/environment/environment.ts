/** All parts of the machine that a run uses: clock, random bytes, network. A simulation replaces them. */
import type { Clock } from '../client/clock.js';
import type { CreateTransport } from '../client/transport.js';
import type { VerifyToken } from '../security-events/verify-token.js';
import type { OpenPushServer } from './push-server.js';

export interface RunEnvironment {
  readonly clock: Clock;
  readonly createTransport: CreateTransport;
  readonly openPushServer: OpenPushServer;
  readonly verify: VerifyToken;
  /** Bytes of a body as the transport sends it. Absent: those of its text in UTF-8. */
  readonly bytesOf?: (body: string) => number;
  /** Random bytes for the id of the run, and for its seed if the user gives none. */
  readonly randomBytes: (count: number) => Uint8Array;
}
