import { urn } from '../../../../schemas/names.js';
import { core09 } from '../../../../suites/requirements/core/core-09.js';
import { patchSequences, patchSequenceSteps } from '../../../../suites/scenarios/synchronous/patch-sequences.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

type Json = Record<string, unknown>;

const work = { value: 'a@example.com', type: 'work', primary: true };
const home = { value: 'home@example.com', type: 'home' };
const office = { type: 'work', locality: 'Bern', postalCode: '3000' };
const flat = { type: 'home', locality: 'Basel', postalCode: '4000' };

const user: Json = {
  schemas: [urn.user, urn.enterpriseUser],
  userName: 'a@example.com',
  name: { givenName: 'Ada', familyName: 'Byron' },
  displayName: 'Shown in lists',
  title: 'Countess',
  emails: [work, home],
  addresses: [office, flat],
  [urn.enterpriseUser]: { department: 'Engines', costCenter: '1' },
};

const shown: Json = { ...user, id: '1', meta: { resourceType: 'User', created: '2026-01-01T00:00:00Z' } };

const without = (resource: Json, name: string): Json =>
  Object.fromEntries(Object.entries(resource).filter(([each]) => each !== name));

interface Patched {
  readonly created?: Json;
  readonly was?: Json;
  readonly operations: readonly Json[];
  readonly status?: number;
  readonly body?: Json;
  readonly is: Json;
  readonly query?: string;
  /** What /Schemas says. */
  readonly schemas?: Json;
  /** PATCHes before it that are done, so that the provider is known to support their form. */
  readonly known?: readonly Json[];
}

const patchOf = (...Operations: readonly Json[]): Json => ({ schemas: [urn.patchOp], Operations });

/** A user that is created, read, patched and read again. */
const patched =
  ({ created = user, was = shown, operations, status = 200, body, is, query = '', schemas, known = [] }: Patched) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(patchSequences, 'request-mode');
    const subject = 'a@example.com';
    if (schemas !== undefined)
      trace.exchange('discover', 'GET /Schemas', { status: 200, body: schemas, variant: patchSequenceSteps.schemas });
    trace.exchange('create', 'POST /Users', { status: 201, sent: created, body: was, subject });
    trace.exchange('read', 'GET /Users/1', { status: 200, body: was, subject });
    for (const operation of known) {
      trace.exchange('patch', 'PATCH /Users/1', { status: 204, sent: patchOf(operation), subject });
      trace.exchange('read', 'GET /Users/1', { status: 200, body: was, subject });
    }
    trace.exchange('patch', `PATCH /Users/1${query}`, { status, sent: patchOf(...operations), body, subject });
    trace.exchange('read', 'GET /Users/1', { status: 200, body: is, subject });
    return trace;
  };

const refusedAs = (status: number, scimType?: string): Pick<Patched, 'status' | 'body'> => ({
  status,
  body: { schemas: [urn.error], status: String(status), ...(scimType === undefined ? {} : { scimType }) },
});

const unmatched = { op: 'replace', path: 'emails[type eq "other"].value', value: 'other@example.com' };
const matched = { op: 'replace', path: 'emails[type eq "home"].value', value: 'home@example.com' };
const titled = { op: 'replace', path: 'title', value: 'Queen' };
const addedHome = { op: 'add', path: 'emails', value: [home] };
const unknownOp = { op: 'move', path: 'title', value: 'Queen' };

const named = (name: string, characteristics: Json = {}): Json => ({ name, type: 'string', ...characteristics });

const schemasWith = (...attributes: Json[]): Json => ({
  Resources: [{ id: urn.user, attributes: [named('userName'), named('displayName'), ...attributes] }],
});

