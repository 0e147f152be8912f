/** Adds and removes members of one group at the same time, each by a PATCH of its own, in several rounds. */
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { createGroup, createMember, type CreatedGroup } from '../building-blocks/create-group.js';
import { valuesOf, writeAndRead } from '../building-blocks/group-writes.js';
import { plainMemberWrites } from '../building-blocks/plain-member-writes.js';
import { patchBody, type PatchOperation } from '../building-blocks/patches.js';

const users = 8;

export const membersInRoundsSteps = {
  /** The first round: members are only added. */
  adding: step('adds at the same time'),
  /** Rounds in which members are added and removed. */
  mixed: step('adds and removes at the same time'),
};

const { adding, mixed } = membersInRoundsSteps;

/** One request of a round: places in the list of users. */
interface Request {
  readonly out?: number;
  readonly in?: number;
}

const rounds: readonly { readonly variant: typeof adding; readonly requests: readonly Request[] }[] = [
  { variant: adding, requests: [{ in: 3 }, { in: 4 }, { in: 5 }, { in: 6 }] },
  { variant: mixed, requests: [{ out: 1 }, { in: 0 }, { out: 3 }, { in: 7 }, { out: 4, in: 2 }, { out: 2 }] },
  { variant: mixed, requests: [{ in: 1 }, { out: 5 }, { out: 7 }, { in: 3 }, { out: 6, in: 4 }] },
];

const sendRound = async (
  session: Session,
  group: CreatedGroup,
  ids: readonly string[],
  { variant, requests }: (typeof rounds)[number],
): Promise<void> => {
  const { name: subject, path: url } = group;
  await Promise.all(
    requests.map((request) => {
      const operations: PatchOperation[] = [
        ...(request.out === undefined ? [] : [{ op: 'remove', path: `members[value eq "${ids[request.out] ?? ''}"]` }]),
        ...(request.in === undefined ? [] : [{ op: 'add', path: 'members', value: valuesOf([ids[request.in] ?? '']) }]),
      ];
      return session.attempt({ method: 'PATCH', url, purpose: 'patch', subject, variant, body: patchBody(operations) });
    }),
  );
  await session.send({ method: 'GET', url, purpose: 'read', subject });
};

export const membersInRounds = defineScenario({
  name: 'members-in-rounds',
  title: 'adds and removes members of a group at the same time',
  needs: { capability: 'groups' },
  // Beside other requests, the PATCHes would run one after another.
  alone: true,
  inputs: ({ capabilities }) => (capabilities.patch ? [null] : []),
  exercise: async (_input, session) => {
    const ids: string[] = [];
    while (ids.length < users) ids.push((await createMember(session)).id);
    const group = await createGroup(session, ids.slice(0, 2));
    await writeAndRead(session, group, plainMemberWrites(group.name, ids));
    for (const round of rounds) await sendRound(session, group, ids, round);
  },
});
