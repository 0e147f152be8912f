import { startMock } from '../mock/index.js';
import { runSuite } from '../suites/index.js';
import { deviations } from './suite/deviations.js';
const d = deviations.find((x) => x.name === process.env.DEV)!;
const mock = await startMock({ retryAfterSeconds: 0, seams: d.seams() });
const r = await runSuite({
  target: { baseUrl: mock.url, token: mock.tokens.primary },
  seed: 1,
  only: process.env.ALL ? [] : [...d.breaks],
});
for (const q of r.requirements)
  if (process.env.ALL ? !['pass', 'skip', 'not-implemented'].includes(q.outcome) : true)
    console.log(q.id, q.outcome, q.exercised, q.reason, q.evidence?.path, JSON.stringify(q.evidence?.input), q.evidence?.actual, q.evidence?.story, q.evidence?.again)
await mock.stop();
