import t from 'tap';
import { eventUri, urn } from '../../../schemas/names.js';
import { usualName, usualUrn, withUsualNames } from '../../../suites/trace/spelling.js';
import { allNames, urns } from '../../../suites/trace/vocabulary.js';

void t.test('no two names of the protocol differ in letter case only, so that each can be read in any', (t) => {
  for (const names of [allNames, urns]) {
    t.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
    for (const name of names) t.equal(usualName(name.toUpperCase()), name);
  }
  t.end();
});

void t.test('a URN of the protocol is read in any letter case, any other text as it is', (t) => {
  t.equal(usualUrn('URN:IETF:params:SCIM:schemas:core:2.0:User'), urn.user);
  t.equal(usualUrn('Urn:ietf:params:scim:event:misc:AsyncResp'), eventUri.asyncResponse);
  t.equal(usualUrn('URN:example:Queue'), 'URN:example:Queue');
  t.equal(usualUrn('UserName'), 'UserName');
  t.end();
});

void t.test('names are read at every depth, and everything else stays', (t) => {
  const read = withUsualNames({
    SCHEMAS: ['URN:IETF:PARAMS:SCIM:API:MESSAGES:2.0:LISTRESPONSE'],
    totalresults: 1,
    resources: [{ UserName: 'ID', Emails: [{ $REF: 'Value' }], [urn.enterpriseUser.toUpperCase()]: { Manager: null } }],
    'x-Own': { Schemas: 'Schemas' },
  });
  t.strictSame(read, {
    schemas: [urn.listResponse],
    totalResults: 1,
    Resources: [{ userName: 'ID', emails: [{ $ref: 'Value' }], [urn.enterpriseUser]: { manager: null } }],
    'x-Own': { schemas: 'Schemas' },
  });
  t.end();
});

void t.test('what has nothing to correct is the same value', (t) => {
  const value = { schemas: [urn.user], 'X-Own': [{ Colour: 'URN:x' }], $ref: null, '': {} };
  t.equal(withUsualNames(value), value);
  t.end();
});

void t.test('of a member that is there twice, the one in the usual spelling is read', (t) => {
  t.strictSame(withUsualNames({ resources: [1], Resources: [2] }), { resources: [1], Resources: [2] });
  t.strictSame(withUsualNames({ resources: [1], RESOURCES: [2] }), { Resources: [1], RESOURCES: [2] });
  t.end();
});

void t.test('a name that is special in JavaScript is only a name', (t) => {
  const text = '{"__proto__":{"Schemas":1},"constructor":2,"Id":"x"}';
  const read = withUsualNames(JSON.parse(text) as unknown);
  t.equal(JSON.stringify(read), '{"__proto__":{"schemas":1},"constructor":2,"id":"x"}');
  t.end();
});
