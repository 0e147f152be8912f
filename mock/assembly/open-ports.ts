/** Opens the store that the options name. PostgreSQL is loaded only if it is asked for, because loading takes time. */
import type { Translator } from '../../schemas/wire/translator.js';
import type { Environment } from '../environment.js';
import { createSigner } from '../events/signer.js';
import type { Settings } from '../options.js';
import type { Ports } from '../ports.js';
import type { Seams } from '../seams/seams.js';
import { createMemoryPorts } from '../store/memory/memory-ports.js';

export interface OpenPortsOptions {
  readonly environment: Environment;
  readonly seams: Seams;
  readonly settings: Settings;
  /** Undefined: the wire has the names of the mock. */
  readonly wire: Translator | undefined;
}

/** `store`: `memory`, or the URL of a database. Rejects with a StoreError. */
export const openPorts = async (
  store: string,
  { environment, seams, settings, wire }: OpenPortsOptions,
): Promise<Ports> => {
  const { newId } = seams;
  if (store === 'memory') return createMemoryPorts({ environment, newId, settings });
  const { openPostgresPorts } = await import('../store/postgres/postgres-ports.js');
  const ports = await openPostgresPorts({
    url: store,
    environment,
    newId,
    settings,
    // A token may have been published by another process, which did not sign it.
    sign: (claims) =>
      createSigner({ signing: settings.signing, keys: ports.keys, seam: seams.sign, wire }).sign(claims),
  });
  return ports;
};
