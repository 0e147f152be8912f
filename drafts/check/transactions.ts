/** Transaction ids across figures: from Set-Txn to the events of a request, and the index of each operation of a bulk request. */
import { eventUri } from '../../schemas/names.js';
import { fieldOf, type Example, type RequestExample, type ResponseExample } from '../examples/http-message.js';
import { isObject, type JsonObject } from '../json-object.js';
import { claimsOf, isEventToken } from './bodies.js';
import type { FoundAt } from './finding.js';

export interface Placed<T extends Example = Example> {
  readonly example: T;
  /** Which block of the draft it is in. */
  readonly block: number;
}

interface Completion {
  readonly block: number;
  readonly line: number;
  readonly txn: string;
  readonly uri: string | undefined;
}

const claimsIn = ({ body }: Example): JsonObject | undefined => {
  const value = body?.kind === 'json' ? body.value : body?.kind === 'token' ? claimsOf(body.token) : undefined;
  return isEventToken(value) ? value : undefined;
};

const completionsIn = (placed: readonly Placed[]): Completion[] =>
  placed.flatMap(({ example, block }) => {
    const claims = claimsIn(example);
    if (claims === undefined || !isObject(claims.events) || !(eventUri.asyncResponse in claims.events)) return [];
    if (typeof claims.txn !== 'string' || example.body === undefined) return [];
    const { sub_id: subject } = claims;
    const uri = isObject(subject) && typeof subject.uri === 'string' ? subject.uri : undefined;
    return [{ block, line: example.body.line, txn: claims.txn, uri }];
  });

interface Numbered extends Completion {
  readonly request: string;
  readonly index: number;
}

const numbered = (completion: Completion): Numbered[] => {
  const [, request, index] = /^(.*):(\d+)$/.exec(completion.txn) ?? [];
  return request === undefined ? [] : [{ ...completion, request, index: Number(index) }];
};

/** Several events of one bulk request whose numbers are 1, 2, … without a 0 (RFC 9967 §2.5.1.2). */
const countedFromOne = (completions: readonly Completion[]): Numbered[] => {
  const all = completions.flatMap(numbered);
  const byRequest = [...new Set(all.map(({ request }) => request))].map((name) =>
    all.filter(({ request }) => request === name),
  );
  return byRequest
    .filter((events) => {
      const indexes = events.map(({ index }) => index).toSorted((one, other) => one - other);
      return indexes.length > 1 && indexes.every((index, place) => index === place + 1);
    })
    .flat();
};

/** The transaction id that the answer to the last asynchronous request for this path gave. */
const givenFor = (exchanges: readonly Exchange[], { uri, block }: Completion): string | undefined =>
  exchanges
    .filter(({ request, place }) => place <= block && uri !== undefined && request.target.endsWith(uri))
    .map(({ response }) => fieldOf(response, 'Set-Txn')?.value)
    .findLast((value) => value !== undefined);

export interface Exchange {
  readonly request: RequestExample;
  readonly response: ResponseExample;
  /** The block of the answer. */
  readonly place: number;
}

export interface FoundInBlock extends FoundAt {
  readonly block: number;
}

export const checkTransactions = (placed: readonly Placed[], exchanges: readonly Exchange[]): FoundInBlock[] => {
  const completions = completionsIn(placed);
  const fromOne = countedFromOne(completions).map(({ block, line, txn, request, index }): FoundInBlock => ({
    code: 'bulk-index-from-one',
    block,
    line,
    expected: `txn to end with the zero-based index of the operation: «${request}:${index - 1}»`,
    actual: `it is «${txn}», and the events of this request count from 1`,
    source: 'RFC 9967 §2.5.1.2',
  }));
  const changed = completions.flatMap((completion): FoundInBlock[] => {
    const given = givenFor(exchanges, completion);
    const { txn, block, line } = completion;
    if (given === undefined || given === txn.replace(/:\d+$/, '')) return [];
    const expected = `txn to be «${given}», as Set-Txn said`;
    return [{ code: 'value-changes', block, line, expected, actual: `it is «${txn}»`, source: 'RFC 9967 §2.5.1.1' }];
  });
  return [...fromOne, ...changed];
};
