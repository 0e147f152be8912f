import { prio01 } from '../../../../suites/requirements/prio/prio-01.js';
import { priority, prioritySteps } from '../../../../suites/scenarios/features/priority.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { create, refusedBulk } from '../bulk/bulk-trace.js';

interface Request {
  readonly variant: Step;
  /** When it is submitted and completed, in milliseconds. */
  readonly at: number;
  readonly done: number;
  /** When its first operation is done; as `done` if absent. */
  readonly begun?: number;
  readonly total: number;
}

const low = (at: number, done: number, begun = done): Request => ({
  variant: prioritySteps.low,
  at,
  done,
  begun,
  total: 60,
});

const high = (at: number, done: number): Request => ({ variant: prioritySteps.high, at, done, total: 1 });

/** Milliseconds from one read of all requests to the next, and of one read. */
const [round, took] = [20, 2];

/** Four requests of low priority and three of high priority, all of which are read each 20 ms for so long. */
const race = (requests: readonly Request[], until: number): HandMadeTrace => {
  const trace = new HandMadeTrace(priority, 'request-mode', { features: ['priority'] });
  const submissions = requests.map(({ variant, at, total }, place) => {
    const headers = { Location: `/scim/v2/provision/${place}/status` };
    const operations = Array.from({ length: total }, (_, index) => create(`b${index}`));
    return trace.submitted('POST /Bulk', { status: 202, headers, variant, at, took }, { shape: 'bulk', operations });
  });
  for (let at = round * 2; at <= until; at += round)
    for (const [place, { total, done, begun = done }] of requests.entries()) {
      const { n, location = '' } = submissions[place] ?? { n: 0 };
      const success = at >= done ? total : at >= begun ? 1 : 0;
      const operationsCount = { total, success, failed: 0, pending: total - success };
      const status = { completed: success === total, success: success === total };
      const about = { submission: n, status: 200, at, took, body: { operationsCount, status } };
      trace.exchange('status-read', `GET ${location}`, about);
    }
  return trace;
};

const highs = (...done: [number, number, number]): Request[] => done.map((each, place) => high(20 + place * 3, each));

proveRequirement(prio01, {
  right: {
    'those of high priority are completed first': () =>
      race([low(0, 100), low(5, 200), low(10, 300), low(15, 400), ...highs(50, 50, 60)], 400),
    'one of low priority that was waiting is completed before them': () =>
      race([low(0, 60), low(5, 200), low(10, 300), low(15, 400), ...highs(150, 150, 150)], 400),
  },
  wrong: {
    'options-refused': () => refusedBulk(priority, { operations: [create('a')], step: prioritySteps.low }, 400),
    'high-waits-for-low': {
      'in the order of acceptance': () =>
        race([low(0, 100), low(5, 200), low(10, 300), low(15, 400), ...highs(460, 460, 460)], 480),
      'one of them had luck': () =>
        race([low(0, 100), low(5, 200), low(10, 300), low(15, 400), ...highs(50, 460, 460)], 480),
    },
  },
  legal: {
    'all run at a time, and each ends as much later as it was submitted later (profile PRIO-01 is about a full queue)':
      () => race([low(0, 200), low(5, 205), low(10, 210), low(15, 215), ...highs(220, 223, 226)], 240),
    'two of three of high priority are completed first (profile PRIO-01, which is about the usual)': () =>
      race([low(0, 100), low(5, 200), low(10, 300), low(15, 400), ...highs(50, 50, 460)], 480),
  },
  silent: {
    'all of low priority had begun when those of high priority were accepted': () =>
      race([low(0, 100, 5), low(5, 200, 20), low(10, 300, 25), low(15, 400, 30), ...highs(460, 460, 460)], 480),
    'all is completed when it is read first': () =>
      race([low(0, 10), low(5, 12), low(10, 14), low(15, 16), ...highs(28, 29, 30)], 60),
    'a request that needs other rights': () =>
      refusedBulk(priority, { operations: [create('a')], step: prioritySteps.low }, 403),
    'it is not seen which was completed first': () =>
      race([low(0, 50), low(5, 55), low(10, 60), low(15, 60), ...highs(59, 59, 59)], 100),
  },
});
