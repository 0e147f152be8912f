import t from 'tap';
import { describedSchemas } from '../../../../suites/judging/patch-model/described-schemas.js';
import { modelled } from '../../../../suites/judging/patch-model/model.js';
import { Gone } from '../../../../suites/judging/patch-model/gone.js';
import type { JsonObject } from '../../../../suites/trace/message.js';

const schemas = describedSchemas('User', undefined);

const work = { value: 'a@example.com', type: 'work' };
const home = { value: 'b@example.com', type: 'home' };
const primary = { ...work, primary: true };

/** The lists of e-mails that may be there after the operations; or what else the model says. */
const emailsAfter = (emails: readonly JsonObject[], ...operations: readonly JsonObject[]): unknown => {
  const step = modelled({ emails: [...emails] }, operations, schemas);
  return step.type === 'done' ? step.states.map((state) => state.emails) : step.type;
};

const isIn = (states: unknown, list: readonly JsonObject[]): boolean =>
  Array.isArray(states) && states.some((state) => JSON.stringify(state) === JSON.stringify(list));

const add = (...value: JsonObject[]) => ({ op: 'add', path: 'emails', value });

void t.test('adding a value that is there changes nothing (RFC 7644 §3.5.2.1)', (t) => {
  const states = emailsAfter([work, home], add(work));
  t.ok(isIn(states, [work, home]));
  t.notOk(isIn(states, [work, home, work]), 'the same value is not there twice');
  t.end();
});

void t.test('a value that is there with more, such as primary, may be the same one or another one', (t) => {
  const states = emailsAfter([primary, home], add(work));
  t.ok(isIn(states, [primary, home]));
  t.ok(isIn(states, [primary, home, work]));
  // What a later operation of the request makes of it follows from that.
  const whole = { value: 'c@example.com', type: 'other' };
  const replaced = emailsAfter([primary, home], add(work), {
    op: 'replace',
    path: 'emails[primary eq true]',
    value: whole,
  }) as JsonObject[][];
  const values = (list: readonly JsonObject[]) => list.map(({ value }) => value).toSorted();
  t.ok(replaced.some((list) => values(list).join() === 'b@example.com,c@example.com'));
  t.ok(replaced.some((list) => values(list).join() === 'a@example.com,b@example.com,c@example.com'));
  t.end();
});

void t.test('a value with a filter that matches nothing cannot be replaced (noTarget)', (t) => {
  t.equal(emailsAfter([work], { op: 'replace', path: 'emails[type eq "home"]', value: home }), 'refused');
  t.equal(emailsAfter([work], { op: 'move', path: 'emails', value: home }), 'refused');
  t.end();
});

void t.test('what is removed is gone, and nothing else', (t) => {
  t.strictSame(emailsAfter([work, home], { op: 'remove', path: 'emails[type eq "home"]' }), [[work]]);
  const step = modelled({ title: 'Chief', nickName: 'Nick' }, [{ op: 'remove', path: 'title' }], schemas);
  t.strictSame(step.type === 'done' && step.states, [{ title: new Gone('Chief'), nickName: 'Nick' }]);
  t.end();
});

void t.test('sub-attributes that a replace with a path does not name stay (RFC 7644 §3.5.2.3)', (t) => {
  const name = { givenName: 'Ada', familyName: 'Byron' };
  const namesAfter = (operation: JsonObject): unknown => {
    const step = modelled({ name }, [operation], schemas);
    return step.type === 'done' ? step.states.map((state) => state.name) : step.type;
  };
  const value = { familyName: 'King' };
  const merged = { givenName: 'Ada', familyName: 'King' };
  t.strictSame(namesAfter({ op: 'replace', path: 'name', value }), [merged]);
  const bare = { givenName: new Gone('Ada'), familyName: 'King' };
  t.strictSame(namesAfter({ op: 'replace', value: { name: value } }), [merged, bare], 'without a path both are right');
  t.end();
});
