/** Adds several members to one group at the same time, each by a PATCH of its own: none may be lost. */
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import type { RequestPlan, Submitted, SubmitPlan } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { createGroup, createMember, type CreatedGroup } from '../building-blocks/create-group.js';
import { patchBody } from '../building-blocks/patches.js';
import { settleAll } from '../building-blocks/settle-all.js';

/** Number of members, one of which is there from the beginning. */
const count = 7;

export const membersAtATimeSteps = {
  atTheSameTime: step('at the same time'),
  afterwards: step('afterwards'),
};

export const membersAtATime = defineScenario({
  name: 'members-at-a-time',
  title: 'adds several members to a group at the same time',
  needs: { capability: 'groups' },
  eachBinding: true,
  // Beside other requests, the PATCHes would run one after another.
  alone: true,
  inputs: ({ capabilities }, turn) => (capabilities.patch ? modesOf(turn) : []),
  exercise: async (asynchronous, session) => {
    const ids: string[] = [];
    while (ids.length < count) ids.push((await createMember(session)).id);
    const [first = '', ...others] = ids;
    const group = await createGroup(session, [first]);
    const submitted: Submitted[] = [];
    await Promise.all(
      others.map(async (id, place) => {
        if (asynchronous && place % 2 === 0) submitted.push(await session.submit(addLater(group, id)));
        else await session.attempt(addAtOnce(group, id));
      }),
    );
    await settleAll(session, submitted, 'when done');
    const { name: subject, path: url } = group;
    await session.send({ method: 'GET', url, purpose: 'read', subject, variant: membersAtATimeSteps.afterwards });
  },
});

const addition = ({ name: subject, path: url }: CreatedGroup, id: string) => ({
  method: 'PATCH' as const,
  url,
  subject,
  variant: membersAtATimeSteps.atTheSameTime,
  body: patchBody([{ op: 'add', path: 'members', value: [{ value: id }] }]),
});

const addAtOnce = (group: CreatedGroup, id: string): RequestPlan => ({ ...addition(group, id), purpose: 'patch' });

const addLater = (group: CreatedGroup, id: string): SubmitPlan => ({
  ...addition(group, id),
  operations: [{ method: 'PATCH', path: group.path, expected: 'success' }],
});
