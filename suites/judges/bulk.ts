/** BULK-01, 03, 04 and 06: asynchronous bulk requests. BULK-07 is judged as a history. */
import { operationResults } from '../bindings/operation-result.js';
import { pathUnder } from '../history/history.js';
import { responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { countFound } from '../trace/searches.js';
import { bulksOf, describe, errorLimit, failed, findingOf, leftPending, succeeded } from './bulk-requests.js';
import { judgeEach, together, type Finding, type Judge, type Judgement } from './judge.js';
import { ofStatusResources } from './life.js';
import { countsOf, said } from './status-members.js';

/** Valid operations succeed and invalid ones fail beside each other; counts and Operations agree. */
export const bulk01: Judge = (trace) =>
  together(
    ...bulksOf(trace).map((bulk): Judgement => {
      const { submission, poll, results } = bulk;
      const fail = findingOf(bulk);
      const counts = countsOf(responseObject(poll) ?? {});
      const [ok, bad] = [results.filter(succeeded).length, results.filter(failed).length];
      // One result for each operation is BULK-06's, the total STAT-04's.
      const whole = results.length === submission.operations.length;
      const disagree =
        whole && counts?.total === results.length && (counts.success !== ok || counts.failed !== bad)
          ? [fail(`success ${ok} and failed ${bad}, as Operations say`, said(counts))]
          : [];
      return together(
        { exercised: 1, findings: disagree },
        judgeEach(whole ? submission.operations : [], ({ expected }, index) => {
          const result = results[index];
          if (result === undefined || result.status === undefined) return undefined;
          const right = expected === 'success' ? succeeded(result) : failed(result);
          return right
            ? undefined
            : fail(
                `${describe(submission, index)} to ${expected === 'success' ? 'succeed' : 'fail'}`,
                `its status is ${result.status}`,
              );
        }),
      );
    }),
  );

/** What clarification 9 calls odd is refused at once, or fails: it never succeeds. */
export const oddBulks: Judge = (trace) =>
  judgeEach(
    trace.submissions().filter((submission) => !submission.accepted || trace.completion(submission) !== undefined),
    (submission) => {
      const asked = trace.asking(submission);
      const what = `a bulk request with ${asked.variant ?? 'nothing'}`;
      const { status } = asked.response;
      if (!submission.accepted && status >= 400) return undefined;
      // It may be answered normally (RFC 9967 §2.5.1.1): its results are there at once.
      const atOnce = operationResults(responseObject(asked) ?? {});
      if (!submission.accepted && (status !== 200 || atOnce.length === 0))
        return { expected: `4xx to ${what}`, actual: `the answer is ${status}`, exchanges: [asked] };
      const { poll, results } = trace.completion(submission) ?? { poll: asked, results: atOnce };
      // Of two operations with one bulkId, the first may be taken and the second refused.
      const wrong =
        asked.variant === 'one bulkId twice' ? results.length > 0 && results.every(succeeded) : results.some(succeeded);
      const succeededEmpty = submission.operations.length === 0 && countsOf(responseObject(poll) ?? {})?.failed === 0;
      return wrong || succeededEmpty
        ? { expected: `${what} to fail`, actual: 'it succeeds', exchanges: [...new Set([asked, poll])] }
        : undefined;
    },
  );

const describeCounts = (poll: Answered): string => {
  const counts = countsOf(responseObject(poll) ?? {});
  return counts === undefined ? 'no counts' : said(counts);
};

/** failOnErrors: n stops after n errors; operations not run count as failed, so that pending reaches 0. */
export const bulk03: Judge = (trace) =>
  together(
    judgeEach(
      trace.submissions().flatMap((submission) => {
        const last = leftPending(trace, submission);
        return last === undefined ? [] : [{ submission, last }];
      }),
      ({ submission, last }) => ({
        expected:
          'operations that are not run because of failOnErrors to count as failed, so that the request completes',
        actual: `they are still pending at the deadline: ${describeCounts(last)}`,
        exchanges: [trace.asking(submission), last],
      }),
    ),
    ...bulksOf(trace).map((bulk): Judgement => {
      const { submission, asked, results, poll } = bulk;
      const fail = findingOf(bulk);
      const limit = errorLimit(asked);
      if (limit === undefined || results.length !== submission.operations.length) return together();
      // What was expected to fail and does not is ERR-03's, and no error.
      const isError = (place: number): boolean => {
        const result = results[place];
        return submission.operations[place]?.expected === 'failure' && result !== undefined && failed(result);
      };
      const errors = results.filter((_, place) => isError(place)).length;
      const notRun = results.filter(
        (result, index) => failed(result) && submission.operations[index]?.expected === 'success',
      );
      const findings: Finding[] = [];
      if (errors < limit && notRun.length > 0) {
        findings.push(
          fail(
            `all operations to run, because only ${errors} of ${limit} errors came`,
            `${notRun.length} valid ones are not run`,
          ),
        );
      }
      if (errors >= limit && notRun.length === 0) {
        findings.push(fail(`the request to stop after ${limit} errors`, 'every valid operation is run'));
      }
      const counts = countsOf(responseObject(poll) ?? {});
      const bad = results.filter(failed).length;
      if (counts !== undefined && counts.total === results.length && counts.failed < bad) {
        findings.push(fail(`failed ${bad}, those not run among them`, said(counts)));
      }
      const other = notRun.find(({ status }) => status !== '424');
      if (findings.length === 0 && other !== undefined) {
        const expected = 'status "424" for an operation that is not run';
        findings.push({ level: 'SHOULD', ...fail(expected, `it is "${other.status ?? ''}"`) });
      }
      for (const search of trace.answered('search')) {
        const place = submission.operations.findIndex(({ userName }) => userName === search.subject);
        const result = results[place];
        if (result !== undefined && failed(result) && (countFound(search) ?? 0) > 0) {
          findings.push(
            fail(`no effect of ${describe(submission, place)}, which was not run`, 'its user exists', [search]),
          );
        }
      }
      return { exercised: 1, findings };
    }),
  );

/** More than bulk.maxOperations, or a body over bulk.maxPayloadSize, answers 413 and nothing is done. */
export const bulk04: Judge = (trace) =>
  together(
    judgeEach(
      trace.answered('submit').filter(({ variant }) => /^(at|over) max/.test(variant ?? '')),
      (exchange) => {
        const { status } = exchange.response;
        const over = exchange.variant?.startsWith('over') === true;
        const what = `a bulk request ${over ? 'one ' : ''}${exchange.variant ?? ''}`;
        if (over && status !== 413)
          return { expected: `413 to ${what}`, actual: `the answer is ${status}`, exchanges: [exchange] };
        return !over && status === 413
          ? { expected: `${what} to be taken`, actual: 'the answer is 413', exchanges: [exchange] }
          : undefined;
      },
    ),
    judgeEach(trace.answered('search'), (search) => {
      const refused = trace
        .answered('submit')
        .find(({ variant, response }) => variant?.startsWith('over') === true && response.status === 413);
      return refused !== undefined && (countFound(search) ?? 0) > 0
        ? {
            expected: 'nothing to be done of a request that was answered 413',
            actual: 'a user of it exists',
            exchanges: [refused, search],
          }
        : undefined;
    }),
  );

/** Two spellings of one path (RFC 3986 §6.2.2). */
export const isSamePath = (a: string, b: string): boolean => {
  try {
    return decodeURIComponent(a) === decodeURIComponent(b);
  } catch {
    return a === b;
  }
};

/** Operations has one result for each operation, in the request's order. */
export const bulk06: Judge = ofStatusResources((trace) =>
  judgeEach(
    bulksOf(trace).filter(({ submission }) => submission.binding === 'request-mode'),
    (bulk): Finding | undefined => {
      const { submission, shown: results, asked } = bulk;
      const fail = findingOf(bulk);
      const { operations } = submission;
      if (results.length !== operations.length) {
        return fail(`${operations.length} results, one for each operation`, `there are ${results.length}`);
      }
      for (const [index, { bulkId, method, path }] of operations.entries()) {
        const result = results[index];
        if (result === undefined) continue;
        if (bulkId !== undefined && result.bulkId !== undefined && result.bulkId !== bulkId) {
          return fail(
            `the result of ${describe(submission, index)}, bulkId ${bulkId}, at place ${index}`,
            `it is that of ${result.bulkId}`,
          );
        }
        if (result.method !== undefined && result.method.toUpperCase() !== method) {
          return fail(
            `the result of ${describe(submission, index)} at place ${index}`,
            `it is one of ${result.method}`,
          );
        }
        const location =
          result.location === undefined
            ? undefined
            : pathUnder(result.location, asked.request.url, trace.target.baseUrl);
        if (method !== 'POST' && !path.includes('bulkId:') && location !== undefined && !isSamePath(location, path)) {
          return fail(`the result of ${path} at place ${index}`, `its location is ${location}`);
        }
      }
      return undefined;
    },
  ),
);
