/**
 * Sends one odd input at a time while nothing else is in flight, and looks right afterwards whether usual requests are
 * still served. What comes again with the same input was not caused by anything else.
 */
import { urn } from '../../../schemas/names.js';
import { defineScenario } from '../../definitions/scenario.js';
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { step, type Step } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';

export const afterOddInputSteps = {
  /** Usual requests before the input. */
  before: step('before the odd input'),
  /** Usual requests right after it. */
  rightAfter: step('right after the odd input'),
  /** A usual request that is repeated until the provider serves it again. */
  recovered: step('some time after the odd input'),
};

/** How often an input is tried, as long as usual requests are not served after it. */
export const oddInputTries = 3;
/** Usual requests before each try: all of them have to be served. */
export const usualBefore = 5;

const steps = afterOddInputSteps;
/** Milliseconds before each look after the input. */
const pausesMs = [0, 50, 200];

const deepList = `${'['.repeat(8000)}${']'.repeat(8000)}`;
const deepObject = `${'{"a":'.repeat(4000)}1${'}'.repeat(4000)}`;

interface OddInput {
  readonly method: string;
  readonly url: string;
  readonly body?: string;
}

/** No body is a valid user: `userName` is missing. */
const inputs: Readonly<Record<string, OddInput>> = {
  'a deep list': { method: 'POST', url: '/Users', body: deepList },
  'a deep attribute': {
    method: 'POST',
    url: '/Users',
    body: JSON.stringify({ ...plainUser(''), userName: 7, name: '§' }).replace('"§"', deepObject),
  },
  'a deep operation': {
    method: 'POST',
    url: '/Bulk',
    body: JSON.stringify({
      schemas: [urn.bulkRequest],
      Operations: [{ method: 'POST', path: '/Users', bulkId: 'b', data: '§' }],
    }).replace('"§"', deepObject),
  },
  'a filter with many brackets': { method: 'GET', url: `/Users?filter=${'('.repeat(1000)}` },
  'a body that ends early': { method: 'POST', url: '/Users', body: '{"schemas":[' },
};

const look = (session: Session, subject: string, variant: Step) =>
  session.attempt({
    method: 'GET',
    url: '/Users?startIndex=1&count=1',
    purpose: 'probe',
    subject,
    variant,
    once: variant !== steps.recovered,
  });

export const isServed = (exchange: Awaited<ReturnType<typeof look>>): boolean =>
  isAnswered(exchange) && exchange.response.status < 500;

/** Sends the input between usual requests; returns whether all of these were served, or none can be any more. */
const isAllServed = async (session: Session, name: string, input: OddInput): Promise<boolean> => {
  for (let sent = 0; sent < usualBefore; sent += 1) if (!isServed(await look(session, name, steps.before))) return true;
  await session.attempt({ ...input, purpose: 'fuzz', subject: name, once: true });
  for (const pause of pausesMs) {
    if (pause > 0) await session.pause(pause);
    if (isServed(await look(session, name, steps.rightAfter))) continue;
    return !isServed(await look(session, name, steps.recovered));
  }
  return true;
};

export const afterOddInput = defineScenario({
  name: 'after-odd-input',
  title: 'sends one odd input at a time, and looks whether usual requests are served afterwards',
  alone: true,
  exercise: async (_input, session) => {
    for (const [name, input] of Object.entries(inputs)) {
      if (input.url === '/Bulk' && !session.facts.capabilities.bulk) continue;
      for (let tried = 0; tried < oddInputTries; tried += 1) if (await isAllServed(session, name, input)) break;
    }
  },
});
