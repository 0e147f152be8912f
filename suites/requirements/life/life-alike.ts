/**
 * The rule of LIFE-04 that compares twins: two equal users get the same write, one synchronously and the other
 * asynchronously, and have to be equal afterwards.
 */
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

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);

/** The compared attributes in a read, without the parts that contain the unique name of the user. */
const comparable = (read: Answered): Record<string, string> => {
  if (read.response.status !== 200) return { 'the answer': String(read.response.status) };
  const body = responseObject(read) ?? {};
  const shown: Record<string, string> = Object.fromEntries(
    simple.map((path) => [path, JSON.stringify(atPath(body, path) ?? null)]),
  );
  // Members are twins, too, and have different ids: only their number is compared.
  const members = `${Array.isArray(body.members) ? body.members.length : 0} values`;
  const all = { ...shown, emails: listed(body.emails, 'type', 'value'), members };
  const name = read.subject ?? '';
  // A provider may build other values from the name.
  const own = [name, uniqueOf(name)].filter((word) => word !== '').map((word) => new RegExp(literal(word), 'gi'));
  return Object.fromEntries(
    Object.entries(all).map(([path, text]) => [path, own.reduce((rest, word) => rest.replaceAll(word, '…'), text)]),
  );
};

const readsOf = (trace: TraceView, mode: Step): readonly Answered[] => trace.variant(mode, 'read');

/** The write that was made in this mode. */
const writeOf = (trace: TraceView, mode: Step): Exchange | undefined =>
  trace.variant(mode, 'create', 'replace', 'patch', 'delete', 'submit')[0];

const judgeReads = (trace: TraceView): Judgement<AlikeCode> => {
  const [before, after] = [readsOf(trace, steps.synchronous), readsOf(trace, steps.asynchronous)];
  const [twin, asked] = [writeOf(trace, steps.synchronous), writeOf(trace, steps.asynchronous)];
  return judgeEach(
    after.flatMap((read, index) => {
      const other = before[index];
      return other === undefined ? [] : [{ read, other }];
    }),
    ({ read, other }): Finding<AlikeCode> | undefined => {
      // CORE-03 judges a synchronous DELETE without effect.
      const isDeleted = asked?.request.method === 'DELETE' && read.request.url === asked.request.url;
      if (isDeleted && other.response.status !== 404) return undefined;
      const [wanted, shown] = [comparable(other), comparable(read)];
      const wrong = Object.keys({ ...wanted, ...shown }).find((path) => wanted[path] !== shown[path]);
      return wrong === undefined
        ? undefined
        : {
            code: 'attribute-differs',
            expected: `${wrong} to be ${wanted[wrong] ?? 'what it was'}, as after the same ${asked?.request.method ?? 'write'} made synchronously`,
            actual: `it is ${shown[wrong] ?? 'absent'}`,
            exchanges: [...(twin === undefined ? [] : [twin]), other, ...(asked === undefined ? [] : [asked]), read],
          };
    },
  );
};

/** Both twins are searched for in the same order. */
const judgeSearches = (trace: TraceView, doneAt: number): Judgement<AlikeCode> => {
  const searches = trace.answered('search').filter((search) => countFound(search) !== undefined);
  const twin = writeOf(trace, steps.synchronous);
  // If the search index shows the synchronous twin late or never, the searches cannot be compared.
  const isIndexed = searches.every((search) => {
    const isAfter = twin !== undefined && search.n > twin.n && search.n < (trace.submissions()[0]?.n ?? Infinity);
    return !isAfter || (countFound(search) ?? 0) > 0 === (search.subject === twin.subject);
  });
  if (!isIndexed) return together();
  const half = searches.length / 2;
  return judgeEach(
    Number.isInteger(half) ? searches.slice(half) : [],
    (search, index): Finding<AlikeCode> | undefined => {
      const other = searches[index];
      if (other === undefined || search.n < doneAt || countFound(other) === countFound(search)) return undefined;
      return {
        code: 'search-differs',
        expected: `a search for ${search.subject ?? ''} to find ${countFound(other) ?? 0}, as after the same write made synchronously`,
        actual: `it finds ${countFound(search) ?? 0}`,
        exchanges: [other, search],
      };
    },
  );
};

/** If the name is free after a synchronous DELETE, it has to be free after an asynchronous one, too (RFC 7644 §3.6). */
const judgeFreedName = (trace: TraceView): Judgement<AlikeCode> => {
  const [other] = trace.variant(steps.synchronousBefore, 'create');
  const [again] = trace.variant(steps.asynchronousBefore, 'create');
  const pairs = other?.response.status === 201 && again !== undefined ? [again] : [];
  return judgeEach(pairs, (exchange) =>
    exchange.response.status === 201
      ? undefined
      : {
          code: 'name-not-set-free',
          expected: '201 to a create with the name of a deleted user, as after a synchronous DELETE',
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [...(other === undefined ? [] : [other]), exchange],
        },
  );
};

export const judgeTwins: Judge<AlikeCode> = (trace) => {
  // Reads and searches are compared by their places, and a missing one (its body was too long) would shift them.
  if (trace.hasCut()) return together();
  const [submission] = trace.submissions();
  const done = submission === undefined ? undefined : trace.completion(submission);
  const succeeded = done?.results.every(({ status }) => Number(status) >= 200 && Number(status) < 300) ?? false;
  // LIFE-06 judges a write that failed, and LIFE-01 one that did not end.
  if (done === undefined || !succeeded) return together();
  return together(judgeReads(trace), judgeSearches(trace, done.poll.n), judgeFreedName(trace));
};
