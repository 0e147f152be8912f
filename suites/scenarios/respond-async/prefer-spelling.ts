/** Asks for an asynchronous answer in spellings that mean the same (RFC 7240 §2), with preferences beside it. */
import { header, respondAsync } from '../../../schemas/names.js';
import type { HeaderList } from '../../../schemas/types.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Submitted } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { settleAll } from '../building-blocks/settle-all.js';

const lines = (...values: string[]): HeaderList => values.map((value) => [header.prefer, value]);

const spellings: Readonly<Record<string, HeaderList>> = {
  plain: lines(respondAsync),
  'in capitals': lines('Respond-Async'),
  'another preference before it': lines(`return=representation, ${respondAsync}`),
  'another preference behind it': lines(`${respondAsync}, handling=lenient`),
  'on the second line': lines('return=representation', respondAsync),
  'with a parameter': lines(`${respondAsync}; x="a, b"`),
  'an unknown preference before it': lines(`scimc-unknown="respond", ${respondAsync}`),
};

export const preferSpelling = defineScenario({
  name: 'prefer-spelling',
  title: 'asks for an asynchronous answer in several spellings',
  needs: { binding: 'respond-async' },
  exercise: async (_input, session) => {
    const submitted: Submitted[] = [];
    for (const [variant, asking] of Object.entries(spellings))
      submitted.push(await session.submit(asyncCreate(session.userName(), { asking, variant })));
    await settleAll(session, submitted);
  },
});
