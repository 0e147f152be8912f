/** What a trace shows about a request shape of a client: a pure function. */
import type { ShapeReading } from '../definitions/client-pack.js';
import { isCut, isNotFound, isUnavailable, succeeded } from '../trace/answers.js';
import { responseObject } from '../trace/message.js';
import type { Exchange } from '../../schemas/types.js';
import { isStep, type Step } from '../trace/step.js';
import { isAnswered, type Answered, type Trace } from '../trace/trace.js';
import { compare, membersOf, type Compared } from './effects.js';
import { namesIn, type Names } from './names.js';
import { readAnswer, type Seen } from './read-answer.js';
import { shapeSteps } from './send-shape.js';
import type { Expectation, Shape } from './shape.js';

const exchangesOf = ({ entries }: Trace): Exchange[] =>
  entries.filter((entry): entry is Exchange => entry.type === 'exchange');

/** A throttled request is repeated: the last one counts. */
const lastOf = (exchanges: readonly Exchange[], step: Step): Exchange | undefined =>
  exchanges.findLast((exchange) => isStep(exchange, step));

const notTried = (reason: string, status?: number): ShapeReading => ({
  outcome: 'not-tried',
  reason,
  ...(status === undefined ? {} : { status }),
});

/** Why nothing is known from this exchange, as the end of a sentence; undefined if something is. */
const unknownBy = (exchange: Exchange | undefined): string | undefined => {
  if (exchange === undefined) return 'it was not made';
  if (!isAnswered(exchange)) return `there was no answer: ${exchange.failure?.message ?? 'the reason is not known'}`;
  if (isUnavailable(exchange)) return `it was answered ${exchange.response.status}`;
  return isCut(exchange) ? 'its answer is too long to be kept' : undefined;
};

const difference = ({ path, seen, wanted }: Compared): string => `${path} is ${seen}, not ${wanted}`;

/** What the read afterwards shows; `before` is undefined if the resource is new. */
const readEffects = (
  expects: Extract<Expectation, { kind: 'changed' | 'created' }>,
  names: Names,
  before: Answered | undefined,
  after: Answered,
): Seen => {
  const resource = responseObject(after);
  if (after.response.status !== 200 || resource === undefined)
    return { outcome: 'wrong', reason: `the read afterwards is answered ${after.response.status}` };
  const compared = expects.effects.map((effect) => compare(effect, resource, names));
  const missing = compared.filter(({ holds }) => !holds);
  const was = before === undefined ? undefined : responseObject(before);
  const keepsMembers = expects.kind === 'changed' && expects.keepsMembers === true;
  if (keepsMembers && was !== undefined && membersOf(was).join() !== membersOf(resource).join())
    return { outcome: 'wrong', reason: 'the members are others than before' };
  if (missing.length === 0) return { outcome: 'works' };
  const reason = missing.map(difference).join('; ');
  const isUnchanged =
    was !== undefined &&
    missing.length === compared.length &&
    expects.effects.every((effect, place) => compare(effect, was, names).seen === compared[place]?.seen);
  return { outcome: isUnchanged ? 'ignored' : 'wrong', reason };
};

const readWritten = (shape: Shape, names: Names, exchanges: readonly Exchange[]): Seen | ShapeReading => {
  const { expects } = shape;
  if (expects.kind !== 'changed' && expects.kind !== 'created') throw new Error(`${shape.name} writes nothing`);
  const before = lastOf(exchanges, shapeSteps.before);
  const after = lastOf(exchanges, shapeSteps.after);
  if (expects.kind === 'created' && after === undefined)
    return { outcome: 'wrong', reason: 'the answer does not tell where the new resource is' };
  const unknown = unknownBy(after) ?? (expects.kind === 'changed' ? unknownBy(before) : undefined);
  if (unknown !== undefined || after === undefined || !isAnswered(after))
    return notTried(`Its effect is not known, because of the read around it: ${unknown ?? ''}.`);
  const read = before !== undefined && isAnswered(before) ? before : undefined;
  if (expects.kind === 'changed') {
    const was = read === undefined ? undefined : responseObject(read);
    if (was === undefined) return notTried('The resource could not be read before the request.');
    if (expects.effects.every((effect) => compare(effect, was, names).holds))
      return notTried('The resource already was as the request makes it, so that no effect could be seen.');
  }
  return readEffects(expects, names, read, after);
};

const seenIn = (shape: Shape, names: Names, request: Answered, exchanges: readonly Exchange[]) => {
  const { expects } = shape;
  if (expects.kind === 'found' && expects.or404 === true && expects.ids.length === 0 && isNotFound(request))
    return { outcome: 'works' } as const;
  if (!succeeded(request)) return { outcome: 'refused' } as const;
  if (request.response.status === 202)
    return notTried('It was accepted for later (202), so that a read need not show its effect yet.');
  return readAnswer(request, expects, names) ?? readWritten(shape, names, exchanges);
};

const shown: readonly ShapeReading['outcome'][] = ['refused', 'ignored', 'wrong'];

export const readShape = (shape: Shape, trace: Trace): ShapeReading => {
  const exchanges = exchangesOf(trace);
  const request = lastOf(exchanges, shapeSteps.request);
  if (request === undefined) return notTried(trace.blocked ?? 'The exercise ended before the request.');
  const unknown = unknownBy(request);
  if (unknown !== undefined || !isAnswered(request))
    return notTried(`Nothing is known, because ${unknown ?? ''}.`, request.response?.status);
  const setUp = exchanges.filter(isAnswered).filter((exchange) => !isStep(exchange, shapeSteps.request));
  const seen = seenIn(shape, namesIn(setUp, request.subject), request, exchanges);
  const { status } = request.response;
  const around = exchanges.filter((exchange) =>
    isStep(exchange, shapeSteps.before, shapeSteps.request, shapeSteps.after),
  );
  return { status, ...seen, ...(shown.includes(seen.outcome) ? { exchanges: around } : {}) };
};
