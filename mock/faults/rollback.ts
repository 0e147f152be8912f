/** Faults of rollbackOnError: ROLL-01. */
import { header } from '../../schemas/names.js';
import { runsAsUnit, type Job } from '../job.js';
import type { JobSeams, UnitWork } from '../jobs/job-seams.js';
import { failed, type Outcome, type Written } from '../operation.js';
import type { Transaction } from '../ports.js';
import { Problem } from '../problem.js';
import { answering, bodyOf, completed, isStatusRead } from './answers.js';
import type { Fault } from './fault.js';
import { applying, reading, refusing } from './work.js';

type Outcomes = readonly (Outcome | undefined)[];

const hasFailed = (outcomes: Outcomes): boolean =>
  outcomes.some((outcome) => outcome === undefined || failed(outcome.result));

/** A fault that changes what is done about a unit that has failed, in the transaction in which its effects still are. */
const failing =
  (
    undo: (written: readonly Written[], transaction: Transaction) => Promise<void>,
    report: (work: UnitWork, outcomes: Outcomes) => readonly Outcome[] = ({ undone }, outcomes) => undone(outcomes),
  ): Fault['seams'] =>
  () => ({
    performUnit: async (work, { store }) => {
      await work.prepare();
      await store.transaction(async (transaction) => {
        const outcomes = await work.run(transaction);
        const isFailed = hasFailed(outcomes);
        if (isFailed)
          await undo(
            outcomes.flatMap((outcome) => outcome?.written ?? []),
            transaction,
          );
        const done = outcomes.filter((outcome) => outcome !== undefined);
        await work.finish(isFailed ? report(work, outcomes) : done, transaction);
      });
    },
  });

/** Undoes one write by another one, as a provider without transactions does; `newId`: a deleted resource gets a new id. */
const compensate = async ({ before, stored }: Written, transaction: Transaction, newId = false): Promise<void> => {
  if (before === undefined) {
    if (stored !== undefined) await transaction.remove(stored.type, stored.id);
    return;
  }
  const { type, id, attributes } = before;
  if (stored !== undefined) await transaction.update(type, id, () => attributes);
  else await transaction.create(type, attributes, newId ? undefined : id);
};

const compensating = (isUndone: (written: Written) => boolean, newId = false): Fault['seams'] =>
  failing(async (written, transaction) => {
    for (const each of written.toReversed()) if (isUndone(each)) await compensate(each, transaction, newId);
  });

const isOfGroup = ({ operation: { path } }: Written): boolean => path.startsWith('/Groups/');

/** Changes the outcomes of a unit; its effects are undone. */
const reporting =
  (change: (outcomes: readonly Outcome[], work: UnitWork, ran: Outcomes) => readonly Outcome[]): Fault['seams'] =>
  ({ performUnit }) => ({
    performUnit: (work, ports) => {
      let ran: Outcomes = [];
      const changed: UnitWork = {
        ...work,
        run: async (transaction) => (ran = await work.run(transaction)),
        finish: (outcomes, transaction) =>
          work.finish(hasFailed(outcomes) ? change(outcomes, work, ran) : outcomes, transaction),
      };
      return performUnit(changed, ports);
    },
  });

const isUndone = (job: Job): boolean => runsAsUnit(job) && job.counts.failed > 0;

const performAlwaysUndone: JobSeams['performUnit'] = async ({ prepare, undone, job, finish }, { store }) => {
  await prepare();
  await store.transaction((transaction) => finish(undone(job.operations.map(() => undefined)), transaction));
};

