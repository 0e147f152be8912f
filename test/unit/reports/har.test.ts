import type { Har } from 'har-format';
import t from 'tap';
import { harOf, harReport } from '../../../reports/har.js';
import { refusals } from '../../harness/report-refusals.js';
import { hostile } from './hostile-report.js';
import { conformant, exchange, failing, found, reportOf } from './sample-report.js';

const read = (text: string): Har => JSON.parse(text) as Har;

void t.test('the output is valid, whatever the target sent', (t) => {
  t.equal(typeof refusals.har('{"log":{}}'), 'string', 'the schema refuses something');
  for (const report of [conformant(), failing(), hostile()]) t.equal(refusals.har(harReport(report)), undefined);
  t.end();
});

void t.test('a page for each requirement with evidence, and its exchanges at their times', (t) => {
  const { log } = read(harReport(failing()));
  t.equal(log.version, '1.2');
  t.strictSame(
    log.pages?.map(({ title, startedDateTime }) => [title, startedDateTime]),
    [
      ['STAT-01 what STAT-01 asks for', '2026-11-25T04:42:23.698Z'],
      ['STAT-02 what STAT-02 asks for', '2026-11-25T04:42:23.698Z'],
      ['STAT-03 what STAT-03 asks for', '2026-11-25T04:42:23.698Z'],
    ],
  );
  const second = log.entries[1];
  t.equal(second?.pageref, log.pages?.[0]?.id);
  t.equal(second?.startedDateTime, '2026-11-25T04:42:23.998Z');
  t.equal(second?.time, 12.5);
  t.strictSame(second?.timings, { send: 0, wait: 12.5, receive: 0 });
  t.strictSame(second?.request.queryString, [{ name: 'full', value: 'true' }]);
  t.strictSame(second?.response.content, {
    size: 29,
    mimeType: 'application/scim+json',
    text: '{"status":{"completed":true}}',
  });
  t.end();
});

void t.test('no credential leaves with it that is not a marker', (t) => {
  const page = {
    title: 'credentials',
    exchanges: [
      exchange({
        request: {
          method: 'POST',
          url: 'https://provider.example/scim/v2/Users',
          headers: [
            ['Authorization', 'Bearer {{primary}}'],
            ['authorization', 'Bearer sesame'],
            ['Proxy-Authorization', '{{second}} sesame'],
            ['Cookie', 'session=sesame'],
            ['X-Api-Key', 'sesame'],
            ['Content-Type', 'application/scim+json'],
          ],
          body: '{}',
        },
        response: { status: 200, headers: [['Set-Cookie', 'session=sesame; Secure']], body: '', truncated: false },
      }),
    ],
  };
  const text = harOf([page], { startedAt: '2026-11-25T04:42:22.498Z', tool: '0.1.0' });
  t.equal(text.includes('sesame'), false);
  const [entry] = read(text).log.entries;
  t.strictSame(
    entry?.request.headers.map(({ value }) => value),
    ['Bearer {{primary}}', '{{removed}}', '{{removed}}', '{{removed}}', '{{removed}}', 'application/scim+json'],
  );
  t.strictSame(entry?.request.postData, { mimeType: 'application/scim+json', text: '{}' });
  t.end();
});

void t.test('an exchange without an answer has status 0 and says why', (t) => {
  const asked = exchange({ failure: { code: 'timeout', message: 'no answer in 10 s' } });
  delete asked.response;
  const text = harOf([{ title: 'failed', exchanges: [asked] }], { startedAt: '2026-11-25T04:42:22Z', tool: '0.1.0' });
  t.equal(refusals.har(text), undefined);
  const [entry] = read(text).log.entries;
  t.match(entry?.response, { status: 0, _error: 'timeout: no answer in 10 s' });
  t.end();
});

void t.test('a URL is valid and otherwise as it was sent', (t) => {
  const urlOf = (url: string): string | undefined => {
    const one = exchange({ request: { method: 'GET', url, headers: [] } });
    const [entry] = read(harOf([{ title: 'x', exchanges: [one] }], reportOf([]))).log.entries;
    return entry?.request.url;
  };
  t.equal(urlOf('https://h.example/a/../%2e%2e/b?c=%41'), 'https://h.example/a/../%2e%2e/b?c=%41');
  t.equal(urlOf('http://[::1]:8080/a[b]?#c#d'), 'http://[::1]:8080/a%5Bb%5D?#c%23d');
  t.equal(urlOf('https://h.example/a b/ü/"<>/%zz'), 'https://h.example/a%20b/%C3%BC/%22%3C%3E/%25zz');
  t.end();
});

void t.test('a page without exchanges begins with the run', (t) => {
  const { evidence } = found('STAT-01', 'fail');
  const report = reportOf([
    found('STAT-01', 'fail', evidence === undefined ? {} : { evidence: { ...evidence, exchanges: [] } }),
  ]);
  t.equal(refusals.har(harReport(report)), undefined);
  t.equal(read(harReport(report)).log.pages?.[0]?.startedDateTime, report.startedAt);
  t.end();
});
