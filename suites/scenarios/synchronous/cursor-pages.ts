/** Reads a list in pages by cursor (RFC 9865). */
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { step } from '../../trace/step.js';
import { createOwnList, lookAt, ownListSize, type OwnList } from '../building-blocks/own-list.js';

export const cursorPagesSteps = {
  /** A page of two; the first has an empty cursor, and each other one the `nextCursor` of the page before. */
  page: step('page by cursor'),
  /** A count without a cursor and without a startIndex. */
  unspecified: step('without a way of paging'),
  /** A cursor that the provider did not make. */
  unknown: step('unknown cursor'),
};

const count = 2;

/** More pages than the own resources can fill, even if some pages are short. */
const mostPages = 3 * ownListSize;

/** Pages of a list that has resources of others, too. */
const bound = 3;

const pageThrough = async (session: Session, list: OwnList): Promise<void> => {
  const most = list.filter === undefined ? bound : mostPages;
  let cursor: unknown = '';
  for (let pages = 0; pages < most; pages += 1) {
    if (typeof cursor !== 'string' || (pages > 0 && cursor === '')) return;
    const query = `cursor=${encodeURIComponent(cursor)}&count=${count}`;
    const answer = await lookAt(session, list, query, cursorPagesSteps.page);
    cursor = answer.response?.status === 200 ? responseObject(answer)?.nextCursor : undefined;
  }
};

export const cursorPages = defineScenario({
  name: 'cursor-pages',
  title: 'reads lists in pages by cursor',
  needs: { capability: 'cursor' },
  exercise: async (_input, session) => {
    const list = await createOwnList(session, 'Users');
    await pageThrough(session, list);
    await lookAt(session, list, `count=${count}`, cursorPagesSteps.unspecified);
    await lookAt(session, list, `cursor=${session.word()}&count=${count}`, cursorPagesSteps.unknown);
  },
});
