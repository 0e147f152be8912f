/** Faults of requests with Prefer: respond-async that are answered normally, because they are done in time. */
import { header, respondAsync } from '../../schemas/names.js';
import type { Answer } from '../http/answer.js';
import type { RequestSummary } from '../http/http-seams.js';
import { both, edit, withField, withoutField, type Match } from './answers.js';
import type { Fault } from './fault.js';
import { prefers } from './preferences.js';

/** The client waits for the normal answer (RFC 7240 §4.3). */
const waits = (_answer: Answer, { field }: RequestSummary): boolean => /\bwait\b/i.test(field(header.prefer) ?? '');

const isCreated: Match = ({ status }) => status === 201;

export const answersInTimeFaults: readonly Fault[] = [
  {
    name: 'create-in-time-is-200',
    title: '200 in place of 201 to a create that is done within wait=N',
    breaks: ['PREF-01'],
    seams: edit(both(isCreated, waits), (answer) => ({ ...answer, status: 200 })),
  },
  {
    name: 'create-in-time-without-location',
    title: '201 without Location to a create that is done within wait=N',
    breaks: ['PREF-01'],
    seams: edit(both(isCreated, waits), withoutField(header.location)),
  },
  {
    name: 'failure-in-time-is-200',
    title: '200 with a SCIM error to a request that fails within wait=N',
    breaks: ['PREF-01'],
    seams: edit(
      both(({ status }) => status >= 400, waits),
      (answer) => ({ ...answer, status: 200 }),
    ),
  },
  {
    name: 'preference-applied-on-every-answer',
    title: 'Preference-Applied: respond-async on answers that are not asynchronous',
    breaks: ['PREF-04'],
    seams: edit(
      both(({ status }) => status < 300 && status !== 202, prefers),
      withField(header.preferenceApplied, respondAsync),
    ),
  },
];
