/** LIFE-04 by comparison: an asynchronous write leaves what the same synchronous write leaves. */
import type { Exchange } from '../../../schemas/types.js';
import { uniqueOf } from '../../generators/unique-of.js';
import { type Finding, type Judge, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { sameAsSynchronousSteps as steps } from '../../scenarios/lifecycle/same-as-synchronous.js';
import type { Step } from '../../trace/step.js';
import { atPath, isObject, responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';

export type AlikeCode = 'attribute-differs' | 'search-differs' | 'name-not-set-free';

const simple = ['active', 'displayName', 'externalId', 'name.givenName', 'name.familyName', 'nickName', 'title'];

const listed = (value: unknown, ...attributes: string[]): string =>
  (Array.isArray(value) ? value.filter(isObject) : [])
    .map((item) => attributes.map((attribute) => JSON.stringify(item[attribute] ?? null)).join(' '))
    .sort()
    .join(', ');

/** What a read shows of the attributes that were written, with the twin's own name taken out. */
const picture = (read: Answered): Record<string, string> => {
  if (read.response.status !== 200) return { 'the answer': String(read.response.status) };
  const body = responseObject(read) ?? {};
  const shown: Record<string, string> = Object.fromEntries(
    simple.map((path) => [path, JSON.stringify(atPath(body, path) ?? null)]),
  );
  // Of members it counts how many there are: they are twins, too.
  const members = `${Array.isArray(body.members) ? body.members.length : 0} values`;
  const all = { ...shown, emails: listed(body.emails, 'type', 'value'), members };
  const name = read.subject ?? '';
  // What a template made of the name is the twin's own, too.
  const own = [name, name.toLowerCase(), uniqueOf(name)];
  return Object.fromEntries(
    Object.entries(all).map(([path, text]) => [path, own.reduce((rest, word) => rest.replaceAll(word, '…'), text)]),
  );
};

const ofMode = (trace: TraceView, mode: Step): readonly Answered[] => trace.variant(mode, 'read');

/** The write that a read follows. */
const writeOf = (trace: TraceView, mode: Step): Exchange | undefined =>
  trace.variant(mode, 'create', 'replace', 'patch', 'delete', 'submit')[0];

const compared = (trace: TraceView): Judgement<AlikeCode> => {
  const [before, after] = [ofMode(trace, steps.synchronous), ofMode(trace, steps.asynchronous)];
  const [twin, asked] = [writeOf(trace, steps.synchronous), writeOf(trace, steps.asynchronous)];
  return judgeEach(
    after.flatMap((read, index) => {
      const other = before[index];
      return other === undefined ? [] : [{ read, other }];
    }),
    ({ read, other }): Finding<AlikeCode> | undefined => {
      // A DELETE that does nothing synchronously is CORE-03's.
      const isDeleted = asked?.request.method === 'DELETE' && read.request.url === asked.request.url;
      if (isDeleted && other.response.status !== 404) return undefined;
      const [wanted, shown] = [picture(other), picture(read)];
      const wrong = Object.keys({ ...wanted, ...shown }).find((path) => wanted[path] !== shown[path]);
      return wrong === undefined
        ? undefined
        : {
            code: 'attribute-differs',
            expected: `${wrong} to be ${wanted[wrong] ?? 'what it was'}, as after the same ${asked?.request.method ?? 'write'} made synchronously`,
            actual: `it is ${shown[wrong] ?? 'not there'}`,
            exchanges: [...(twin === undefined ? [] : [twin]), other, ...(asked === undefined ? [] : [asked]), read],
          };
    },
  );
};

/** Searches stand in the same order for both twins. */
const found = (trace: TraceView, doneAt: number): Judgement<AlikeCode> => {
  const searches = trace.answered('search').filter((search) => countFound(search) !== undefined);
  const twin = writeOf(trace, steps.synchronous);
  // What the index of a provider shows late or never of the synchronous twin says nothing of the other.
  const isShown = searches.every((search) => {
    const isAfter = twin !== undefined && search.n > twin.n && search.n < (trace.submissions()[0]?.n ?? Infinity);
    return !isAfter || (countFound(search) ?? 0) > 0 === (search.subject === twin.subject);
  });
  if (!isShown) return together();
  const half = searches.length / 2;
  return judgeEach(
    Number.isInteger(half) ? searches.slice(half) : [],
    (search, index): Finding<AlikeCode> | undefined => {
      const other = searches[index];
      if (other === undefined || search.n < doneAt || countFound(other) === countFound(search)) return undefined;
      return {
        code: 'search-differs',
        expected: `${countFound(other) ?? 0} found of ${search.subject ?? ''}, as after the same write made synchronously`,
        actual: `there are ${countFound(search) ?? 0}`,
        exchanges: [other, search],
      };
    },
  );
};

/** A name that was set free synchronously can be taken again, and so it can where that was done asynchronously (RFC 7644 §3.6). */
const freed = (trace: TraceView): Judgement<AlikeCode> => {
  const [other] = trace.variant(steps.synchronousBefore, 'create');
  const [again] = trace.variant(steps.asynchronousBefore, 'create');
  const pairs = other?.response.status === 201 && again !== undefined ? [again] : [];
  return judgeEach(pairs, (exchange) =>
    exchange.response.status === 201
      ? undefined
      : {
          code: 'name-not-set-free',
          expected: '201 to a create of the name of a deleted user, as after a synchronous DELETE',
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [...(other === undefined ? [] : [other]), exchange],
        },
  );
};

export const alike: Judge<AlikeCode> = (trace) => {
  // Reads and searches are compared by their places, and one that was too long has none.
  if (trace.hasCut()) return together();
  const [submission] = trace.submissions();
  const done = submission === undefined ? undefined : trace.completion(submission);
  const succeeded = done?.results.every(({ status }) => Number(status) >= 200 && Number(status) < 300) ?? false;
  // What failed is LIFE-06's, what did not end LIFE-01's.
  if (done === undefined || !succeeded) return together();
  return together(compared(trace), found(trace, done.poll.n), freed(trace));
};
