/** Sends synchronous bulk requests with valid and invalid operations. */
import fc from 'fast-check';
import { header, requestMode, urn } from '../../../schemas/names.js';
import { operationResults } from '../../bindings/operation-result.js';
import { buildUser, plainUser, userAttributes } from '../../generators/user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { responseObject } from '../../trace/message.js';
import { step } from '../../trace/step.js';
import { pathOfResult } from '../building-blocks/look-again.js';

export const synchronousBulkSteps = {
  /** The request with the mode header `synchronous`. */
  inModeSynchronous: step('bulk request in mode synchronous'),
  /** A read of what an operation has created, by its result. */
  created: step('created by a bulk request'),
};

export const synchronousBulk = defineScenario({
  name: 'synchronous-bulk',
  title: 'sends a synchronous bulk request',
  needs: { capability: 'bulk' },
  inputs: (facts) =>
    fc.array(fc.record({ user: userAttributes, valid: fc.boolean() }), {
      minLength: 1,
      maxLength: Math.max(1, Math.min(5, facts.bulkRoom ?? 5)),
    }),
  exercise: async (users, session) => {
    const Operations = users.map(({ user, valid }, index) => {
      const { userName, ...rest } = buildUser(session.userName(), user);
      return { method: 'POST', path: '/Users', bulkId: `b${index}`, data: valid ? { userName, ...rest } : rest };
    });
    const about = { method: 'POST', url: '/Bulk', purpose: 'bulk' } as const;
    const answer = await session.send({ ...about, body: { schemas: [urn.bulkRequest], Operations } });
    const names = new Map(Operations.map(({ bulkId, data }) => [bulkId, data.userName]));
    for (const result of operationResults(responseObject(answer) ?? {})) {
      const userName = names.get(result.bulkId ?? '');
      if (result.status !== '201' || typeof userName !== 'string') continue;
      const path = pathOfResult(session, result);
      const look = { purpose: 'read', subject: userName, variant: synchronousBulkSteps.created } as const;
      const read = path === undefined ? undefined : await session.attempt({ method: 'GET', url: path, ...look });
      if (read?.response?.status !== 200) await session.find(userName);
    }
    // A second request, with the mode header `synchronous`.
    const again = plainUser(session.userName());
    const body = {
      schemas: [urn.bulkRequest],
      Operations: [{ method: 'POST', path: '/Users', bulkId: 's', data: again }],
    };
    const headers: [string, string][] = [[header.requestMode, requestMode.synchronous]];
    await session.send({ ...about, headers, variant: synchronousBulkSteps.inModeSynchronous, body });
  },
});
