/** A report of a hostile target: every text that the target or a file can choose tries to break a format. */
import type { Evidence, Report } from '../../../schemas/types.js';
import { baseUrl, clientShape, evidenceOf, exchange, found, reportOf, result } from './sample-report.js';
import { asyncRequest } from './sample-run.js';

/** Each text would have an effect if it were interpreted. */
export const hostileTexts: readonly string[] = [
  '<script>window.harmed = "script"</script>',
  ']]></failure><testcase name="forged"/>',
  '\u001b[31mred\u001b[0m \u009b31m',
  'nul \u0000 and bell \u0007',
  'lone \ud800 and \udc00 halves',
  'non-characters \ufffe \uffff, left \u202eright-to-left\u202c \u200f مرحبا',
  '``` and ```````` and `',
  '::error title=forged::forged',
  'first\n::error::second\r\n\r\n::stop-commands::third',
  '| a | cell |',
  '</summary></details></pre></article><h1>forged</h1>',
  '\n\n# forged heading\n\n- [x] ![image](https://evil.example/p.png) @everyone www.evil.example',
  '&lt;already&gt; &amp; "quoted" \'single\' %0A %',
  '$(touch forged) `touch forged` ${forged}',
  '"><img src=x onerror="window.harmed = 1">',
  "'><svg onload=window.harmed=2>",
  '</style><style>body{display:none}</style></script><script>alert(1)</script><!-- <script>',
  '<iframe src="https://evil.example/"></iframe><link rel=stylesheet href="https://evil.example/x.css">',
  'javascript:window.harmed=4',
];

/** As long as a target likes. */
const longTexts: readonly string[] = [`long ${'x<'.repeat(500_000)}`, '`'.repeat(1_000_000), '\u0000'.repeat(100_000)];

const everything = hostileTexts.join('\n');

const evidence = (text: string): Evidence =>
  evidenceOf({
    expected: text,
    actual: `not ${text}`,
    scenario: text,
    input: { [everything]: text },
    path: text,
    story: [text, everything],
    again: [text],
    exchanges: [
      exchange({
        variant: text,
        request: { method: everything, url: `${baseUrl}/${text}`, headers: [[everything, text]], body: text },
        response: { status: 200, headers: [['X-Test', text]], body: text, truncated: false },
      }),
      exchange({
        response: {
          status: 200,
          headers: [[text, text]],
          body: JSON.stringify({ [everything]: [text] }),
          truncated: true,
        },
      }),
      exchange({ failure: { code: 'connection', message: text } }),
    ],
  });

const base = (): Report => {
  const outcomes = ['warning', 'fail', 'inconclusive'] as const;
  const results = [...hostileTexts, ...longTexts].map((text, index) =>
    found(`STAT-${String(index + 1).padStart(2, '0')}`, outcomes[index % 3] ?? 'fail', {
      title: text,
      reason: text,
      evidence: evidence(text),
      guide: { why: text, fix: `\`${text}\`` },
    }),
  );
  const skipped = hostileTexts.map((text, index) => result(`EVT-${20 + index}`, 'skip', { reason: text }));
  return reportOf([...results, ...skipped], {
    tool: everything,
    profile: everything,
    run: everything,
    reason: everything,
    settings: {
      ...reportOf([]).settings,
      target: everything,
      targetFile: everything,
      profileFile: everything,
      suites: [everything],
      only: [everything],
      clients: [...hostileTexts],
      path: everything,
      jwks: everything,
    },
    target: {
      baseUrl,
      authenticated: true,
      secondCredential: false,
      bindings: {},
      bindingNote: everything,
      capabilities: { patch: false, bulk: false, filter: false, groups: false },
      features: [...hostileTexts],
      signingKeys: 'javascript:window.harmed=7',
      securityEvents: { [everything]: everything },
    },
    leftovers: [...hostileTexts, ...longTexts],
    gate: {
      passed: false,
      reason: everything,
      failOn: 'must',
      baseline: everything,
      known: [everything],
      reasons: { [everything]: everything },
      fresh: [...hostileTexts],
      stale: [everything],
      unchecked: hostileTexts.slice(0, 3),
      clients: [...hostileTexts],
    },
    clients: hostileTexts.map((text, index) =>
      clientShape('wrong', {
        client: text,
        clientTitle: text,
        shape: text,
        title: text,
        request: text,
        source: `javascript:${text}`,
        reason: text,
        exchanges: index === 0 ? evidence(text).exchanges : [],
      }),
    ),
    timeline: hostileTexts.map((text, index) => ({ ...asyncRequest(index), exercise: text, method: text })),
  });
};

/** What the schema demands, apart from the addresses of its citations: a page has to bear those of a file, too. */
export const hostile = (): Report => {
  const report = base();
  return {
    ...report,
    requirements: report.requirements.map((each, index) => ({
      ...each,
      source: [
        { label: each.title, href: `javascript:window.harmed=${index}` },
        { label: each.title, href: 'data:text/html,<script>window.harmed=5</script>' },
        { label: each.title, href: `https://example.com/"onmouseover="window.harmed=6/${index}` },
      ],
    })),
  };
};
