import { eventUri, urn } from '../../../../schemas/names.js';
import type { Submission } from '../../../../schemas/types.js';
import { life06 } from '../../../../suites/requirements/life/life-06.js';
import { eachEffect } from '../../../../suites/scenarios/lifecycle/each-effect.js';
import {
  patchesBesideEachOther,
  patchesBesideEachOtherSteps as steps,
} from '../../../../suites/scenarios/lifecycle/patches-beside-each-other.js';
import { membersAtATime, membersAtATimeSteps } from '../../../../suites/scenarios/synchronous/members-at-a-time.js';
import type { Step } from '../../../../suites/trace/step.js';
import { wordedUser } from '../../../../suites/generators/worded.js';
import { manyAtOnce } from '../../../../suites/scenarios/lifecycle/many-at-once.js';
import { type Answer, baseUrl, HandMadeTrace } from '../../hand-made-trace.js';
import { acceptedWith, PreferringTrace } from '../../preferring-trace.js';
import { put, shows, story } from '../../judging/history/short-stories.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';
import { createdStory } from './created-story.js';
import { twinsStory } from './twins-story.js';

interface Patched {
  readonly path: string;
  readonly value: string;
  readonly subject: string;
  readonly step?: Step;
}

const body = ({ path, value }: Patched): unknown => ({
  schemas: [urn.patchOp],
  Operations: [{ op: 'replace', path, value }],
});

const patch = (trace: HandMadeTrace, patched: Patched): void => {
  const { subject, step } = patched;
  const about = { subject, sent: body(patched), ...(step === undefined ? {} : { variant: step }) };
  trace.exchange('patch', 'PATCH /Users/1', { ...about, status: 200 });
};

const patchAsynchronously = (trace: HandMadeTrace, patched: Patched, status: string): void => {
  const operations: Submission['operations'] = [{ method: 'PATCH', path: '/Users/1', expected: 'success' }];
  const headers = { Location: '/scim/v2/provision/1/status' };
  const about = { subject: patched.subject, sent: body(patched), status: 202, headers };
  const submission = trace.submitted('PATCH /Users/1', about, { operations });
  const counts = Number(status) < 300 ? { success: 1 } : { failed: 1 };
  const Operations = [{ method: 'PATCH', status }];
  trace.looked(submission, { status: 200, body: statusResource(counts, { Operations }) });
};

const reads = (trace: HandMadeTrace, subject: string, user: Record<string, unknown>): void => {
  trace.exchange('read', 'GET /Users/1', { subject, status: 200, body: user });
};

interface Meeting {
  /** What a read shows of the user whose one attribute was patched alone. */
  readonly alone?: Record<string, unknown>;
  /** What a read shows of the user on which two patches met. */
  readonly met: Record<string, unknown>;
  /** Of the asynchronous one. */
  readonly status?: string;
}

/** An asynchronous patch of displayName and a synchronous one of the name, of one user at a time. */
const meeting = ({ alone = { displayName: 'Sidea', name: { familyName: 'Sideb' } }, met, status = '200' }: Meeting) => {
  const trace = new HandMadeTrace(patchesBesideEachOther, 'request-mode');
  for (const [path, value] of [
    ['displayName', 'Sidea'],
    ['name.familyName', 'Sideb'],
  ] as const) {
    const subject = `alone ${path}`;
    patch(trace, { path, value, subject, step: steps.alone });
    reads(trace, subject, alone);
  }
  const subject = '/Users/1';
  patchAsynchronously(trace, { path: 'displayName', value: 'Sidec', subject }, status);
  patch(trace, { path: 'name.familyName', value: 'Sided', subject });
  reads(trace, subject, met);
  return trace;
};

const both = { displayName: 'Sidec', name: { familyName: 'Sided' } };

/** A user that was created and deleted, and which a search does not find. */
const deleted = (): HandMadeTrace => {
  const trace = createdStory({ status: '201', searches: [1] });
  trace.exchange('delete', 'DELETE /Users/1', { status: 204 });
  trace.exchange('search', 'GET /Users?filter=userName', {
    subject: 'somebody@example.com',
    status: 200,
    body: { Resources: [] },
  });
  return trace;
};

/** A member that is added asynchronously, with this result, and another one synchronously at the same time. */
const grouped = (result: string, ...members: string[]): HandMadeTrace => {
  const trace = new HandMadeTrace(membersAtATime, 'request-mode');
  const adding = (value: string): Answer => ({
    subject: 'g',
    variant: membersAtATimeSteps.atTheSameTime,
    sent: { schemas: [urn.patchOp], Operations: [{ op: 'add', path: 'members', value: [{ value }] }] },
  });
  const operations: Submission['operations'] = [{ method: 'PATCH', path: '/Groups/g', expected: 'success' }];
  const headers = { Location: '/scim/v2/provision/1/status' };
  const submission = trace.submitted('PATCH /Groups/g', { ...adding('1'), status: 202, headers }, { operations });
  trace.exchange('patch', 'PATCH /Groups/g', { ...adding('2'), status: 204 });
  const counts = Number(result) < 300 ? { success: 1 } : { failed: 1 };
  const Operations = [{ method: 'PATCH', status: result, location: `${baseUrl}/Groups/g` }];
  trace.looked(submission, { status: 200, body: statusResource(counts, { Operations }) });
  trace.settled(submission, 'completed');
  const body = { id: 'g', displayName: 'g', members: members.map((value) => ({ value })) };
  const variant = membersAtATimeSteps.afterwards;
  trace.exchange('read', 'GET /Groups/g', { status: 200, body, subject: 'g', variant });
  return trace;
};

