/** Creates the parts that produce and deliver events: drafts, signatures, the feed, completions and pushes. */
import { Trail, viewEntry } from '../audit/trail.js';
import { Completions } from '../events/completions.js';
import type { Poster } from '../environment.js';
import { createDraftOf } from '../events/happening.js';
import { renamedPoster } from '../events/push/renamed-poster.js';
import { Pushers } from '../events/push/pushers.js';
import { createAnnounce } from '../integration/webhooks/announce.js';
import { Deliverers } from '../integration/webhooks/deliverers.js';
import type { GuardOptions } from '../integration/webhooks/endpoint-guard.js';
import { createRecorder, type Recorder } from '../events/recorder.js';
import { createSigner, type Signer } from '../events/signer.js';
import type { Setup } from './setup.js';

export interface Eventing {
  readonly signer: Signer;
  readonly record: Recorder;
  readonly completions: Completions;
  readonly pushers: Pushers;
  /** Undefined if the feature is off. */
  readonly trail: Trail | undefined;
  /** Which endpoints webhooks may have. */
  readonly guard: GuardOptions;
  /** Undefined if the feature is off. */
  readonly deliverers: Deliverers | undefined;
}

export const createEventing = (setup: Setup): Eventing => {
  const { environment, settings, seams, ports, clients, wire, baseUrl, onBug } = setup;
  const { clock, newId, resolve } = environment;
  const newPoster = (): Poster =>
    wire === undefined ? environment.newPoster() : renamedPoster(environment.newPoster(), wire);
  const { pushRequest, pushAnswer, claimsOf, maySee } = seams;
  const signer = createSigner({ signing: settings.signing, keys: ports.keys, seam: seams.sign, wire });
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
  const guard: GuardOptions = { allowsLoopback: settings.webhookLoopback, resolve };
  const hasWebhooks = settings.features.includes('webhooks');
  const announce = hasWebhooks ? createAnnounce({ clock, newId, baseUrl, seams, wire }) : undefined;
  const { auditLog } = settings;
  return {
    trail: settings.features.includes('audit')
      ? new Trail({
          audit: ports.audit,
          jobs: ports.jobs,
          clock,
          newId,
          seam: seams.auditEntry,
          log: auditLog && ((entry) => auditLog(viewEntry(entry))),
        })
      : undefined,
    guard,
    deliverers: hasWebhooks
      ? new Deliverers({
          hooks: ports.hooks,
          clock,
          newPoster,
          guard,
          retryMillis: settings.webhookRetryMillis,
          seams,
          onBug,
        })
      : undefined,
    signer,
    record: createRecorder({ apply: seams.apply, atomically: seams.atomically, draftOf, settings, baseUrl, announce }),
    completions: new Completions({ ports, draftOf, baseUrl, maySee }),
    pushers: new Pushers(ports.events, { clock, newPoster, pushRequest, pushAnswer, onBug }),
  };
};
