/**
 * Looks for a list of status resources, above the place where they are served, as another client and without a credential:
 * RFC 7644 has lists at every endpoint, and a framework may serve one that nobody thought of.
 */
import { resolveLocation } from '../../bindings/locations.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { isAnswered } from '../../trace/trace.js';
import { defineScenario } from '../../definitions/scenario.js';
import { stepFamily } from '../../trace/step.js';
import { Blocked } from '../../errors/errors.js';

export const foreignListSteps = {
  /** A GET of this URL by somebody who has not submitted the request. */
  list: stepFamily('list '),
};

/** Resources on a page of a list; a newer status may be on the last one. */
const pageSize = 200;

/** The URLs above a status resource, under the base URL: `/provision/1/status` is in `/provision/1` and in `/provision`. */
const above = (location: string, baseUrl: string): string[] => {
  const urls: string[] = [];
  for (let url = location.replace(/\/[^/]*$/, ''); url.length > baseUrl.length; url = url.replace(/\/[^/]*$/, ''))
    if (url.startsWith(`${baseUrl}/`)) urls.push(url);
  return urls;
};

const readList = async (session: Session, url: string, credential: 'second' | 'none'): Promise<void> => {
  const about = { purpose: 'foreign-status', credential, variant: foreignListSteps.list.of(url) } as const;
  const first = await session.attempt({ method: 'GET', url, ...about });
  const total = isAnswered(first) && first.response.status === 200 ? responseObject(first)?.totalResults : undefined;
  if (typeof total !== 'number' || total < 1) return;
  const from = Math.max(1, total - pageSize + 1);
  await session.attempt({ method: 'GET', url: `${url}?startIndex=${from}&count=${pageSize}`, ...about });
};

export const foreignList = defineScenario({
  name: 'foreign-list',
  title: 'looks for a list of status resources as another client',
  needs: { binding: 'request-mode', credential: 'second' },
  exercise: async (_input, session) => {
    const { submission, exchange } = await session.complete(asyncCreate(session.userName()));
    if (submission.location === undefined)
      throw new Blocked('no-location', 'The 202 has no Location to observe the request at.');
    const { baseUrl } = session.facts;
    const location = resolveLocation(submission.location, exchange.request.url) ?? submission.location;
    const urls = new Set([...above(location, baseUrl), `${baseUrl}/provision`, `${baseUrl}/provisions`]);
    for (const url of urls)
      for (const credential of ['second', 'none'] as const) await readList(session, url, credential);
  },
});
