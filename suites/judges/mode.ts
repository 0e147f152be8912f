/** MODE-01 to MODE-07: how a request asks for the asynchronous mode. */
import { header, requestMode } from '../../schemas/names.js';
import { isObject, responseHeader, responseJson, responseObject } from '../trace/message.js';
import { isDeepStrictEqual } from 'node:util';
import { judgeEach, type Judge } from './judge.js';
import { isOfRespondAsync } from './pref.js';

/** An asynchronous create and an asynchronous bulk request answer 202. */
export const mode01: Judge = (trace) =>
  judgeEach(
    trace.submissions().filter((submission) => {
      const { purpose, variant, request } = trace.asking(submission);
      return request.method === 'POST' && purpose === 'submit' && (variant === undefined || variant === 'large');
    }),
    (submission) =>
      submission.accepted
        ? undefined
        : {
            expected: `202 to an asynchronous ${submission.shape === 'bulk' ? 'bulk request' : 'create'}`,
            actual: `the answer is ${trace.asking(submission).response.status}`,
            exchanges: [trace.asking(submission)],
          },
  );

/** Without the header, or with `synchronous`, the answer is the normal SCIM answer, never 202. */
export const mode02: Judge = (trace) =>
  judgeEach(
    trace
      .answered('create', 'read', 'replace', 'patch', 'delete', 'bulk', 'search')
      .filter(({ variant }) => variant !== 'Prefer: respond-async' && variant !== 'with mode')
      // That is PREF-09's, or the provider's own choice.
      .filter((exchange) => exchange.response.status !== 202 || !isOfRespondAsync(trace, exchange)),
    (exchange) => {
      const { status } = exchange.response;
      const said = exchange.variant === 'mode synchronous';
      if (status !== 202 && !(said && status !== 201)) return undefined;
      return {
        expected: said
          ? '201 to a create in mode synchronous'
          : 'a synchronous answer to a request without mode header',
        actual: `the answer is ${status}`,
        exchanges: [exchange],
      };
    },
  );

/** Field name and value are matched without regard to case. */
export const mode03: Judge = (trace) =>
  judgeEach(
    trace.submissions().filter((submission) => trace.asking(submission).purpose === 'submit'),
    (submission) =>
      submission.accepted
        ? undefined
        : {
            expected: `202 to «${trace.asking(submission).variant ?? ''}»`,
            actual: `the answer is ${trace.asking(submission).response.status}`,
            exchanges: [trace.asking(submission)],
          },
  );

/** An unknown mode value answers 400 `invalidValue` and nothing is done. */
export const mode04: Judge = (trace) =>
  judgeEach(trace.variant('unknown mode', 'refusal'), (exchange) => {
    const { status } = exchange.response;
    const expected = '400 with scimType invalidValue';
    if (status !== 400) return { expected, actual: `the answer is ${status}`, exchanges: [exchange] };
    const scimType = responseObject(exchange)?.scimType;
    if (scimType !== 'invalidValue') {
      return { expected, actual: `scimType is ${JSON.stringify(scimType)}`, exchanges: [exchange] };
    }
    const found = trace.answered('search').find(({ subject, n }) => subject === exchange.subject && n > exchange.n);
    return found !== undefined && findsUser(responseJson(found), exchange.subject)
      ? { expected: 'nothing to be done', actual: 'the user exists', exchanges: [exchange, found] }
      : undefined;
  });

/** Whether a ListResponse holds a user of this name. */
export const findsUser = (list: unknown, userName: string | undefined): boolean =>
  isObject(list) &&
  Array.isArray(list.Resources) &&
  list.Resources.some(
    (user: unknown) =>
      isObject(user) && typeof user.userName === 'string' && user.userName.toLowerCase() === userName?.toLowerCase(),
  );

/** The 202 says `X-SCIM-Request-Mode: asynchronous`. */
export const mode05: Judge = (trace) =>
  judgeEach(trace.acceptances(), ({ exchange }) => {
    const value = responseHeader(exchange, header.requestMode);
    return value?.trim().toLowerCase() === requestMode.asynchronous
      ? undefined
      : {
          expected: `${header.requestMode}: ${requestMode.asynchronous} on the 202`,
          actual: value === undefined ? 'the field is absent' : `it says «${value}»`,
          exchanges: [exchange],
        };
  });

/** On GET the header changes nothing. */
export const mode06: Judge = (trace) =>
  judgeEach(trace.variant('with mode', 'read'), (withMode) => {
    const [without, again] = trace
      .variant('without mode', 'read')
      .filter(({ subject }) => subject === withMode.subject);
    if (without === undefined) return undefined;
    if (withMode.response.status !== without.response.status) {
      return {
        expected: `${without.response.status}, as without the header`,
        actual: `the answer is ${withMode.response.status}`,
        exchanges: [without, withMode],
      };
    }
    const isSteady = again === undefined || isDeepStrictEqual(responseJson(without), responseJson(again));
    return !isSteady || isDeepStrictEqual(responseJson(withMode), responseJson(without))
      ? undefined
      : {
          expected: 'the same body as without the header',
          actual: 'the bodies differ',
          exchanges: [without, withMode],
        };
  });

/** Asynchronous PUT, PATCH and DELETE answer 202 too. That a synchronous answer is complete and true is CORE-03's. */
export const mode07: Judge = (trace) =>
  judgeEach(
    trace.submissions().filter(({ operations }) => operations[0]?.method !== 'POST'),
    (submission) => {
      const exchange = trace.asking(submission);
      return submission.accepted
        ? undefined
        : {
            expected: `202 to an asynchronous ${exchange.request.method}`,
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [exchange],
          };
    },
  );
