import t from 'tap';
import { differenceAt } from '../../../suites/judging/resource-difference.js';

const mostShown = Infinity;

void t.test('a text in other letters is the same text, unless its attribute is case-exact', (t) => {
  const states = { before: 'Old', wanted: 'New One', shown: 'NEW ONE', mostShown };
  t.equal(differenceAt('title', states), undefined);
  t.match(differenceAt('externalId', states), { kind: 'not-written', actual: 'it is «NEW ONE»' });
  t.match(differenceAt('externalId', { ...states, before: 'New One' }), { kind: 'lost' });
  t.end();
});

void t.test('what was removed is gone; another value than before is a default', (t) => {
  const removed = { before: 'Old', wanted: undefined, mostShown };
  t.match(differenceAt('title', { ...removed, shown: 'OLD' }), { kind: 'not-removed' });
  t.equal(differenceAt('title', { ...removed, shown: 'None' }), undefined);
  t.equal(differenceAt('title', { ...removed, shown: undefined }), undefined);
  t.end();
});

void t.test('values of a list have no order, and each is there once', (t) => {
  const [a, b] = [
    { value: 'a@example.com', type: 'work' },
    { value: 'b@example.com', type: 'home' },
  ];
  const states = { before: [a], wanted: [a, b], mostShown };
  t.equal(differenceAt('emails', { ...states, shown: [b, a] }), undefined);
  t.match(differenceAt('emails', { ...states, shown: [a] }), { kind: 'not-written' });
  t.match(differenceAt('emails', { ...states, shown: [b] }), { kind: 'lost' });
  t.match(differenceAt('emails', { ...states, shown: [a, b, b] }), { kind: 'twice' });
  t.match(differenceAt('emails', { ...states, shown: [a, { ...b, type: 'work' }] }), { kind: 'not-written' });
  t.match(differenceAt('emails', { ...states, before: [a, b], wanted: [a], shown: [a, b] }), { kind: 'not-removed' });
  t.equal(differenceAt('emails', { ...states, shown: [a], mostShown: 1 }), undefined, 'only one value was ever kept');
  t.end();
});
