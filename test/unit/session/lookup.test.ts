import t from 'tap';
import { discovery } from '../../../suites/scenarios/synchronous/discovery.js';
import { createdUrl } from '../../../suites/session/lookup.js';
import { isAnswered } from '../../../suites/trace/trace.js';
import { baseUrl, HandMadeTrace, type Answer } from '../hand-made-trace.js';

const createdBy = (answer: Answer): string | undefined => {
  const exchange = new HandMadeTrace(discovery, 'respond-async').exchange('create', 'POST /Users', answer);
  return isAnswered(exchange) ? createdUrl(exchange) : undefined;
};

const location = `${baseUrl}/Users/7`;

void t.test('the URL of a created resource comes from its id, or else from the Location', (t) => {
  t.equal(createdBy({ status: 201, body: { id: '7 8' }, headers: { Location: location } }), `${baseUrl}/Users/7%208`);
  t.equal(createdBy({ status: 201, headers: { Location: location } }), location);
  t.equal(createdBy({ status: 201 }), undefined);
  // Another host of the provider, a relative Location, and an id that is percent-encoded.
  for (const other of ['https://eu.provider.example/Users/7', '/scim/v2/Users/7', 'Users/7'])
    t.equal(createdBy({ status: 201, headers: { Location: other } }), location, other);
  t.equal(
    createdBy({ status: 201, headers: { Location: '/scim/v2/Users/a%20b%2F%C3%BC' } }),
    `${baseUrl}/Users/a%20b%2F%C3%BC`,
  );
  const elsewhere = 'https://provider.example/people/7';
  t.equal(createdBy({ status: 201, headers: { Location: elsewhere } }), elsewhere);
  t.end();
});

void t.test('a 202 and a refusal have created nothing, wherever their Location leads', (t) => {
  t.equal(createdBy({ status: 202, headers: { Location: `${baseUrl}/results/1` } }), undefined);
  t.equal(createdBy({ status: 202, body: { id: '1' } }), undefined);
  t.equal(createdBy({ status: 409, headers: { Location: location } }), undefined);
  t.end();
});
