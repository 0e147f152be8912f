/** Polls a status at any process until it is completed, and counts how often it goes back. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds after which a request that is not completed is lost. */
const longest = 120_000;
const begin = { success: 0, failed: 0, pending: Infinity, isCompleted: false, modified: '' };

const isBack = (before, now) =>
  now.success < before.success ||
  now.failed < before.failed ||
  now.pending > before.pending ||
  (before.isCompleted && !now.isCompleted) ||
  now.modified < before.modified;

/** Resolves with the last status, or with undefined if it is not there or not completed in time. */
export const createFollow =
  ({ insist }, figures) =>
  async (id) => {
    let before = begin;
    for (const deadline = Date.now() + longest; Date.now() < deadline; await sleep(10)) {
      const { status, body } = await insist('GET', `/provision/${id}/status`);
      figures.polls += 1;
      if (status !== 200) return undefined;
      const now = {
        ...body.operationsCount,
        isCompleted: body.status.completed,
        modified: body.meta.lastModified,
      };
      if (isBack(before, now)) figures.wentBack += 1;
      if (now.isCompleted) return body;
      before = now;
    }
    return undefined;
  };

/** How often each value of an attribute is there, in all resources of an endpoint. */
export const countBy = async ({ insist }, endpoint, attribute) => {
  const found = new Map();
  for (let startIndex = 1; ;) {
    const { body } = await insist('GET', `${endpoint}?startIndex=${startIndex}&count=1000`);
    for (const { [attribute]: name } of body.Resources) found.set(name, (found.get(name) ?? 0) + 1);
    startIndex += body.Resources.length;
    if (body.Resources.length === 0 || startIndex > body.totalResults) return found;
  }
};

/** Adds what is not there to `lost`, and what is there more than once to `doubled`. */
export const compare = (wanted, found, figures) => {
  for (const name of wanted) {
    const count = found.get(name) ?? 0;
    if (count === 0) figures.lost += 1;
    else figures.doubled += count - 1;
  }
};
