import t from 'tap';
import { formats } from '../../reports/formats.js';
import { eventLine } from '../../reports/event-lines.js';
import { createTapReporter } from '../../reports/tap.js';
import { traceLines } from '../../reports/trace.js';
import { serverProvider } from '../../simulation/index.js';
import { refusals } from '../harness/report-refusals.js';
import { harmIn, inspect, leakIn, mebibyte, mostOfReport, mostOfTrace, secrets } from '../harness/inspect.js';
import { simulate } from '../harness/simulate.js';
import { traceRefusal } from '../harness/valid.js';
import { hostileListener } from '../providers/hostile-target.js';
import { poison, spellingsOf } from '../providers/poison.js';

t.setTimeout(600_000);

/** Of every part of a run some; none that looks at the traffic of all scenarios. */
const only = [
  ...['CORE-02', 'CORE-03', 'CORE-06', 'DISC-03', 'MODE-02', 'ACC-03', 'BULK-05'],
  ...['ERR-02', 'ERR-06', 'SEC-03', 'PREF-03'],
];

void t.test('the test itself sees what it looks for', (t) => {
  const broken: Partial<Record<keyof typeof refusals, string>> = {
    annotations: '::error title=x::y\nnot a command',
    badge: '<svg>',
    har: '{"log":{}}',
    html: '<script></script><img src=x>',
    json: '{}',
    junit: '<testsuites name="x"/>',
    tap: 'TAP version 14\n1..1\nok 1 - x\nforged\n',
  };
  for (const [name, text] of Object.entries(broken))
    t.equal(typeof refusals[name as keyof typeof refusals](text), 'string', name);
  t.equal(typeof traceRefusal('{"type":"exchange"}'), 'string');
  for (const spelling of spellingsOf(secrets.second)) t.equal(typeof leakIn(`x ${spelling} y`), 'string', spelling);
  for (const text of [poison.ansi, poison.markup, poison.nul, poison.unseen]) t.equal(typeof harmIn(text), 'string');
  t.equal(leakIn('Bearer {{primary}}'), undefined);
  t.end();
});

void t.test(
  'every report of a hostile target is well-formed, small and harmless, and holds no credential',
  async (t) => {
    const baseUrl = 'http://127.0.0.1/scim';
    const lines: string[] = [];
    const events: string[] = [];
    const tap: string[] = [];
    const writeTap = createTapReporter((text) => tap.push(text));
    let flooded = (): number => 0;
    const { report } = await simulate({
      seed: 1,
      provider: ({ chance }) => {
        const ids = chance.of('ids');
        const target = hostileListener(
          20,
          () => baseUrl,
          () => ids.uuid(),
        );
        flooded = target.flooded;
        return serverProvider({ baseUrl, token: secrets.token, secondToken: secrets.second }, target.listener);
      },
      run: {
        runs: 1,
        only,
        // The trace is searched for many texts.
        keptBytes: mebibyte,
        deadlineMs: 2000,
        onEvent: (event) => {
          lines.push(traceLines(event));
          events.push(eventLine(event, new Date()));
          writeTap(event);
        },
      },
    });
    t.equal(flooded() > 10, true, `${flooded()} answers of 10 MB`);
    for (const [name, format] of Object.entries(formats)) {
      const text = inspect(t, name, Buffer.from(await format(report)), mostOfReport);
      t.equal(refusals[name as keyof typeof formats](text), undefined, `${name} is well-formed`);
    }
    t.equal(report.verdict, 'non-conformant');
    const crashed = report.requirements.filter(({ outcome }) => outcome === 'harness-error');
    t.strictSame(
      crashed.map(({ id, reason }) => [id, reason]),
      [],
    );
    t.equal(report.counts.fail > 5, true, 'there was something to report');
    inspect(t, 'trace', Buffer.from(lines.join('')), mostOfTrace(report));
    inspect(t, 'events', Buffer.from(events.join('')), mostOfTrace(report));
    const written = inspect(t, 'TAP while the run went on', Buffer.from(tap.join('')), mostOfReport);
    t.equal(refusals.tap(written), undefined);
  },
);
