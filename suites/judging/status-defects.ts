/** What may be wrong with the form of a status resource, in the 202 (ACC-02) and in a read (STAT-01). */
import { validate } from '../../schemas/validators.js';
import { responseJson, withoutNulls } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { describeBody } from './describe.js';
import { findingsByDefect } from './findings-by-defect.js';
import type { Finding } from './judge.js';

/** Codes of ACC-02 and STAT-01 with what they mean. */
export const statusDefects = {
  'body-not-an-object': 'the status resource is no JSON object',
  'schemas-wrong': '`schemas` of the status resource is missing, or lacks the URN of the profile',
  'id-wrong': '`id` of the status resource is missing, empty or no string',
  'counts-wrong': 'one of the four counts is missing, or no whole number of 0 or more',
  'booleans-wrong': '`status.completed` or `status.success` is missing, or no boolean',
  'member-wrong': 'another member of the status resource has a wrong type',
};

export type StatusDefect = keyof typeof statusDefects;

const ofMember: Readonly<Record<string, StatusDefect>> = {
  '': 'body-not-an-object',
  schemas: 'schemas-wrong',
  id: 'id-wrong',
  operationsCount: 'counts-wrong',
  status: 'booleans-wrong',
};

/** Judges the body of an answer that should hold a status resource. A member that is null counts as absent. */
export const statusDefectsOf = (exchange: Answered, expected: string): Finding<StatusDefect>[] => {
  const shown = { expected, exchanges: [exchange] };
  const body = responseJson(exchange);
  if (body === undefined) {
    return [{ code: 'body-not-an-object', ...shown, actual: `the answer comes ${describeBody(exchange)}` }];
  }
  const validation = validate('async/provision-status', withoutNulls(body));
  return validation.valid
    ? []
    : findingsByDefect(validation.violations, (member) => ofMember[member] ?? 'member-wrong', shown);
};