export const rollbackFaults: readonly Fault[] = [
  {
    name: 'rollback-ignored',
    title: 'rollbackOnError that is ignored',
    breaks: ['ROLL-01'],
    seams: reading(({ options }) => ({ options: { ...options, rollbackOnError: false } })),
  },
  {
    name: 'rollback-only-stops',
    title: 'rollbackOnError that stops at the first error and undoes nothing',
    breaks: ['ROLL-01'],
    seams: reading(({ options, failOnErrors }) =>
      options.rollbackOnError === true
        ? { options: { ...options, rollbackOnError: false }, failOnErrors: 1 }
        : { failOnErrors },
    ),
  },
  {
    name: 'rollback-reported-only',
    title: 'a rollback that is reported, but not done',
    breaks: ['ROLL-01'],
    seams: failing(() => Promise.resolve()),
  },
  {
    name: 'rollback-of-creates-only',
    title: 'a rollback that deletes what was created, and restores nothing',
    breaks: ['ROLL-01'],
    seams: compensating(({ before }) => before === undefined),
  },
  {
    name: 'rollback-forgets-patches',
    title: 'a rollback that does not undo a PATCH of a user',
    breaks: ['ROLL-01'],
    seams: compensating((written) => isOfGroup(written) || written.operation.method !== 'PATCH'),
  },
  {
    name: 'rollback-forgets-members',
    title: 'a rollback that does not restore the members of groups',
    breaks: ['ROLL-01'],
    seams: compensating((written) => !isOfGroup(written)),
  },
  {
    name: 'rollback-restores-under-a-new-id',
    title: 'a rollback that creates deleted resources anew, with another id',
    breaks: ['ROLL-01'],
    seams: compensating(() => true, true),
  },
  {
    name: 'undone-counted-as-success',
    title: 'operations that were undone but count as success',
    breaks: ['ROLL-01'],
    seams: reporting((outcomes, _work, ran) => outcomes.map((outcome, place) => ran[place] ?? outcome)),
  },
  {
    name: 'undone-without-424',
    title: 'operations that were undone whose status is 500 instead of 424',
    breaks: ['ROLL-01'],
    seams: (base, environment) =>
      reporting((outcomes) =>
        outcomes.map((outcome) =>
          outcome.result.status === '424'
            ? {
                ...outcome,
                result: { ...outcome.result, status: '500', response: base.renderError(new Problem(500, 'Undone.')) },
              }
            : outcome,
        ),
      )(base, environment),
  },
  {
    name: 'undone-left-pending',
    title: 'operations that were undone and stay pending for ever',
    breaks: ['ROLL-01'],
    entails: ['LIFE-01'],
    seams: (base, environment) => ({
      ...answering(
        () => (answer, request) =>
          !isStatusRead(answer, request) || completed(bodyOf(answer))
            ? answer
            : { ...answer, headers: { [header.retryAfter]: '0', ...answer.headers } },
      )(base, environment),
      viewStatus: (job, baseUrl) => {
        const view = base.viewStatus(job, baseUrl);
        if (!isUndone(job)) return view;
        const { Operations, ...rest } = view;
        const own = Operations?.filter(({ status }) => status !== '424').length ?? 0;
        const { total } = view.operationsCount;
        return {
          ...rest,
          operationsCount: { total, success: 0, failed: own, pending: total - own },
          status: { completed: false, success: false },
          state: 'processing',
        };
      },
    }),
  },
  {
    name: 'undone-names-stay-taken',
    title: 'userNames that stay reserved when their creates were undone',
    breaks: ['ROLL-01'],
    seams: (base, environment) => {
      const reserved = new Set<unknown>();
      return {
        ...applying((apply) => (operation, transaction) => {
          const { method, data } = operation;
          const name = typeof data === 'object' && data !== null && 'userName' in data ? data.userName : undefined;
          if (method === 'POST' && reserved.has(name)) throw new Problem(409, 'The userName is taken.', 'uniqueness');
          return apply(operation, transaction);
        })(base, environment),
        ...reporting((outcomes, _work, ran) => {
          for (const outcome of ran) {
            const { stored, before } = outcome?.written ?? {};
            if (before === undefined && stored !== undefined) reserved.add(stored.attributes.userName);
          }
          return outcomes;
        })(base, environment),
      };
    },
  },
  {
    name: 'rollback-refused',
    title: '400 to every bulk request with rollbackOnError, although it is advertised',
    breaks: ['ROLL-01'],
    seams: refusing(({ options }) =>
      options.rollbackOnError === true ? new Problem(400, 'rollbackOnError is not known.', 'invalidValue') : undefined,
    ),
  },
  {
    name: 'rollback-of-everything',
    title: 'bulk requests with rollbackOnError that are always undone',
    breaks: ['ROLL-01'],
    seams: () => ({ performUnit: performAlwaysUndone }),
  },
];
