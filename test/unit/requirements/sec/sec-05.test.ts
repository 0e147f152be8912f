import { createHash } from 'node:crypto';
import { sec05 } from '../../../../suites/requirements/sec/sec-05.js';
import { manyAtOnce } from '../../../../suites/scenarios/lifecycle/many-at-once.js';
import { baseUrl, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

/** Digits like those of a random UUID, the same in every run. */
const random = (seed: string, index: number): string =>
  createHash('sha256').update(`${seed} ${index}`).digest('hex').slice(0, 32);

const submitted = (
  idOf: (index: number) => string,
  locationOf: (index: number) => string = (index) => `/provision/${idOf(index)}/status`,
  size = 48,
): HandMadeTrace => {
  const trace = new HandMadeTrace(manyAtOnce, 'request-mode');
  for (let index = 0; index < size; index += 1) {
    const headers = { Location: `${baseUrl}${locationOf(index)}` };
    trace.submitted('POST /Users', { status: 202, headers, body: statusResource({ pending: 1 }, { id: idOf(index) }) });
  }
  return trace;
};

/** Accepted without a body, as RFC 9967 has it: the transaction is the id. */
const preferred = (txnOf: (index: number) => string, locationOf: (index: number) => string): HandMadeTrace => {
  const trace = new HandMadeTrace(manyAtOnce, 'respond-async');
  for (let index = 0; index < 48; index += 1) trace.accepted(`${baseUrl}${locationOf(index)}`, { txn: txnOf(index) });
  return trace;
};

const id = (index: number): string => random('id', index);

const alike = (index: number): string => `${'abcdefgh'.repeat(4)}${(index * 7919).toString(36)}`;

proveRequirement(sec05, {
  right: {
    'random ids of 128 bits': () => submitted(id),
    'random transactions and results': () => preferred(id, (index) => `/results/${random('result', index)}`),
  },
  wrong: {
    'ids-sequential': {
      'decimal numbers': () => submitted((index) => String(100 + index)),
      'hexadecimal numbers': () => submitted((index) => (256 + index).toString(16)),
      transactions: () =>
        preferred(
          (index) => `txn-${index}`,
          (index) => `/results/txn-${index}`,
        ),
    },
    'ids-too-alike': () => submitted(alike),
    'locations-sequential': {
      'of results': () => preferred(id, (index) => `/results/${100 + index}`),
      'of status resources, behind whose number something stands': () =>
        submitted(id, (index) => `/provision/${100 + index}/status`),
    },
    'locations-too-alike': () => preferred(id, (index) => `/results/${alike(index)}`),
  },
  legal: {
    'ids that count up, and that no URL holds': () => submitted(String, (index) => `/status/${random('l', index)}`),
    'transactions that count up, beside results that nobody can guess': () =>
      preferred(
        (index) => `txn-${index}`,
        (index) => `/results/${random('result', index)}`,
      ),
    'Locations of which many are one, as RFC 9967 §2.5.1.1 lets a provider send the resource': () =>
      preferred(id, () => '/Users'),
    'random ids with a common beginning, in capitals': () => submitted((index) => `REQ-${id(index).toUpperCase()}`),
    'random ids of different lengths': () => submitted((index) => id(index).slice(index % 4)),
  },
  silent: {
    'a sample that is too small': () =>
      submitted(
        (index) => String(index),
        (index) => `/${index}`,
        19,
      ),
  },
});
