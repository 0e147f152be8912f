import t from 'tap';
import { htmlReport } from '../../../reports/html/html-report.js';
import { runLine } from '../../../reports/facts/commands.js';
import { markdownReport } from '../../../reports/markdown.js';
import { formats } from '../../../reports/formats.js';
import { clientShape, conformant, exchange, reportOf, result } from './sample-report.js';

const report = reportOf([result('CORE-01', 'pass')], {
  settings: { ...conformant().settings, clients: ['entra', 'okta'] },
  clients: [
    clientShape('works', { status: 201 }),
    clientShape('refused', { shape: 'find-nobody', status: 400 }),
    clientShape('ignored', {
      shape: 'disable-with-a-string',
      status: 200,
      reason: 'active is true, not false',
      exchanges: [exchange()],
    }),
    clientShape('not-tried', { client: 'okta', clientTitle: 'Okta', reason: 'PATCH is not advertised.' }),
  ],
  gate: {
    passed: false,
    reason: 'The gate is closed: --require-clients: something does not work.',
    failOn: 'must',
    known: [],
    fresh: [],
    stale: [],
    unchecked: [],
    clients: ['entra find-nobody'],
  },
});

void t.test('the terminal shows a table of each client, with the reason of what does not work', (t) => {
  const lines = formats.pretty(report).split('\n');
  const at = lines.findIndex((line) => line.startsWith('Works with'));
  t.strictSame(lines.slice(at + 1, at + 8), [
    'Microsoft Entra ID (entra): 1 of 3 work',
    '  ✓ works         create-user                 creates a user',
    '  ✗ refused (400) find-nobody                 creates a user',
    '  ✗ ignored       disable-with-a-string       creates a user',
    '      active is true, not false',
    'Okta (okta): 0 of 0 work, 1 not tried',
    '  – not tried     create-user                 creates a user',
  ]);
  t.match(formats.pretty(report), /^ {2}clients {2}entra find-nobody /m);
  t.end();
});

void t.test('Markdown has a table of each client', (t) => {
  const lines = markdownReport(report).split('\n');
  for (const line of [
    '### Works with',
    '**Microsoft Entra ID** (entra): 1 of 3 work',
    '| create-user | creates a user | works |  |',
    '| find-nobody | creates a user | refused (400) |  |',
    '| disable-with-a-string | creates a user | ignored | active is true, not false |',
    '- Request shapes of clients that do not work: entra find-nobody',
  ])
    t.ok(lines.includes(line), line);
  t.end();
});

void t.test('HTML has a table of each client, and the exchanges of what does not work', (t) => {
  const html = htmlReport(report);
  t.match(html, '<section id="clients"');
  t.match(html, 'Microsoft Entra ID (entra): 1 of 3 work');
  t.match(html, 'The exchanges of <code>disable-with-a-string</code>');
  t.match(html, '<a href="https://learn.microsoft.com/entra" rel="noopener noreferrer">documentation</a>');
  t.end();
});

void t.test('without clients no report speaks of them', (t) => {
  t.notMatch(formats.pretty(conformant()), /Works with/);
  t.notMatch(markdownReport(conformant()), /Works with/);
  t.notMatch(htmlReport(conformant()), /Works with/);
  t.end();
});

void t.test('the command that repeats the run names the clients', (t) => {
  t.match(runLine(report), / --clients entra okta /);
  t.notMatch(runLine(conformant()), /--clients/);
  t.end();
});
