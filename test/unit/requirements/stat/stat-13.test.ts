import { stat13 } from '../../../../suites/requirements/stat/stat-13.js';
import {
  statusRepresentations,
  statusRepresentationsSteps as steps,
} from '../../../../suites/scenarios/request-mode/status-representations.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const tagged = (etag: string | undefined, body: unknown): Answer => ({
  status: 200,
  headers: etag === undefined ? {} : { ETag: etag },
  body,
});

const waits = statusResource({ pending: 1 });
const done = statusResource({ success: 1 });

/** Reads of one status, then one with this tag in If-None-Match. */
const read = (
  looks: Answer[],
  conditional?: { path?: string; tag: string; step?: Step; answer: Answer },
): HandMadeTrace => {
  const trace = new HandMadeTrace(statusRepresentations, 'request-mode');
  const submission = trace.accepted('/provision/1/status');
  for (const look of looks) trace.looked(submission, look);
  if (conditional === undefined) return trace;
  trace.exchange('status-conditional', `GET ${conditional.path ?? submission.location ?? ''}`, {
    submission: submission.n,
    requestHeaders: { 'If-None-Match': conditional.tag },
    ...(conditional.step === undefined ? {} : { variant: conditional.step }),
    ...conditional.answer,
  });
  return trace;
};

proveRequirement(stat13, {
  right: {
    'another tag when it is done': () => read([tagged('"1"', waits), tagged('"2"', done)]),
    'the same tag as long as nothing changes': () => read([tagged('"2"', done), tagged('"2"', done)]),
    '304 to the current tag': () => read([tagged('"2"', done)], { tag: '"2"', answer: { status: 304 } }),
    '304 to a list with the current tag': () =>
      read([tagged('"2"', done)], { tag: '"1", "2"', step: steps.listOfTags, answer: { status: 304 } }),
    '304 to the current tag as a weak one': () =>
      read([tagged('"2"', done)], { tag: 'W/"2"', step: steps.otherStrength, answer: { status: 304 } }),
    '200 to a list without the current tag': () =>
      read([tagged('"2"', done)], { tag: '"1", "20"', step: steps.tagOfNothing, answer: tagged('"2"', done) }),
    '200 to another tag': () =>
      read([tagged('"2"', done)], { tag: '"20"', step: steps.tagOfNothing, answer: tagged('"2"', done) }),
    '200 to the tag that it had while it was pending': () =>
      read([tagged('"1"', waits), tagged('"2"', done)], {
        tag: '"1"',
        step: steps.tagWhilePending,
        answer: tagged('"2"', done),
      }),
  },
  wrong: {
    'etag-unchanged': () => read([tagged('"1"', waits), tagged('"1"', done)]),
    'if-none-match-ignored': {
      'alone, compared strongly': () => read([tagged('"2"', done)], { tag: '"2"', answer: tagged('W/"2"', done) }),
      'as a weak one': () =>
        read([tagged('"2"', done)], { tag: 'W/"2"', step: steps.otherStrength, answer: tagged('"2"', done) }),
      'in a list': () =>
        read([tagged('"2"', done)], { tag: '"1", "2"', step: steps.listOfTags, answer: tagged('"2"', done) }),
    },
    'not-modified-to-another-tag': {
      'in a list without the current tag': () =>
        read([tagged('"2"', done)], { tag: '"1", "20"', step: steps.tagOfNothing, answer: { status: 304 } }),
      'at the alternative path': () =>
        read([tagged('"2"', done)], {
          path: '/provisions/1/status',
          tag: '"20"',
          step: steps.tagOfNothing,
          answer: { status: 304 },
        }),
      'which it never had': () =>
        read([tagged('"2"', done)], { tag: '"20"', step: steps.tagOfNothing, answer: { status: 304 } }),
      'which it had while it was pending': () =>
        read([tagged('"1"', waits), tagged('"2"', done)], {
          tag: '"1"',
          step: steps.tagWhilePending,
          answer: { status: 304 },
        }),
    },
    'conditional-read-refused': () =>
      read([tagged('"2"', done)], { tag: '*', step: steps.anyTag, answer: { status: 412 } }),
  },
  legal: {
    'a list whose tag was no longer current': () =>
      read([tagged('"2"', done)], { tag: '"1", "2"', step: steps.listOfTags, answer: tagged('"3"', done) }),
    '304 to * (RFC 9110 §13.1.2)': () =>
      read([tagged('"2"', done)], { tag: '*', step: steps.anyTag, answer: { status: 304 } }),
    '410 when the retention is over (profile §7, clarification 7)': () =>
      read([tagged('"2"', done)], { tag: '"2"', answer: { status: 410 } }),
    'a tag that changes with an unknown member, as one of a hash does (RFC 9110 §8.8.3, profile §7, clarification 7)':
      () =>
        read([tagged('"a"', { ...done, expiresIn: 60 })], {
          tag: '"a"',
          answer: tagged('"b"', { ...done, expiresIn: 59 }),
        }),
    'dates that change under one tag (STAT-14 judges them)': () =>
      read([tagged('"2"', { ...done, meta: { lastModified: '1' } }), tagged('"2"', { ...done, meta: {} })]),
  },
  silent: {
    'a status without tag': () => read([tagged(undefined, waits), tagged(undefined, done)]),
    'a tag on one of two reads alone': () => read([tagged(undefined, waits), tagged('"2"', done)]),
  },
});