/** A create that an event says is done, a read of the user, and only then a look at the result of the request. */
const toldByEvent = (read: Answer): HandMadeTrace => {
  const trace = new PreferringTrace(manyAtOnce);
  const payload = { method: 'POST', status: '201', location: `${baseUrl}/Users/1` };
  const claims = {
    txn: 'txn',
    sub_id: { format: 'scim', uri: '/Users/1' },
    events: { [eventUri.asyncResponse]: payload },
  };
  const asked = { ...acceptedWith('/results/1', 'txn'), sent: wordedUser('a@example.com', 'Worda') };
  const submission = trace.preferred('POST /Users', asked);
  trace.token(trace.exchange('event-poll', 'POST https://events.example/', { status: 200 }), submission, claims);
  trace.settled(submission, 'completed');
  trace.exchange('read', 'GET /Users/1', read);
  trace.token(trace.looked(submission, { status: 200, body: claims }), submission, claims);
  return trace;
};

const aloneInCapitals = { displayName: 'SIDEA', name: { familyName: 'SIDEB' } };
const bothInCapitals = { displayName: 'SIDEC', name: { familyName: 'SIDED' } };

proveRequirement(life06, {
  right: {
    'every write is seen once': () =>
      story([put('Worda', 10, 20), put('Wordb', 30, 40)], [shows('Worda', 25), shows('Wordb', 50)]),
    'what was created is found once': () => createdStory({ status: '201', searches: [1] }),
    'what an event says is done is there': () =>
      toldByEvent({ status: 200, body: { ...wordedUser('a@example.com', 'Worda'), id: '1' } }),
    'two patches stand': () => meeting({ met: both }),
    'two patches stand in capitals, as each alone did (RFC 7643 §7)': () =>
      meeting({ alone: aloneInCapitals, met: bothInCapitals }),
    'what an event says is done is there in capitals (RFC 7643 §7)': () =>
      toldByEvent({ status: 200, body: { ...wordedUser('A@EXAMPLE.COM', 'WORDA'), id: '1' } }),
    'two members that are added at the same time stand': () => grouped('200', '2', '1'),
    'a write that works synchronously works asynchronously': () => twinsStory({}),
  },
  wrong: {
    'write-lost': {
      'what was written before it is there': () =>
        story([put('Worda', 10, 20), put('Wordb', 30, 40)], [shows('Worda', 50)]),
      'an event says that it is done, before its result is looked at': () => toldByEvent({ status: 404 }),
      'the user is gone, and nobody has deleted it': () => story([put('Worda', 10, 20)], [shows('gone', 30)]),
    },
    'write-applied-twice': () =>
      story([put('Worda', 10, 20), put('Wordb', 30, 40)], [shows('Worda', 25), shows('Wordb', 50), shows('Worda', 60)]),
    // It is seen before it is asked for.
    'order-unexplained': () => story([put('Worda', 20, 30)], [shows('Worda', 10)]),
    'created-more-than-once': () => createdStory({ status: '201', searches: [2] }),
    'created-and-not-there': () => createdStory({ status: '201', searches: [0, 0] }),
    'accepted-write-fails': {
      alone: () => twinsStory({ result: '500' }),
      'in a bulk request': () => twinsStory({ inBulk: { shows: {}, result: '400' } }),
    },
    'member-lost': {
      'that was added asynchronously': () => grouped('200', '2'),
      'that was added synchronously': () => grouped('200', '1'),
    },
    'patch-undone': {
      'the asynchronous one': () => meeting({ met: { ...both, displayName: 'before' } }),
      'the synchronous one': () => meeting({ met: { ...both, name: { familyName: 'before' } } }),
      'one of a provider that keeps names in capitals': () =>
        meeting({ alone: aloneInCapitals, met: { ...bothInCapitals, displayName: 'BEFORE' } }),
    },
  },
  legal: {
    'writes side by side stand in either order': () =>
      story([put('Worda', 10, 40), put('Wordb', 15, 40)], [shows('Wordb', 20), shows('Worda', 50)]),
    'a request of which nobody has seen the end may have been done or not': () =>
      story(
        [put('Worda', 10, Infinity, { outcome: 'unknown', status: undefined }), put('Wordb', 30, 40)],
        [shows('Wordb', 50), shows('Worda', 60)],
      ),
    'what was deleted is not found (RFC 7644 §3.6)': deleted,
    'an attribute that is not kept even where nothing is beside it (RFC 7643 §7)': () =>
      meeting({ alone: { name: { familyName: 'Sideb' } }, met: { name: both.name } }),
    'a member whose addition failed is not there': () => grouped('409', '2'),
    'members that the provider does not return': () => grouped('200'),
    'a patch that failed does not stand': () => meeting({ met: { ...both, displayName: 'before' }, status: '409' }),
  },
  silent: {
    'only synchronous writes': () => story([put('Worda', 10, 20)], [shows('Wordj', 30)], ['Worda']),
    'an asynchronous write of which nobody has seen the end': () =>
      story([put('Worda', 10, Infinity, { outcome: 'unknown', status: undefined })], [shows('Worda', 60)]),
    'nothing was made of either kind': () => new HandMadeTrace(eachEffect, 'request-mode'),
  },
});
