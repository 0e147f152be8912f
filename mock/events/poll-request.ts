/** Reads what a poll for security event tokens asks for (RFC 8936 §2.2 to §2.4). */
import { Problem } from '../problem.js';
import { isJson } from '../json.js';

export interface PollRequest {
  /** Largest number of tokens in the answer; undefined: no limit was sent; 0: the client only acknowledges. */
  readonly maxEvents: number | undefined;
  readonly returnImmediately: boolean;
  /** Tokens that the client acknowledged or reported an error for. Neither are sent again. */
  readonly settled: readonly string[];
}

const refusal = (detail: string): Problem => new Problem(400, detail, 'invalidValue');

const maxEventsOf = (value: unknown): number | undefined => {
  if (value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= 0)) return value;
  throw refusal('maxEvents is a whole number of 0 or more.');
};

const acknowledgedOf = (value: unknown = []): string[] => {
  if (Array.isArray(value) && value.every((jti) => typeof jti === 'string')) return value;
  throw refusal('ack is an array of strings.');
};

const refusedOf = (value: unknown = {}): string[] => {
  if (isJson(value) && Object.values(value).every((error) => isJson(error) && typeof error.err === 'string')) {
    return Object.keys(value);
  }
  throw refusal('setErrs has an object with err for each jti.');
};

/** Throws a Problem of 400 if the body is not a valid poll. */
export const readPoll = (body: unknown): PollRequest => {
  if (!isJson(body)) throw new Problem(400, 'A poll is a JSON object.', 'invalidSyntax');
  const { maxEvents, returnImmediately = false, ack, setErrs } = body;
  if (typeof returnImmediately !== 'boolean') throw refusal('returnImmediately is true or false.');
  return {
    maxEvents: maxEventsOf(maxEvents),
    returnImmediately,
    settled: [...acknowledgedOf(ack), ...refusedOf(setErrs)],
  };
};
