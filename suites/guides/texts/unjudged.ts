/** Guides of the optional features for which there is no judge yet: what they are for, and what will be looked at. */
import type { Drafts } from '../guide.js';

const notYet = 'This version has no judge for it: it is reported as not implemented, and never as a pass.';

export const unjudgedTexts: Drafts = {
  'ROLL-01': {
    why: ['Whoever asks for a rollback wants all of a bulk request or nothing; half of it is what is to be avoided.'],
    tested: [notYet],
    fix: [
      'Read `rollbackOnError` from the bulk options, run all operations in one transaction, and report every operation as failed when one is: those undone or not run with `"status": "424"`.',
    ],
  },
  'PRIO-01': {
    why: ['To lock one account must not wait behind an import of ten thousand.'],
    tested: [notYet],
    fix: [
      'Read `priority` (`low`, `normal`, `high`) from the bulk options, and let workers take the next operation by priority and then by age; let low ones age, so that they are done at last.',
    ],
  },
  'CKPT-01': {
    why: ['Where a restart loses or repeats accepted work, a client has to compare all accounts to find out.'],
    tested: [notYet],
    fix: [
      'Store requests and the result of each operation before the 202 and after each operation; at a start, take up what has no result, and recognise effects that were made already.',
    ],
  },
  'XFRM-01': {
    why: ['Rules that are half applied create users in a form that no system expects.'],
    tested: [notYet],
    fix: [
      'Apply the rules of `transform` in their order before validation, to each operation by itself; where one cannot be applied, fail that operation with 400, and no other.',
    ],
  },
  'CONF-01': {
    why: ['A repeated import must neither fail as a whole nor silently overwrite what was changed by hand.'],
    tested: [notYet],
    fix: [
      'On a duplicate do what `onConflict` says: `fail` with 409, `skip` with success and the location of what is there, `overwrite` as a replace.',
    ],
  },
  'AUD-01': {
    why: ['Who asked for what, and when, has to be answered months later.'],
    tested: [notYet],
    fix: [
      'Write an entry with client, time and outcome for each status read and each change of state, without tokens and passwords.',
    ],
  },
  'HOOK-01': {
    why: ['A secret that can be read again lets everybody forge deliveries.'],
    tested: [notYet],
    fix: [
      'Answer `POST /integration/webhook` with 201, `Location` and `id`, store the secret encrypted, and leave it out of every answer.',
    ],
  },
  'HOOK-02': {
    why: ['A receiver trusts a delivery by its signature, and expects no attributes that it did not ask for.'],
    tested: [notYet],
    fix: [
      'Send only the chosen `attributes`, and sign the bytes that are sent: `X-SCIM-Signature: sha256=` and the HMAC in hexadecimal.',
    ],
  },
  'HOOK-03': {
    why: ['A receiver that is down for a minute must not lose events, nor count one twice.'],
    tested: [notYet],
    fix: [
      'After a 5xx or no answer, deliver again with growing waits, and keep the id of the delivery the same each time.',
    ],
  },
  'HOOK-04': {
    why: ['Deliveries after the end go to somebody who should not have them any more.'],
    tested: [notYet],
    fix: ['Look whether the registration is still there before each delivery, also before a retry.'],
  },
  'MSGQ-01': {
    why: ['A message that is taken without a check, or leaves no status, is work that nobody can follow.'],
    tested: [notYet],
    fix: [
      'Validate the message (`operation`, `source`, `target`, `batchSize`, `priority`) against its schema, and make an asynchronous request with a status resource of it.',
    ],
  },
};
