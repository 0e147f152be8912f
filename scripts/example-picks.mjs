/**
 * Chooses the exchanges of an example if the judge may find any of many equal ones first. Choosing a certain kind makes
 * the same example every time. Each function takes the trace of the mock with the fault or without it.
 */
import { Buffer } from 'node:buffer';

const exchangesOf = ({ entries }) => entries.filter(({ type }) => type === 'exchange');

/** Reads of a burst with a wanted status. */
const burstReads = (trace, isWanted) =>
  exchangesOf(trace).filter(
    ({ purpose, variant, request, response }) =>
      purpose === 'burst' && variant === undefined && request.method === 'GET' && isWanted(response?.status ?? 0),
  );

const throttledRead = (trace) => burstReads(trace, (status) => status === 429).slice(0, 1);

const foundBy = ({ response }) => JSON.parse(response?.body ?? '{}').totalResults ?? 0;

/** A throttled asynchronous create and the search for its name; preferably one that the search finds. */
const throttledCreate = (trace) => {
  const refused = exchangesOf(trace).filter(
    ({ request, response }) =>
      request.method === 'POST' &&
      response?.status === 429 &&
      request.headers.some(([name]) => name === 'X-SCIM-Request-Mode'),
  );
  const searches = exchangesOf(trace).filter(
    ({ purpose, subject }) => purpose === 'search' && refused.some((each) => each.subject === subject),
  );
  const search = searches.find((each) => foundBy(each) > 0) ?? searches[0];
  return [refused.find(({ subject }) => subject === search?.subject), search];
};

/** A create that was accepted during the burst and its last poll; preferably one that was lost. */
const acceptedCreate = (trace) => {
  const creates = trace.entries.filter(
    ({ type, accepted, shape, exchange }) =>
      type === 'submission' && accepted && shape === 'single' && trace.entries[exchange]?.purpose === 'burst',
  );
  const lost = trace.entries.filter(({ type, outcome }) => type === 'settlement' && outcome !== 'completed');
  const create = creates.find(({ n }) => lost.some(({ submission }) => submission === n)) ?? creates[0];
  return [
    trace.entries[create?.exchange],
    exchangesOf(trace).findLast(({ submission, purpose }) => submission === create?.n && purpose === 'poll'),
  ];
};

const createdNotice = 'urn:ietf:params:scim:event:prov:create:notice';

const claimsOf = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));

/** A poll whose response contains the notice that a user was created. Only this notice is kept. */
const creationNotice = (trace) => {
  for (const exchange of exchangesOf(trace)) {
    if (exchange.purpose !== 'event-poll' || exchange.response?.status !== 200) continue;
    const { sets } = JSON.parse(exchange.response.body);
    const notice = Object.entries(sets).find(([, jwt]) => {
      const { events, sub_id: subject } = claimsOf(jwt);
      return createdNotice in events && subject.uri.startsWith('/Users/');
    });
    if (notice === undefined) continue;
    const body = JSON.stringify({ sets: Object.fromEntries([notice]) });
    const request = { ...exchange.request, body: JSON.stringify({ returnImmediately: true }) };
    return [{ ...exchange, request, response: { ...exchange.response, body } }];
  }
  return [];
};

export const picks = {
  'EVT-06': creationNotice,
  'RATE-01': throttledRead,
  'RATE-02': throttledRead,
  'RATE-03': throttledCreate,
  'RATE-05': acceptedCreate,
  'RATE-08': (trace) => burstReads(trace, (status) => status === 200).slice(-1),
  'RATE-09': (trace) => burstReads(trace, (status) => status >= 429).slice(0, 1),
};
