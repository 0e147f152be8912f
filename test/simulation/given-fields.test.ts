/** A header field of any name may hold a credential (README, «Test a provider»). */
import t from 'tap';
import { eventLine } from '../../reports/event-lines.js';
import { formats } from '../../reports/formats.js';
import { traceLines } from '../../reports/trace.js';
import { mockProvider } from '../../simulation/index.js';
import { judgeRecording, readRecording, type TargetDescription } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';
import { spellingsOf } from '../providers/poison.js';

t.setTimeout(600_000);

const value = 'in:plain/sight+of-all';

/** Of every part of a run some. */
const only = ['CORE-02', 'ACC-03', 'SEC-01', 'SEC-02', 'SEC-03', 'SEC-08', 'PREF-08', 'ERR-06'];

/** What a run with this field shows, and which requests had it, by their credential. The target repeats it in every spelling. */
const runWith = async (target: Pick<TargetDescription, 'headers' | 'publicFields'>) => {
  const seen = new Map<string | undefined, Set<string | undefined>>();
  const trace: string[] = [];
  const events: string[] = [];
  const { report, provider } = await simulate({
    seed: 1,
    provider: mockProvider({
      retryAfterSeconds: 0,
      seams: {
        respond: (answer, request) => {
          if (request.path.startsWith('/.well-known/')) return answer;
          const by = request.field('Authorization');
          seen.set(by, (seen.get(by) ?? new Set()).add(request.field('X-Anything')));
          const repeated = { body: { ...(answer.body as object), repeated: spellingsOf(value) } };
          const headers = { ...answer.headers, 'X-Repeated': `you said ${value}` };
          return { ...answer, headers, ...(answer.body === undefined ? {} : repeated) };
        },
      },
    }),
    target,
    run: {
      runs: 1,
      only,
      burst: 0,
      onEvent: (event) => {
        trace.push(traceLines(event));
        events.push(eventLine(event, new Date(0)));
      },
    },
  });
  const again = await judgeRecording(readRecording(trace.join('')));
  const reports = [report, again].flatMap((each) => Object.values(formats).map((format) => format(each)));
  const texts = [trace.join(''), events.join(''), ...(await Promise.all(reports.map(async (each) => each)))];
  return { report, seen, texts, primary: `Bearer ${provider.target.token ?? ''}` };
};

void t.test('it goes only where the first credential goes, and stands in no report and no recording', async (t) => {
  const { report, seen, texts, primary } = await runWith({ headers: [['X-Anything', value]] });
  t.equal(seen.size > 3, true, 'requests with other credentials, and without');
  for (const [by, values] of seen) t.strictSame([...values], [by === primary ? value : undefined], String(by));
  t.strictSame(
    report.requirements.map(({ id, outcome }) => [id, outcome]).filter(([, outcome]) => outcome !== 'pass'),
    [],
    'and it may be none, so that repeating it is no failure',
  );
  t.match(texts[0], /"X-Anything","{{header}}"/);
  for (const text of texts) {
    const found = spellingsOf(value).flatMap((each) => [each, JSON.stringify(each).slice(1, -1)]);
    t.strictSame(
      found.filter((each) => text.includes(each)),
      [],
    );
  }
});

void t.test('a public one goes everywhere, and is shown', async (t) => {
  const { seen, texts } = await runWith({ headers: [['X-Anything', value]], publicFields: ['X-Anything'] });
  // The keys for signatures are read without anything (`/.well-known/…` names their place).
  for (const [by, values] of seen)
    t.strictSame([...values], by === undefined ? [undefined, value] : [value], String(by));
  t.match(texts[0], `"X-Anything","${value}"`);
});
