/** Requests to any of several mocks, sent again until one of them answers: as a client does whose provider is killed. */
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch } from 'undici';
import { token } from '../mock-process.mjs';

/** Milliseconds between two tries. */
const patience = 20;

/**
 * `urlOf` returns the base URL of a mock, anew for each try. `insist` resolves with the first answer below 500. With
 * a `requestId` a write may be sent again.
 */
export const createAsking = (urlOf) => {
  /** An answer that takes longer is none. */
  const dispatcher = new Agent({ headersTimeout: 30_000, bodyTimeout: 30_000 });
  const requests = { sent: 0, unanswered: 0 };

  /** Undefined if the connection broke, or if the mock cannot do it now. */
  const send = async (method, place, { body, requestId } = {}) => {
    requests.sent += 1;
    try {
      const response = await fetch(`${urlOf()}${place}`, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/scim+json' }),
          ...(requestId === undefined ? {} : { 'X-Request-ID': requestId, 'X-SCIM-Request-Mode': 'asynchronous' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        dispatcher,
      });
      const text = await response.text();
      return response.status >= 500
        ? undefined
        : { status: response.status, body: text === '' ? {} : JSON.parse(text) };
    } catch {
      return undefined;
    }
  };

  const insist = async (method, place, sent) => {
    for (;;) {
      const answer = await send(method, place, sent);
      if (answer !== undefined) return answer;
      requests.unanswered += 1;
      await sleep(patience);
    }
  };

  return { insist, requests, close: () => dispatcher.close() };
};

export const pick = (list) => list[randomInt(list.length)];
