/** Asks for the status of requests that never were. */
import fc from 'fast-check';
import { responseObject } from '../../trace/message.js';
import { defineScenario } from '../scenario.js';
import { asyncCreate } from './async-user.js';
import { canonicalStatusUrl, statusUrlOfAnother } from './status-url.js';

export const statusOfUnknown = defineScenario({
  name: 'status-of-unknown',
  title: 'asks for the status of a request that never was',
  needs: { binding: 'request-mode' },
  inputs: () => fc.uuid(),
  exercise: async (unknown, session) => {
    const { submission, exchange } = await session.complete(asyncCreate(session.userName()));
    const id = responseObject(exchange)?.id ?? responseObject(await session.look(submission))?.id;
    const urls = [
      statusUrlOfAnother(session.facts, submission, id, unknown),
      canonicalStatusUrl(session.facts, unknown),
    ];
    for (const url of new Set(urls)) {
      await session.send({ method: 'GET', url, purpose: 'status-unknown', subject: unknown });
    }
  },
});
