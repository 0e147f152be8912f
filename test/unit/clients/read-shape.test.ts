import t from 'tap';
import { entra } from '../../../suites/clients/entra/entra.js';
import { okta } from '../../../suites/clients/okta.js';
import { readShape } from '../../../suites/clients/read-shape.js';
import { shapeSteps } from '../../../suites/clients/send-shape.js';
import type { Client, Shape } from '../../../suites/clients/shape.js';
import type { ShapeReading } from '../../../suites/definitions/client-pack.js';
import { HandMadeTrace, type Answer } from '../hand-made-trace.js';

const shapeOf = ({ shapes }: Client, name: string): Shape => {
  const shape = shapes.find((each) => each.name === name);
  if (shape === undefined) throw new Error(`there is no shape ${name}`);
  return shape;
};

const userName = 'scimc-1-1@example.com';

/** A trace of a shape that starts with one user. */
class Play extends HandMadeTrace {
  constructor(private readonly shape: Shape) {
    super({ name: 'client' }, 'request-mode');
  }

  user(id: string, name = userName): this {
    this.exchange('create', 'POST /Users', { status: 201, subject: name, body: { id, userName: name } });
    return this;
  }

  group(id: string): this {
    this.exchange('create', 'POST /Groups', { status: 201, subject: 'scimc-1-3', body: { id } });
    return this;
  }

  before(body: unknown): this {
    this.exchange('read', 'GET /x', { status: 200, body, variant: shapeSteps.before });
    return this;
  }

  request(answer: Answer): this {
    this.exchange('patch', 'PATCH /x', { variant: shapeSteps.request, ...answer });
    return this;
  }

  after(answer: Answer): this {
    this.exchange('read', 'GET /x', { variant: shapeSteps.after, ...answer });
    return this;
  }

  reading(): ShapeReading {
    return readShape(this.shape, this.at('0'));
  }
}

const disable = shapeOf(entra, 'disable-with-a-string');
const disabling = (): Play => new Play(disable).user('u1').before({ id: 'u1', active: true });

void t.test('a shape works if the answer is a success and the read afterwards shows the effect', (t) => {
  const reading = disabling()
    .request({ status: 204 })
    .after({ status: 200, body: { id: 'u1', active: false } })
    .reading();
  t.strictSame(reading, { status: 204, outcome: 'works' });
  t.end();
});

void t.test('an answer of 4xx, 501 or 500 refuses it, and its status is kept', (t) => {
  for (const status of [400, 404, 500, 501]) {
    const reading = disabling()
      .request({ status })
      .after({ status: 200, body: { id: 'u1', active: true } })
      .reading();
    t.match(reading, { outcome: 'refused', status });
    t.strictSame(
      reading.exchanges?.map(({ variant }) => variant),
      [shapeSteps.before, shapeSteps.request, shapeSteps.after],
    );
  }
  t.end();
});

void t.test('a success that changes nothing is ignored', (t) => {
  const reading = disabling()
    .request({ status: 200 })
    .after({ status: 200, body: { id: 'u1', active: true } })
    .reading();
  t.match(reading, { outcome: 'ignored', status: 200, reason: 'active is true, not false' });
  t.end();
});

void t.test('a success with another effect is wrong', (t) => {
  const reading = disabling()
    .request({ status: 200 })
    .after({ status: 200, body: { id: 'u1', active: 'False' } })
    .reading();
  t.match(reading, { outcome: 'wrong', reason: 'active is False, not false' });
  t.match(disabling().request({ status: 200 }).after({ status: 404 }).reading(), {
    outcome: 'wrong',
    reason: 'the read afterwards is answered 404',
  });
  t.end();
});

void t.test('a part of the effect is wrong, and no effect is ignored', (t) => {
  const shape = shapeOf(entra, 'replace-with-dotted-names');
  const before = { id: 'u1', name: { givenName: 'Conformance', familyName: 'Test' }, displayName: 'Old' };
  const reading = (after: Record<string, unknown>): ShapeReading =>
    new Play(shape).user('u1').before(before).request({ status: 200 }).after({ status: 200, body: after }).reading();
  const half = { ...before, displayName: 'Changed Display', 'name.givenName': 'Changed' };
  t.match(reading(half), { outcome: 'wrong', reason: /name\.givenName is Conformance, not Changed/ });
  t.match(reading({ ...before, 'name.givenName': 'Changed' }), { outcome: 'ignored' });
  t.end();
});

void t.test('whatever shows nothing leaves it untried, with the reason', (t) => {
  const reason = (play: Play): string | undefined => {
    const { outcome, reason } = play.reading();
    t.equal(outcome, 'not-tried');
    return reason;
  };
  t.match(reason(disabling().request({ status: 429 })), /answered 429/);
  t.match(reason(disabling().request({})), /no answer/);
  t.match(
    reason(
      disabling()
        .request({ status: 202 })
        .after({ status: 200, body: { active: true } }),
    ),
    /202/,
  );
  t.match(reason(disabling().request({ status: 200 }).after({ status: 503 })), /answered 503/);
  t.match(reason(disabling().request({ status: 200 }).after({ status: 200, isCut: true })), /too long/);
  const done = new Play(disable).user('u1').before({ id: 'u1', active: false });
  t.match(reason(done.request({ status: 200 }).after({ status: 200, body: { active: false } })), /already/);
  const blocked = new Play(disable);
  blocked.blockedBy = 'not-created';
  t.equal(reason(blocked), 'It could not go on.');
  t.end();
});

