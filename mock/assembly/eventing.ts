/** Creates the parts that produce and deliver events: drafts, signatures, the feed, completions and pushes. */
import { Completions } from '../events/completions.js';
import { createDraftOf } from '../events/happening.js';
import { Pushers } from '../events/push/pushers.js';
import { createRecorder, type Recorder } from '../events/recorder.js';
import { createSigner, type Signer } from '../events/signer.js';
import type { Setup } from './setup.js';

export interface Eventing {
  readonly signer: Signer;
  readonly record: Recorder;
  readonly completions: Completions;
  readonly pushers: Pushers;
}

export const createEventing = (setup: Setup): Eventing => {
  const { environment, settings, seams, ports, clients, baseUrl, onBug } = setup;
  const { clock, newId, newPoster } = environment;
  const { pushRequest, pushAnswer, claimsOf, maySee } = seams;
  const signer = createSigner({ signing: settings.signing, keys: ports.keys, seam: seams.sign });
  /** The URL of a feed, as RFC 9967 uses them in `aud`. */
  const feedOf = (client: string): string => `${baseUrl()}/Feeds/${encodeURIComponent(client)}`;
  const draftOf = createDraftOf({
    issuer: () => new URL(baseUrl()).origin,
    audience: (client) => (client === undefined ? clients.map(({ name }) => name) : [client]).map(feedOf),
    clock,
    newId,
    sign: signer.sign,
    claimsOf,
  });
  return {
    signer,
    record: createRecorder({ apply: seams.apply, atomically: seams.atomically, draftOf, settings, baseUrl }),
    completions: new Completions({ ports, draftOf, baseUrl, maySee }),
    pushers: new Pushers(ports.events, { clock, newPoster, pushRequest, pushAnswer, onBug }),
  };
};