proveRequirement(core09, {
  right: {
    'a filter with `or` and `not` selects the values that it describes': patched({
      operations: [{ op: 'remove', path: 'addresses[locality eq "Zug" or not (type eq "work")]' }],
      is: { ...shown, addresses: [office] },
    }),
    'a new primary value takes `primary` from the other one': patched({
      operations: [{ op: 'add', path: 'emails', value: [{ ...home, primary: true }] }],
      is: {
        ...shown,
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    }),
    'operations are done in their order': patched({
      operations: [titled, { op: 'remove', path: 'title' }, { op: 'add', value: { title: 'Judge' } }],
      is: { ...shown, title: 'Judge' },
      body: { ...shown, title: 'Judge' },
    }),
    'a `replace` that matches nothing is refused, with all that stands before it': patched({
      operations: [titled, unmatched],
      ...refusedAs(400, 'noTarget'),
      is: shown,
    }),
    'an `add` of what is there changes nothing': patched({ operations: [addedHome], is: shown }),
  },
  wrong: {
    'value-not-written': {
      'in a value that a filter selects': patched({
        operations: [{ op: 'replace', path: 'addresses[type eq "home"].locality', value: 'Thun' }],
        is: shown,
      }),
      'in the second of two values': patched({
        operations: [{ op: 'replace', path: 'addresses[type pr].locality', value: 'Thun' }],
        is: { ...shown, addresses: [{ ...office, locality: 'Thun' }, flat] },
      }),
    },
    'value-not-removed': {
      'a sub-attribute': patched({
        operations: [{ op: 'remove', path: 'name.givenName' }],
        is: shown,
      }),
      'a sub-attribute of a value': patched({
        operations: [{ op: 'remove', path: 'addresses[type eq "home"].postalCode' }],
        is: shown,
      }),
      'an attribute that is written before and removed afterwards': patched({
        operations: [
          { op: 'add', path: 'title', value: 'Countess' },
          { op: 'remove', path: 'title' },
        ],
        is: shown,
      }),
    },
    'value-lost': {
      'the rest of a name (RFC 7644 §3.5.2.3: left unchanged)': patched({
        operations: [{ op: 'replace', path: 'name', value: { familyName: 'King' } }],
        is: { ...shown, name: { familyName: 'King' } },
      }),
      'the rest of an address': patched({
        operations: [{ op: 'remove', path: 'addresses[type eq "home"].postalCode' }],
        is: { ...shown, addresses: [office] },
      }),
      'the rest of the extension': patched({
        operations: [{ op: 'remove', path: `${urn.enterpriseUser}:department` }],
        is: { ...without(shown, urn.enterpriseUser), schemas: [urn.user] },
      }),
    },
    'value-twice': patched({ operations: [addedHome], is: { ...shown, emails: [work, home, home] } }),
    'two-primary-values': patched({
      operations: [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
      is: { ...shown, emails: [work, { ...home, primary: true }] },
    }),
    'changes-others': patched({
      operations: [{ op: 'remove', path: 'emails[type eq "home"]' }],
      is: { ...shown, emails: [work], addresses: [office] },
    }),
    'schemas-changed': patched({ operations: [titled], is: { ...shown, title: 'Queen', schemas: [urn.user] } }),
    'read-only-changed': patched({
      operations: [{ op: 'replace', path: 'meta.resourceType', value: 'Device' }],
      is: { ...shown, meta: { resourceType: 'Device' } },
    }),
    'refused-patch-done': patched({
      operations: [titled, unmatched],
      ...refusedAs(400, 'noTarget'),
      is: { ...shown, title: 'Queen' },
    }),
    'unknown-op-done': patched({ operations: [unknownOp], is: { ...shown, title: 'Queen' } }),
    'unknown-op-answered-with-success': patched({ operations: [unknownOp], is: shown }),
    'replace-of-nothing-answered-with-success': {
      'and adds a value': patched({
        operations: [unmatched],
        is: { ...shown, emails: [work, home, { value: 'other@example.com', type: 'other' }] },
      }),
      'and does nothing': patched({ operations: [unmatched], is: shown }),
    },
    'remove-without-path-answered-with-success': patched({ operations: [{ op: 'remove' }], is: shown }),
    'required-attribute-removed': {
      'and gone': patched({ operations: [{ op: 'remove', path: 'userName' }], is: without(shown, 'userName') }),
      'and still there': patched({ operations: [{ op: 'remove', path: 'userName' }], is: shown }),
    },
    'target-not-found': patched({
      was: shown,
      operations: [{ op: 'replace', path: 'emails[type eq "home"].value', value: 'new@example.com' }],
      ...refusedAs(400, 'noTarget'),
      is: shown,
    }),
    'refusal-unclear': {
      'a remove without a path': patched({
        operations: [{ op: 'remove' }],
        ...refusedAs(400, 'invalidPath'),
        is: shown,
      }),
      'a replace that matches nothing, of a form that is supported': patched({
        known: [matched],
        operations: [unmatched],
        ...refusedAs(404),
        is: shown,
      }),
    },
    'existing-value-refused': patched({
      known: [addedHome],
      operations: [addedHome],
      ...refusedAs(409, 'uniqueness'),
      is: shown,
    }),
    'answer-differs-from-read': patched({ operations: [titled], body: shown, is: { ...shown, title: 'Queen' } }),
    'answered-204-to-attributes': patched({
      operations: [titled],
      query: '?attributes=userName',
      status: 204,
      is: { ...shown, title: 'Queen' },
    }),
  },
  legal: {
    'a filter that the provider does not support (RFC 7644 §3.12)': patched({
      operations: [{ op: 'remove', path: 'emails[value co "home"]' }],
      ...refusedAs(400, 'invalidFilter'),
      is: shown,
    }),
    'a replace that matches nothing, of a form that is not supported': patched({
      operations: [unmatched],
      ...refusedAs(400, 'invalidPath'),
      is: shown,
    }),
    'a remove that matches nothing is done or refused (RFC 7644 §3.5.2.2)': patched({
      operations: [{ op: 'remove', path: 'emails[type eq "other"]' }],
      ...refusedAs(400, 'noTarget'),
      is: shown,
    }),
    'replace of a complex attribute without a path, and without what it does not name': patched({
      operations: [{ op: 'replace', value: { name: { familyName: 'King' } } }],
      is: { ...shown, name: { familyName: 'King' } },
    }),
    'replace of a value as a whole, without what it does not name (RFC 7644 §3.5.2.3)': patched({
      operations: [{ op: 'replace', path: 'addresses[type eq "home"]', value: { type: 'home', locality: 'Thun' } }],
      is: { ...shown, addresses: [office, { type: 'home', locality: 'Thun' }] },
    }),
    'the same, and what it does not name stays': patched({
      operations: [{ op: 'replace', path: 'addresses[type eq "home"]', value: { type: 'home', locality: 'Thun' } }],
      is: { ...shown, addresses: [office, { ...flat, locality: 'Thun' }] },
    }),
    'one value of each type (RFC 7644 §3.3: attributes may be left out)': patched({
      operations: [{ op: 'add', path: 'emails', value: [{ value: 'new@example.com', type: 'home' }] }],
      is: { ...shown, emails: [work, { value: 'new@example.com', type: 'home' }] },
    }),
    'another primary value after the primary one was removed (RFC 7643 §2.4)': patched({
      operations: [{ op: 'remove', path: 'emails[type eq "work"]' }],
      is: { ...shown, emails: [{ ...home, primary: true }] },
    }),
    'an attribute that /Schemas calls read-only (RFC 7643 §7)': patched({
      schemas: schemasWith(named('title', { mutability: 'readOnly' })),
      operations: [titled, { op: 'replace', path: 'displayName', value: 'New' }],
      is: { ...shown, displayName: 'New' },
    }),
    'values that are kept in another form (RFC 7643 §7, caseExact)': patched({
      was: { ...shown, title: 'COUNTESS' },
      operations: [titled],
      is: { ...shown, title: 'QUEEN' },
    }),
    'a displayName that follows the name': patched({
      operations: [{ op: 'replace', path: 'name.givenName', value: 'Ida' }],
      is: { ...shown, name: { givenName: 'Ida', familyName: 'Byron' }, displayName: 'Ida Byron' },
    }),
    'read-only attributes that are ignored': patched({
      operations: [{ op: 'replace', path: 'id', value: '2' }],
      status: 204,
      is: shown,
    }),
  },
  silent: {
    'a PATCH of what the provider does not keep': patched({
      was: { schemas: [urn.user], id: '1', userName: 'a@example.com' },
      operations: [titled],
      is: { schemas: [urn.user], id: '1', userName: 'a@example.com' },
    }),
    'a PATCH that is answered 202 (MODE-02)': patched({ operations: [titled], status: 202, is: shown }),
  },
});
