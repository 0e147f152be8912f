import { eventUri, urn } from '../../../../schemas/names.js';
import { core07 } from '../../../../suites/requirements/core/core-07.js';
import { resourceLifecycle } from '../../../../suites/scenarios/synchronous/resource-lifecycle.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { completionSet, created, EventTrace, setOf } from '../evt/event-trace.js';

const answered =
  (body: unknown, status = 200) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(resourceLifecycle, 'request-mode');
    trace.exchange('read', 'GET /Users/1', { status, body });
    return trace;
  };

const brought = (claims: Record<string, unknown>) => (): EventTrace => {
  const trace = new EventTrace();
  return trace.brings(trace.create(), claims);
};

const user = { schemas: [urn.user], id: '1', userName: 'a' };
const list = { schemas: [urn.listResponse], totalResults: 1, Resources: [user] };
const results = [{ method: 'POST', status: '201' }];

proveRequirement(core07, {
  right: {
    'a list of users': answered({
      ...list,
      Resources: [{ ...user, emails: [{ value: 'a@example.com', $ref: 'x' }], [urn.enterpriseUser]: { manager: {} } }],
    }),
    'a completion event': brought(completionSet()),
  },
  wrong: {
    'name-misspelled': {
      'of a list': answered({ schemas: [urn.listResponse], totalResults: 1, resources: [user] }),
      'of a user': answered({ ...user, DisplayName: 'A' }),
      'of a user in a list': answered({ ...list, Resources: [{ ...user, meta: { LastModified: '' } }] }),
      'schemas itself': answered({ Schemas: [urn.user], id: '1' }),
      'in a complex attribute of an extension': answered({
        ...user,
        [urn.enterpriseUser]: { manager: { Value: '1' } },
      }),
      'of an error': answered({ schemas: [urn.error], status: '404', ScimType: 'noTarget' }, 404),
      'of a capability': answered({ schemas: [urn.serviceProviderConfig], eTag: { supported: false } }),
      'of a capability, inside': answered({ schemas: [urn.serviceProviderConfig], bulk: { maxoperations: 1 } }),
      'of results': answered({ schemas: [urn.bulkResponse], operations: results }),
      'of a status resource': answered({ schemas: [urn.provisionStatus], operationsCount: { Total: 1 } }),
      'of the advertisement': answered({
        schemas: [urn.serviceProviderConfig],
        [urn.asyncServiceProviderConfig]: { RequestModes: [] },
      }),
      'of an error in a result': answered({
        schemas: [urn.bulkResponse],
        Operations: [{ method: 'POST', status: '400', response: { schemas: [urn.error], Status: '400' } }],
      }),
      'of a resource whose schema is its own': answered({ schemas: ['urn:example:Device'], ID: '1' }),
      'in the payload of a completion event': brought(completionSet({}, { Method: 'POST', status: '201' })),
      'in the payload of a notice': brought(setOf({ [eventUri.createNotice]: { Attributes: [] } })),
    },
    'urn-misspelled': {
      'in schemas': answered({ ...user, schemas: ['URN:IETF:params:scim:schemas:core:2.0:User'] }),
      'of an extension': answered({ ...user, [urn.enterpriseUser.toUpperCase()]: {} }),
      'of a message, as the paper has it': answered(
        { schemas: ['urn:ietf:params:scim:API:messages:2.0:Error'], status: '404' },
        404,
      ),
      'of an advertised event': answered({
        schemas: [urn.serviceProviderConfig],
        securityEvents: { asyncRequest: 'request', eventUris: ['URN:IETF:params:scim:event:misc:asyncresp'] },
      }),
      'of an event': brought(setOf({ [eventUri.asyncResponse.toUpperCase()]: created })),
    },
  },
  legal: {
    'an attribute of its own, and what is in it (RFC 7643 §3.3)': answered({
      ...user,
      Colour: { Value: 'red' },
      'urn:example:Colours': { Value: 'red', UserName: 'x' },
    }),
    'a name of another message, as a name of its own (RFC 7643 §3.3)': answered({ ...user, Bulk: 1, resources: [] }),
    'a name in both spellings: a client finds the right one (profile §2)': answered({ ...list, resources: [] }),
    'text that looks like a name or begins like a URN (RFC 7643 §2.3.1)': answered({
      ...user,
      nickName: 'Resources',
      title: 'URN:x',
    }),
    'a word of an advertised event in another form, which DISC-03 judges (RFC 9967 §4)': answered({
      schemas: [urn.serviceProviderConfig],
      securityEvents: { asyncRequest: 'request', eventUris: ['urn:ietf:params:scim:event:misc:asyncResp'] },
    }),
    'an error of a gateway that is no SCIM, which ERR-01 judges (RFC 7644 §3.12)': answered({ Status: 404 }, 404),
  },
  silent: { 'a body that is no object': answered([user]) },
});
