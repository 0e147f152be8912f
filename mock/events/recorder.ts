/** Writes, and tells the feed of it: every write goes through here, so that no event is forgotten. */
import type { Job } from '../jobs/job.js';
import { txnOf } from '../jobs/job.js';
import type { Applied, Operation, Written } from '../operation.js';
import type { Store } from '../resources/store.js';
import { subjectOfWritten } from './claims.js';
import type { EventLog } from './event-log.js';
import { provisioningEvents, type FeedSettings } from './provisioning.js';

export interface RecorderOptions {
  readonly store: Store;
  /** Throws a Problem. */
  readonly apply: (operation: Operation) => Applied;
  readonly log: EventLog;
  readonly settings: FeedSettings;
  readonly baseUrl: () => string;
}

/** Whose operation a write is; undefined: of a request that has no job. */
export type Origin = { readonly job: Job; readonly index: number } | undefined;

export type Recorder = (operation: Operation, origin?: Origin) => Written;

export const createRecorder =
  ({ store, apply, log, settings, baseUrl }: RecorderOptions): Recorder =>
  (operation, origin) => {
    const before = operation.method === 'POST' ? undefined : store.find(operation.path.split('/')[2] ?? '');
    const written: Written = { ...apply(operation), operation, before };
    if (origin !== undefined) origin.job.written[origin.index] = written;
    const events = provisioningEvents(written, settings, baseUrl);
    if (events !== undefined) {
      log.publish({
        subject: subjectOfWritten(written),
        events,
        txn: origin && txnOf(origin.job, origin.index),
        context: origin ?? {},
      });
    }
    return written;
  };
