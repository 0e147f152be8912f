import t from 'tap';
import { diagnose } from '../../../../suites/judging/history/explain.js';
import type { Read, Write } from '../../../../suites/judging/history/history.js';
import { resource, writeOf as write } from './generated-history.js';

const read = (at: number, word?: string): Read => ({
  resource,
  present: word !== undefined,
  words: word === undefined ? [] : [word],
  start: at,
  end: at + 1,
  exchange: {} as Read['exchange'],
});

const put = (word: string, start: number, end: number, more: Partial<Write> = {}): Write =>
  write({ method: 'PUT', word, start, end, ...more });

void t.test('one after another: the last write is what is read', (t) => {
  const writes = [put('a', 0, 1), put('b', 2, 3)];
  t.equal(diagnose(writes, [read(4, 'b')]), 'explained');
  t.equal(diagnose(writes, [read(4, 'a'), read(9, 'b')]), 'late');
  t.equal(diagnose(writes, [read(4, 'a'), read(9, 'a')]), 'lost');
  t.end();
});

void t.test('side by side: either order explains, and only one', (t) => {
  const writes = [put('a', 0, 10), put('b', 0, 10)];
  t.equal(diagnose(writes, [read(11, 'a')]), 'explained');
  t.equal(diagnose(writes, [read(11, 'b')]), 'explained');
  t.equal(diagnose(writes, [read(4, 'a'), read(6, 'b'), read(11, 'b')]), 'explained');
  t.equal(diagnose(writes, [read(4, 'a'), read(6, 'b'), read(11, 'a')]), 'twice');
  t.equal(diagnose([put('a', 0, 10)], [read(3, undefined)]), 'unexplained', 'nobody has deleted it');
  t.end();
});

void t.test('a write that may have failed explains both', (t) => {
  const writes = [put('a', 0, 1), put('b', 2, Infinity, { outcome: 'unknown' })];
  t.equal(diagnose(writes, [read(4, 'a')]), 'explained');
  t.equal(diagnose(writes, [read(4, 'b')]), 'explained');
  t.equal(diagnose(writes, [read(4, 'b'), read(8, 'a')]), 'late', 'but what was completed before does not come after');
  t.end();
});

void t.test('a failed write has no effect', (t) => {
  const writes = [put('a', 0, 1), put('b', 2, 3, { outcome: 'failure', status: '400' })];
  t.equal(diagnose(writes, [read(4, 'a')]), 'explained');
  t.equal(diagnose(writes, [read(4, 'b')]), 'failure-applied');
  t.end();
});

void t.test('create and delete: there, gone, and not found by who comes later', (t) => {
  const created = write({ method: 'POST', word: 'a', start: 0, end: 1, status: '201' });
  const deleted = write({ method: 'DELETE', start: 5, end: 6, status: '204' });
  const tooLate = put('b', 7, 8, { outcome: 'failure', status: '404' });
  t.equal(diagnose([created, deleted, tooLate], [read(2, 'a'), read(9)]), 'explained');
  t.equal(diagnose([created, deleted], [read(2, 'a'), read(9, 'a')]), 'lost');
  t.equal(diagnose([created], [read(2)]), 'lost');
  t.equal(diagnose([created, put('b', 2, 3, { outcome: 'failure', status: '404' })], [read(9, 'a')]), 'late');
  t.end();
});

void t.test('operations of one bulk request keep their order', (t) => {
  const submission = {} as NonNullable<Write['submission']>;
  const inBulk = (word: string, index: number): Write => put(word, 0, 10, { submission, index });
  const writes = [inBulk('a', 0), inBulk('b', 1), inBulk('c', 2)];
  t.equal(diagnose(writes, [read(11, 'c')]), 'explained');
  t.equal(diagnose(writes, [read(11, 'b')]), 'disordered');
  t.end();
});

void t.test('operations of one bulk request keep their order where nobody knows what came of them', (t) => {
  const submission = {} as NonNullable<Write['submission']>;
  const inBulk = (word: string, index: number): Write =>
    put(word, 0, Infinity, { submission, index, outcome: 'unknown', status: undefined });
  const writes = [inBulk('a', 0), inBulk('b', 1)];
  t.equal(diagnose(writes, [read(4, 'a'), read(8, 'b')]), 'explained');
  t.equal(diagnose(writes, [read(4, 'b')]), 'explained', 'the first may have failed');
  t.equal(diagnose(writes, [read(4, 'b'), read(8, 'a')]), 'disordered');
  t.end();
});

void t.test('what is late is named so while the last read goes on, too', (t) => {
  const long: Read = { ...read(4, 'b'), end: 20 };
  t.equal(diagnose([put('a', 0, 1), put('b', 0, 3)], [read(4, 'a'), long]), 'late');
  t.end();
});

void t.test('an answer of 404 that alone contradicts the reads accuses no write of being late', (t) => {
  const created = write({ method: 'POST', word: 'a', start: 0, end: 1, status: '201' });
  const notFound = put('b', 4, 5, { outcome: 'failure', status: '404' });
  t.equal(diagnose([created, notFound], [read(2, 'a'), read(9, 'a')]), 'unexplained');
  const deleted = write({ method: 'DELETE', start: 2, end: 3, status: '204' });
  t.equal(diagnose([created, deleted, notFound], [read(6, 'a'), read(9)]), 'late', 'here the reads alone are late');
  t.end();
});

void t.test('what failed and is done all the same may be done later than it was reported', (t) => {
  const writes = [put('a', 0, 1), put('b', 2, 3, { outcome: 'failure', status: '400' })];
  t.equal(diagnose(writes, [read(4, 'a'), read(9, 'b')]), 'failure-applied');
  t.end();
});

void t.test('what is asked for in the moment in which another answer is there comes after it', (t) => {
  t.equal(diagnose([put('a', 0, 5), put('b', 5, 9)], [read(10, 'b')]), 'explained');
  t.equal(diagnose([put('a', 0, 5), put('b', 5, 9)], [read(10, 'a')]), 'lost');
  t.equal(diagnose([put('a', 4, 5.2), put('b', 5.1, 9)], [read(10, 'a')]), 'explained');
  t.end();
});
