/** ACC-02 (the 202) and STAT-01 (reads) judge the form of a status resource by the same rules. */
import { validate } from '../../schemas/validators.js';
import { responseJson, withoutNulls } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { describeBody } from './describe.js';
import { findingsByDefect } from './findings-by-defect.js';
import type { Finding } from './judge.js';

/** Codes of ACC-02 and STAT-01 with their meaning. */
export const statusDefects = {
  'body-not-an-object': 'the status resource is not a JSON object',
  'schemas-wrong': '`schemas` of the status resource is missing, or lacks the URN of the profile',
  'id-wrong': '`id` of the status resource is missing, empty or not a string',
  'counts-wrong': 'one of the four counts is missing, or not a whole number of 0 or more',
  'booleans-wrong': '`status.completed` or `status.success` is missing, or not a boolean',
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
