/** Applies a write and publishes its events. All writes use this module, so that no write is without its events. */
import { txnOf, type JobHead } from '../job.js';
import type { Applied, Operation, Written } from '../operation.js';
import type { Transaction } from '../ports.js';
import type { Apply, Atomically } from '../resources/apply.js';
import { bounded } from '../resources/bounds.js';
import { pathOf } from '../resources/representation.js';
import type { Announce } from '../integration/webhooks/announce.js';
import type { DraftOf } from './happening.js';
import { provisioningEvents, type FeedSettings } from './provisioning.js';
import { subjectOfWritten } from './subject.js';

export interface RecorderOptions {
  readonly apply: Apply;
  readonly atomically: Atomically;
  readonly draftOf: DraftOf;
  readonly settings: FeedSettings;
  readonly baseUrl: () => string;
  /** Records the deliveries to webhooks; undefined if the feature is off. */
  readonly announce: Announce | undefined;
}

/** The job and the index of the operation; undefined for a synchronous write. */
export type Origin = { readonly job: JobHead; readonly index: number } | undefined;

/** If it rejects with a Problem, nothing was written and the transaction can continue. */
export type Recorder = (operation: Operation, transaction: Transaction, origin?: Origin) => Promise<Written>;

/** A create that found the resource is told as a replace of it (CONF-01). */
const replaceOf = ({ found }: Applied, operation: Operation): Partial<Written> =>
  found === undefined ? {} : { operation: { ...operation, method: 'PUT', path: pathOf(found) }, before: found };

export const createRecorder =
  ({ apply, atomically, draftOf, settings, baseUrl, announce }: RecorderOptions): Recorder =>
  (operation, transaction, origin) =>
    atomically(transaction, async () => {
      const id = operation.path.split('/')[2] ?? '';
      const before = operation.method === 'POST' ? undefined : await transaction.find(id);
      const applied = await apply(operation, bounded(operation, transaction));
      const written: Written = { ...applied, operation, before, ...replaceOf(applied, operation) };
      const events = provisioningEvents(written, settings, baseUrl);
      const isSkipped = applied.found !== undefined && applied.found === applied.stored;
      if (!isSkipped && events !== undefined) {
        const draft = draftOf({
          subject: subjectOfWritten(written),
          events,
          txn: origin && txnOf(origin.job, origin.index),
          context: origin === undefined ? {} : { job: origin.job, index: origin.index },
          completes: undefined,
        });
        await transaction.publish(draft);
      }
      await announce?.(written, transaction, origin !== undefined);
      return written;
    });
