/**
 * Sends the preference in different spellings with the same meaning (RFC 7240 §2), some with other preferences, and other
 * preferences that look like it.
 */
import { header, respondAsync } from '../../../schemas/names.js';
import type { HeaderList } from '../../../schemas/types.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Submitted } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step, stepFamily, type Step } from '../../trace/step.js';
import { settleAll } from '../building-blocks/settle-all.js';

const lines = (...values: string[]): HeaderList => values.map((value) => [header.prefer, value]);

export const preferSpellingSteps = {
  /** The usual spelling, with which the others are compared. */
  plain: step('plain'),
  /** A value that only looks like the preference. */
  other: stepFamily('another preference: '),
};

const spellings: readonly { readonly variant: Step; readonly asking: HeaderList }[] = [
  { variant: preferSpellingSteps.plain, asking: lines(respondAsync) },
  { variant: step('in capitals'), asking: lines('Respond-Async') },
  { variant: step('another preference before it'), asking: lines(`return=representation, ${respondAsync}`) },
  { variant: step('another preference behind it'), asking: lines(`${respondAsync}, handling=lenient`) },
  { variant: step('on the second line'), asking: lines('return=representation', respondAsync) },
  { variant: step('with a parameter'), asking: lines(`${respondAsync}; x="a, b"`) },
  { variant: step('an unknown preference before it'), asking: lines(`scimc-unknown="respond", ${respondAsync}`) },
];

/** Values of Prefer that only look like the preference: a token is compared as a whole (RFC 7240 §2). */
const others = [
  `${respondAsync}hronously`,
  `x-${respondAsync}`,
  'respond_async',
  `scimc-unknown="${respondAsync}"`,
  `scimc-unknown="a, ${respondAsync}"`,
  `handling=lenient; ${respondAsync}`,
];

export const preferSpelling = defineScenario({
  name: 'prefer-spelling',
  title: 'asks for an asynchronous answer in several spellings',
  needs: { binding: 'respond-async' },
  exercise: async (_input, session) => {
    const submitted: Submitted[] = [];
    for (const spelling of spellings) submitted.push(await session.submit(asyncCreate(session.userName(), spelling)));
    for (const value of others) {
      const about = { asking: lines(value), variant: preferSpellingSteps.other.of(value), purpose: 'create' } as const;
      submitted.push(await session.submit(asyncCreate(session.userName(), about)));
    }
    await settleAll(session, submitted);
  },
});
