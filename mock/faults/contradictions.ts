/** Faults in which an operation has two completion events that contradict each other: EVT-04. */
import { eventUri, header, mediaType, urn } from '../../schemas/names.js';
import type { Claims } from '../security-event.js';
import { isJson, type Json } from '../json.js';
import type { Answer } from '../http/answer.js';
import { bodyOf, type Match } from './answers.js';
import { completion, isFailure } from './claims.js';
import type { Fault } from './fault.js';

type Sets = Readonly<Record<string, unknown>>;

/** The sets in an answer, where `text` is a single one. */
const setsIn = (answer: Answer, jtiOf: ReadonlyMap<string, string>): Sets | undefined => {
  const { sets } = bodyOf(answer);
  if (isJson(sets)) return sets;
  const jti = jtiOf.get(answer.text ?? '');
  return jti === undefined ? undefined : { [jti]: answer.text };
};

/** The end of an operation that an event tells: that it has failed. */
const failed = ({ method, bulkId }: Json): Json => ({
  method,
  ...(bulkId === undefined ? {} : { bulkId }),
  status: '503',
  response: { schemas: [urn.error], status: '503', detail: 'The directory is not available.' },
});

/** A fault in which a second event follows that of a success and says 503: for such claims, in such answers. */
const contradicting =
  (isOne: (claims: Claims) => boolean, isShown: Match): Fault['seams'] =>
  ({ sign, respond }) => {
    const jtis = new Map<string, string>();
    const second = new Map<string, Sets>();
    const withSecond = (answer: Answer): Answer => {
      const sets = setsIn(answer, jtis);
      if (sets === undefined) return answer;
      const both = Object.entries(sets).flatMap(([jti, token]): [string, unknown][] => [
        [jti, token],
        ...Object.entries(second.get(jti) ?? {}),
      ]);
      return {
        status: 200,
        headers: { ...answer.headers, [header.contentType]: mediaType.json },
        body: { ...bodyOf(answer), sets: Object.fromEntries(both) },
      };
    };
    return {
      sign: async (claims, tokenHeader, honestly) => {
        const token = await sign(claims, tokenHeader, honestly);
        const payload = completion(claims);
        const jti = String(claims.jti);
        if (payload !== undefined && !isFailure(payload) && isOne(claims)) {
          const again = { ...claims, jti: `${jti}-2`, events: { [eventUri.asyncResponse]: failed(payload) } };
          jtis.set(token, jti);
          second.set(jti, { [again.jti]: await sign(again, tokenHeader, honestly) });
        }
        return token;
      },
      respond: async (answer, request, ports) => {
        const honest = await respond(answer, request, ports);
        return isShown(honest, request) ? withSecond(honest) : honest;
      },
    };
  };

const isOfBulk = ({ txn }: Claims): boolean => String(txn).includes(':');

const isResult: Match = ({ status }, { method, path }) =>
  status === 200 && method === 'GET' && path.startsWith('/async/');

const isPoll: Match = ({ status }, { path }) => status === 200 && path === '/events/poll';

export const contradictionFaults: readonly Fault[] = [
  {
    name: 'bulk-operations-done-and-failed',
    title: 'a second completion event of each operation of a bulk request that succeeded, which says 503',
    breaks: ['EVT-04'],
    seams: contradicting(isOfBulk, (answer, request) => isResult(answer, request) || isPoll(answer, request)),
  },
  {
    name: 'single-requests-done-and-failed',
    title: 'results of single requests with two completion events, one of success and one of 503',
    breaks: ['EVT-04'],
    seams: contradicting((claims) => !isOfBulk(claims), isResult),
  },
];