void t.test('of a request that was throttled and sent again, the last answer counts', (t) => {
  const play = disabling().request({ status: 429 }).request({ status: 200 });
  t.match(play.after({ status: 200, body: { active: false } }).reading(), { outcome: 'works', status: 200 });
  t.end();
});

void t.test('members are compared as a set of ids', (t) => {
  const member = (id: string) => ({ value: id, display: `the user ${id}` });
  const reading = (after: unknown[]): ShapeReading =>
    new Play(shapeOf(entra, 'remove-member-by-value'))
      .user('u1')
      .user('u2', 'scimc-1-2@example.com')
      .group('g1')
      .before({ id: 'g1', members: [member('u2'), member('u1')] })
      .request({ status: 204 })
      .after({ status: 200, body: { id: 'g1', members: after } })
      .reading();
  t.match(reading([member('u2')]), { outcome: 'works' });
  t.match(reading([member('u1'), member('u2')]), { outcome: 'ignored' });
  t.match(reading([]), { outcome: 'wrong', reason: 'members is [], not ["u2"]' });
  t.end();
});

void t.test('a new name that costs the members is wrong', (t) => {
  const reading = (members: unknown[]): ShapeReading =>
    new Play(shapeOf(okta, 'rename-group'))
      .user('u1')
      .group('g1')
      .before({ id: 'g1', displayName: 'scimc-1-3', members: [{ value: 'u1' }] })
      .request({ status: 200 })
      .after({ status: 200, body: { id: 'g1', displayName: 'SCIMC-1-3-new', members } })
      .reading();
  t.match(reading([{ value: 'u1' }]), { outcome: 'works' });
  t.match(reading([]), { outcome: 'wrong', reason: 'the members are others than before' });
  t.end();
});

const list = (...ids: string[]) => ({ totalResults: ids.length, Resources: ids.map((id) => ({ id })) });

void t.test('a search works if it finds exactly what matches', (t) => {
  const found = (body: unknown, status = 200): ShapeReading =>
    new Play(shapeOf(entra, 'find-by-external-id')).user('u1').request({ status, body }).reading();
  t.match(found(list('u1')), { outcome: 'works' });
  t.match(found(list('u1', 'u2')), { outcome: 'ignored' });
  t.match(found(list('u2')), { outcome: 'wrong' });
  t.match(found({ totalResults: 0 }), { outcome: 'wrong' });
  t.match(found({ users: [] }), { outcome: 'wrong', reason: 'the answer is no ListResponse' });
  t.match(found(undefined, 400), { outcome: 'refused', status: 400 });
  t.end();
});

void t.test('404 is an empty list only for a client that takes it for one', (t) => {
  const ofNobody = (client: Client, answer: Answer): ShapeReading =>
    new Play(shapeOf(client, 'find-nobody')).request({ subject: userName, ...answer }).reading();
  t.match(ofNobody(okta, { status: 404 }), { outcome: 'works' });
  t.match(ofNobody(entra, { status: 404 }), { outcome: 'refused', status: 404 });
  t.match(ofNobody(entra, { status: 200, body: { totalResults: 0 } }), { outcome: 'works' });
  t.match(ofNobody(entra, { status: 200, body: list('u9') }), { outcome: 'ignored' });
  t.end();
});

void t.test('numbers of a page are JSON numbers, and the page is not longer than asked for', (t) => {
  const page = (body: unknown): ShapeReading =>
    new Play(shapeOf(okta, 'import-users')).user('u1').request({ status: 200, body }).reading();
  t.match(page({ ...list('u1'), startIndex: 1 }), { outcome: 'works' });
  t.match(page({ ...list('u1'), totalResults: '1' }), { outcome: 'wrong' });
  t.match(page({ ...list('u1'), startIndex: '1' }), { outcome: 'wrong' });
  t.match(page({ ...list('u1'), itemsPerPage: '1' }), { outcome: 'wrong' });
  t.match(page(list(...Array.from({ length: 101 }, (_, n) => `u${n}`))), { outcome: 'ignored' });
  t.end();
});

void t.test('excludedAttributes leaves the members out', (t) => {
  const read = (body: unknown): ShapeReading =>
    new Play(shapeOf(entra, 'read-group-without-members'))
      .user('u1')
      .group('g1')
      .request({ status: 200, body })
      .reading();
  t.match(read({ id: 'g1' }), { outcome: 'works' });
  t.match(read({ id: 'g1', members: [{ value: 'u1' }] }), { outcome: 'ignored' });
  t.match(read({ id: 'g2' }), { outcome: 'wrong' });
  t.end();
});

void t.test('a create works if the new resource can be read', (t) => {
  const create = (answer: Answer, after?: Answer): ShapeReading => {
    const play = new Play(shapeOf(okta, 'create-user')).request({ subject: userName, ...answer });
    return (after === undefined ? play : play.after(after)).reading();
  };
  const kept = { id: 'u1', userName: userName.toUpperCase(), active: true };
  t.match(create({ status: 201, body: kept }, { status: 200, body: kept }), { outcome: 'works' });
  t.match(create({ status: 201, body: kept }, { status: 200, body: { ...kept, active: false } }), { outcome: 'wrong' });
  t.match(create({ status: 201 }), { outcome: 'wrong' });
  t.match(create({ status: 400 }), { outcome: 'refused', status: 400 });
  t.end();
});
