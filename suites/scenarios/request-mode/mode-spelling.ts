/** Sends the mode header with name and value in random letter cases, because both are case-insensitive. */
import fc from 'fast-check';
import { header, requestMode } from '../../../schemas/names.js';
import { defineScenario } from '../../definitions/scenario.js';
import { asyncCreate } from '../../session/async-create.js';
import { step } from '../../trace/step.js';

export const modeSpellingSteps = {
  /** The create with the mode header spelled like this. */
  spelled: (name: string, value: string) => step(`${name}: ${value}`),
};

/** A word with a random case for each letter. */
const anyCase = (word: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: word.length, maxLength: word.length })
    .map((upper) =>
      [...word].map((letter, i) => (upper[i] === true ? letter.toUpperCase() : letter.toLowerCase())).join(''),
    );

export const modeSpelling = defineScenario({
  name: 'mode-spelling',
  title: 'spells the mode header in other letter cases',
  needs: { binding: 'request-mode' },
  inputs: () => fc.record({ name: anyCase(header.requestMode), value: anyCase(requestMode.asynchronous) }),
  exercise: async ({ name, value }, session) => {
    const variant = modeSpellingSteps.spelled(name, value);
    const submitted = await session.submit(asyncCreate(session.userName(), { asking: [[name, value]], variant }));
    if (submitted.submission.accepted) await session.settle(submitted);
  },
});
