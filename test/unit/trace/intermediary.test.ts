import t from 'tap';
import { adviceOnIntermediary } from '../../../suites/trace/intermediary.js';
import type { Exchange } from '../../../schemas/types.js';

const answered = (status: number, headers: [string, string][], body: string): Exchange => ({
  type: 'exchange',
  n: 0,
  purpose: 'bulk',
  credential: 'primary',
  at: 0,
  took: 1,
  request: { method: 'POST', url: 'https://provider.example/scim/v2/Bulk', headers: [] },
  response: { status, headers, body, truncated: false },
});

const page = '<html><body><h1>413 Request Entity Too Large</h1></body></html>';

void t.test('an error page is not from the provider, and names who made it if it says so', (t) => {
  const named: [string, string][] = [
    ['Server', 'nginx/1.22.1'],
    ['Via', '1.1 edge.example'],
    ['Content-Type', 'text/html'],
  ];
  const advice = adviceOnIntermediary(answered(413, named, page)) ?? '';
  t.match(advice, 'Server: nginx/1.22.1; Via: 1.1 edge.example');
  t.not(adviceOnIntermediary(answered(503, [], page)), undefined, 'HAProxy sends no Server field and no Content-Type');
  t.end();
});

void t.test('an answer of the provider gets no such advice', (t) => {
  const json = '{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"413"}';
  const server: [string, string] = ['Server', 'nginx'];
  t.equal(adviceOnIntermediary(answered(413, [server, ['Content-Type', 'application/scim+json']], json)), undefined);
  t.equal(adviceOnIntermediary(answered(200, [server, ['Content-Type', 'text/html']], page)), undefined, 'no error');
  const { response, ...unanswered } = answered(502, [], page);
  t.equal(response?.status, 502);
  t.equal(adviceOnIntermediary(unanswered), undefined, 'no answer');
  t.end();
});
