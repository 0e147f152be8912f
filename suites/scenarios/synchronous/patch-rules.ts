/** PATCH requests for single rules of RFC 7644 §3.5.2, which a random sequence may miss: the same in every run. */
import type { PatchSequence, SentOperation, SentPatch } from '../../generators/patch-sequence.js';
import { urn } from '../../../schemas/names.js';
import { defineScenario } from '../../definitions/scenario.js';
import { sendPatches } from '../building-blocks/send-patches.js';
import { readSchemas } from './patch-sequences.js';

const of = (...operations: SentOperation[]): SentPatch => ({ operations });

const titled: SentOperation = { op: 'replace', path: 'title', value: 'Half done' };

/** What has to fail, alone and behind what can be done. */
const failing: readonly SentPatch[] = [
  of({ op: 'replace', path: 'emails[type eq "home"].value', value: 'home-{name}' }),
  of({ op: 'replace', path: 'emails[type eq "nowhere"].value', value: 'nowhere-{name}' }),
  of(titled, { op: 'replace', path: 'emails[type eq "nowhere"].value', value: 'nowhere-{name}' }),
  of({ op: 'remove' }),
  of({ op: 'remove', path: 'emails[type eq "other"]' }, { op: 'remove' }),
  of({ op: 'move', path: 'title', value: 'Moved' }),
  of(titled, { op: 'move', path: 'nickName', value: 'Moved' }),
  of({ op: 'replace', path: 'id', value: 'not-{name}' }),
  of({ op: 'replace', path: 'meta.resourceType', value: 'Device' }),
  of({ op: 'remove', path: 'userName' }),
];

const home = { value: 'home-{name}', type: 'home' };
const other = { value: 'other-{name}', type: 'other' };

/** Where a filter is read wrongly, another value is changed as well, or one too few. */
const values: readonly SentPatch[] = [
  of({ op: 'remove', path: 'emails[type eq "other"]' }, { op: 'remove', path: 'emails[type eq "home"]' }),
  of({ op: 'add', path: 'emails', value: [home] }, { op: 'add', path: 'emails', value: [other] }),
  of({ op: 'add', path: 'emails', value: [{ ...other, primary: true }] }),
  of({ op: 'replace', path: 'emails[type eq "home"].primary', value: true }),
  of({ op: 'add', path: 'emails', value: [home] }),
  of({ op: 'replace', path: 'addresses[not (type eq "work")].locality', value: 'Thun' }),
  of({ op: 'replace', path: 'addresses[type eq "home" or type eq "work"].streetAddress', value: 'Both' }),
  of({ op: 'replace', path: 'addresses[type sw "ho"].locality', value: 'Zug' }),
  of({ op: 'remove', path: 'addresses[type eq "home" and locality eq "Nowhere"]' }),
  of({ op: 'remove', path: 'addresses[type eq "work"].postalCode' }),
  of({ op: 'remove', path: 'addresses[type eq "work"]' }),
];

const work = { value: '{name}', type: 'work', primary: true };

/** Lists without a path, and filters that find what an operation before them wrote. */
const lists: readonly SentPatch[] = [
  of({ op: 'add', value: { emails: [{ value: 'more-{name}', type: 'other' }] } }),
  of({ op: 'replace', value: { emails: [work, home] } }),
  of({ op: 'add', path: 'emails[type eq "home"].value', value: 'added-{name}' }),
  of({ op: 'add', path: 'addresses[type eq "home"].locality', value: 'Added' }),
  of(
    { op: 'replace', path: 'emails[type eq "home"].value', value: 'found-{name}' },
    { op: 'replace', path: 'emails[value eq "found-{name}"].type', value: 'other' },
  ),
  of(
    { op: 'replace', path: 'addresses[type eq "work"].locality', value: 'Found' },
    { op: 'replace', path: 'addresses[locality eq "Found"].streetAddress', value: 'Found' },
  ),
  of({ op: 'add', path: 'emails', value: [{ value: 'last-{name}', type: 'home' }] }),
  of({ op: 'remove', path: 'emails[type eq "home" or type eq "other"]' }),
];

const attributes: readonly SentPatch[] = [
  of({ op: 'remove', path: 'nickName' }, { op: 'remove', path: 'name.middleName' }),
  of({ op: 'replace', path: 'nickName', value: 'Again' }, { op: 'replace', path: 'name.middleName', value: 'Again' }),
  of({ op: 'add', path: 'title', value: 'Written' }, { op: 'remove', path: 'title' }),
  of({ op: 'add', value: { title: 'Pathless', name: { givenName: 'Pathless' } } }),
  of({ op: 'add', value: { [urn.enterpriseUser]: { department: 'Pathless' } } }),
  of({ op: 'remove', path: `${urn.enterpriseUser}:department` }),
  of({ op: 'add', path: `${urn.enterpriseUser}:department`, value: 'Again' }, titled),
  { operations: [{ op: 'replace', path: 'title', value: 'Asked' }], asksForAttributes: true },
];

const named: readonly SentPatch[] = [
  of({ op: 'add', path: 'nickName', value: 'Added' }),
  of({ op: 'replace', path: `${urn.user}:nickName`, value: 'With a URN' }),
  of({ op: 'add', path: `${urn.user}:name.givenName`, value: 'With a URN' }),
  of({ op: 'replace', path: 'name', value: { familyName: 'Alone' } }),
];

const groups: readonly SentPatch[] = [
  of({ op: 'replace', value: { displayName: '{name}-renamed' } }),
  of({ op: 'remove', path: 'externalId' }),
  of({ op: 'add', path: 'externalId', value: 'again-{name}' }, { op: 'move', path: 'displayName', value: 'x' }),
];

const sequences: readonly PatchSequence[] = [
  { of: 'User', patches: failing },
  { of: 'User', patches: values },
  { of: 'User', patches: lists },
  { of: 'User', patches: [...attributes, ...named] },
];

export const patchRules = defineScenario({
  name: 'patch-rules',
  title: 'sends PATCH requests for single rules',
  needs: { capability: 'patch' },
  inputs: ({ capabilities }): readonly PatchSequence[] =>
    capabilities.groups ? [...sequences, { of: 'Group', patches: groups }] : sequences,
  exercise: async (sequence, session) => {
    await readSchemas(session);
    await sendPatches(session, sequence);
  },
});
