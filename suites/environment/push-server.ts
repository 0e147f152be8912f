/** A server for pushed security event tokens (RFC 8935), as an interface: a port in a run, a function in a simulation. */
import type { HeaderList } from '../../schemas/types.js';

export interface PushDelivery {
  readonly method: string;
  /** With its query, as it was sent. */
  readonly path: string;
  readonly headers: HeaderList;
  /** Complete, or in the chunks in which it arrives. */
  readonly body: string | AsyncIterable<Uint8Array>;
}

export interface PushReply {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
}

export interface PushPlace {
  /** 0: a free port. */
  readonly port: number;
  /** The URL at which the provider reaches it; if absent, it listens only on the loopback address. */
  readonly publicUrl?: string;
  /** Path to be added to that URL; may be empty if there is a public URL. */
  readonly path: string;
}

export interface PushServer {
  /** The URL to push to. */
  readonly url: string;
  close(): Promise<void>;
}

/** Opens the server. Rejects if the port is in use. If `receive` rejects, the delivery gets no answer. */
export type OpenPushServer = (
  place: PushPlace,
  receive: (delivery: PushDelivery) => Promise<PushReply>,
) => Promise<PushServer>;
