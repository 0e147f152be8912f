/** CORE-03. * Read, replace, patch and delete work synchronously and agree with one another. A synchronous answer given to an
 * asynchronous write is judged here too (profile §7, clarification 15); an answer of 202 is MODE-02's.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { asyncWrite } from '../../scenarios/request-mode/async-write.js';
import { resourceLifecycle } from '../../scenarios/synchronous/resource-lifecycle.js';
import { atPath, firstPatchOperation, isObject, requestJson, responseObject, textOf } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { succeeded } from './core-agreement.js';

/** A provider may normalise what it keeps: letter case, white space, Unicode form. */
const normal = (text: string): string => text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

const isAlike = (written: unknown, read: unknown): boolean =>
  typeof written === 'string' && typeof read === 'string' ? normal(written) === normal(read) : written === read;

/** Null and an empty list are no value, as an attribute that is absent has none (RFC 7643 §2.5). */
const isThere = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

/** Whether a representation keeps a value that was written, or makes a displayName of the name. */
const keeps = (attribute: string, written: Record<string, unknown>, read: Record<string, unknown>): boolean => {
  const [was, is] = [written[attribute], read[attribute]];
  if (isObject(was) && isObject(is)) {
    return Object.entries(was).every(([name, value]) => !isThere(is[name]) || isAlike(value, is[name]));
  }
  const parts = attribute === 'displayName' && isObject(written.name) ? written.name : {};
  const isDerived =
    typeof is === 'string' &&
    ['givenName', 'familyName'].every((part) => {
      const value = parts[part];
      return typeof value === 'string' && normal(is).includes(normal(value));
    });
  return isDerived || isAlike(was, is);
};

/** Attributes whose value is simple enough that no provider has a reason to change it. */
const compared = ['userName', 'name', 'displayName', 'externalId', 'active'];

/** A read after a write that succeeded shows what was written; an attribute that the provider keeps nowhere is its own choice. */
const disagreement = (write: Answered, read: Answered): Finding | undefined => {
  const expectedStatus = 200;
  if (read.response.status !== expectedStatus) {
    return {
      expected: `a GET after ${write.request.method} ${write.response.status} to answer 200`,
      actual: `it is answered ${read.response.status}`,
      exchanges: [write, read],
    };
  }
  const written = requestJson(write);
  const shown = responseObject(read);
  if (!isObject(written) || shown === undefined) return undefined;
  const wrong = compared.find(
    (attribute) =>
      written[attribute] !== undefined &&
      (attribute === 'userName' || isThere(shown[attribute])) &&
      !keeps(attribute, written, shown),
  );
  return wrong === undefined
    ? undefined
    : {
        expected: `${wrong} to read ${JSON.stringify(written[wrong])}, as written by ${write.request.method}`,
        actual: `it reads ${JSON.stringify(shown[wrong])}`,
        exchanges: [write, read],
      };
};

/** What a user kept and a PUT wrote again, and it has no more (RFC 7644 §3.5.1): what it never kept is the provider's own choice. */
const lostByReplacing = (trace: TraceView, write: Answered, read: Answered): Finding | undefined => {
  const before = trace.variant('after create', 'read').find(({ subject }) => subject === write.subject);
  const shown = responseObject(read);
  if (before === undefined || shown === undefined || isWrittenBetween(trace, before, write)) return undefined;
  const lost = ['displayName', 'name.givenName', 'name.familyName', 'externalId', 'active', 'emails'].find(
    (path) =>
      isThere(atPath(responseObject(before), path)) &&
      isThere(atPath(requestJson(write), path)) &&
      !isThere(atPath(shown, path)),
  );
  return lost === undefined
    ? undefined
    : {
        expected: `${lost} to read ${JSON.stringify(atPath(requestJson(write), lost))}, as written by ${write.request.method}`,
        actual: `there is none any more`,
        exchanges: [before, write, read],
      };
};

const statusFinding = (exchange: Answered, allowed: readonly number[]): Finding | undefined =>
  allowed.includes(exchange.response.status)
    ? undefined
    : {
        expected: `${exchange.request.method} to answer ${allowed.join(' or ')}`,
        actual: `the answer is ${exchange.response.status}`,
        exchanges: [exchange],
      };

/** A PATCH that replaced one attribute, and the read after it. */
const patchDisagreement = (patch: Answered, read: Answered): Finding | undefined => {
  const operation = firstPatchOperation(patch);
  if (operation === undefined) return undefined;
  const shown = atPath(responseObject(read) ?? {}, operation.path);
  return isAlike(operation.value, shown)
    ? undefined
    : {
        expected: `${operation.path} to read ${JSON.stringify(operation.value)} after PATCH`,
        actual: `it reads ${JSON.stringify(shown)}`,
        exchanges: [patch, read],
      };
};

/** The representation with which a write is answered, where it has one, is that of after the write (RFC 7644 §3.5). */
const ownAnswer = (
  write: Answered,
  compare: (write: Answered, read: Answered) => Finding | undefined,
): Finding | undefined => {
  const finding =
    write.response.status === 200 && typeof responseObject(write)?.id === 'string' ? compare(write, write) : undefined;
  return finding === undefined
    ? undefined
    : { ...finding, expected: `the answer to show ${finding.expected}`, exchanges: [write] };
};

/** Whether something else was written there between two exchanges: what a look in between showed may have been lost. */
const isWrittenBetween = (trace: TraceView, first: Answered, second: Answered): boolean =>
  trace
    .all()
    .some(
      ({ subject, request, n }) => subject === first.subject && request.method !== 'GET' && n > first.n && n < second.n,
    );

/** A value at a path as it can be compared: of addresses, which ones they are, in any order. */
const comparable = (resource: unknown, path: string): unknown => {
  const value = atPath(resource, path);
  return Array.isArray(value)
    ? value
        .map((item: unknown) => normal(textOf(isObject(item) ? item.value : item)))
        .sort()
        .join(', ')
    : value;
};

/** What a PATCH does not name stays as it was (RFC 7644 §3.5.2). */
const sideEffect = (trace: TraceView, patch: Answered, read: Answered): Finding | undefined => {
  const before = trace.answered('read').findLast(({ subject, n }) => subject === patch.subject && n < patch.n);
  const [was, is] = [before && responseObject(before), responseObject(read)];
  if (before === undefined || was === undefined || is === undefined) return undefined;
  if (isWrittenBetween(trace, before, patch)) return undefined;
  // A displayName may be made of the name, and the other way round.
  const kept = [
    'userName',
    'externalId',
    ...(patch.variant === 'active' ? ['displayName', 'name.familyName', 'name.givenName'] : ['active']),
    ...(patch.variant === 'name.familyName' ? ['name.givenName'] : []),
    'emails',
  ];
  const lost = kept.find((path) => isThere(atPath(was, path)) && comparable(is, path) !== comparable(was, path));
  return lost === undefined
    ? undefined
    : {
        expected: `${lost} to stay ${JSON.stringify(atPath(was, lost))} after a PATCH of something else`,
        actual: `it is ${textOf(atPath(is, lost))}`,
        exchanges: [before, patch, read],
      };
};

const goneFinding = (write: Answered, read: Answered): Finding | undefined =>
  read.response.status === 404
    ? undefined
    : {
        expected: 'a GET of a deleted resource to answer 404 (RFC 7644 §3.6)',
        actual: `it is answered ${read.response.status}`,
        exchanges: [write, read],
      };

export const core03 = defineRequirement({
  id: 'CORE-03',
  since: '1.0',
  level: 'MUST',
  title: 'read, replace, patch (where advertised) and delete work synchronously and agree with one another',
  source: cite('RFC 7644 §3.4–3.6'),
  needs: {},
  guide: {
    why: [
      'Where a write is answered with success and does something else, the client believes that an account is changed, locked or gone, and does not try again.',
      'A person who has left keeps the access.',
    ],
    tested: [
      'One user is created, replaced, patched and deleted synchronously, with random values, and read after each step.',
      'PUT and PATCH have to answer 200 or 204, DELETE 204, and the read after it 404.',
      'A read has to show what was written to `userName`, `name`, `displayName`, `externalId` and `active`; a representation in the answer to PUT or PATCH is compared as well; and a PATCH may change nothing that it does not name.',
      'Let pass are: other letter case, white space or Unicode form; an attribute (other than `userName`) that the provider does not keep at all, though not one that it kept after the create and that PUT wrote again; a `displayName` that is made of the name; a refusal to patch `active`.',
      'A synchronous answer to an asynchronous PUT, PATCH or DELETE is judged by the same rules, 501 apart.',
    ],
    fix: [
      'Follow the attribute of the finding from the request to the store: mostly it is mapped for a create and forgotten for PUT or PATCH.',
      'Apply a PATCH to the stored resource and save the result, so that what it does not name stays.',
      'Read from where you write, or renew caches and indexes before you answer.',
      'Answer 404 to reads of a deleted resource, also where the record is only marked as deleted.',
    ],
  },
  from: [resourceLifecycle, asyncWrite],
  judge: (trace) => {
    const pairs = (purpose: 'create' | 'replace' | 'patch' | 'delete', readVariant: string) =>
      trace
        .answered(purpose)
        .filter(({ response }) => response.status !== 202)
        .map((write) => ({
          write,
          read: trace
            .variant(readVariant, 'read')
            .find(
              (read) => read.subject === write.subject && read.n > write.n && !isWrittenBetween(trace, write, read),
            ),
        }));
    const ofScenario = trace.trace.scenario === 'resource-lifecycle';
    const synchronous = ofScenario
      ? together(
          judgeEach(
            pairs('create', 'after create').filter(({ write }) => succeeded(write)),
            ({ write, read }) => read && disagreement(write, read),
          ),
          judgeEach(
            pairs('replace', 'after replace'),
            ({ write, read }) =>
              statusFinding(write, [200, 204]) ??
              ownAnswer(write, disagreement) ??
              (read && (disagreement(write, read) ?? lostByReplacing(trace, write, read))),
          ),
          judgeEach(
            // That active cannot be patched at all is a provider's own choice; that it seems to be is not.
            pairs('patch', 'after patch').filter(({ write }) => write.variant !== 'active' || succeeded(write)),
            ({ write, read }) =>
              statusFinding(write, [200, 204]) ??
              ownAnswer(write, patchDisagreement) ??
              (read && (patchDisagreement(write, read) ?? sideEffect(trace, write, read))),
          ),
          judgeEach(
            pairs('delete', 'after delete'),
            ({ write, read }) => statusFinding(write, [204]) ?? (read && goneFinding(write, read)),
          ),
        )
      : together();
    const answeredSynchronously = trace
      .submissions()
      .filter(({ accepted, operations }) => !accepted && operations.every(({ expected }) => expected === 'success'))
      .map((submission) => trace.asking(submission))
      .filter(
        ({ purpose, response, request }) =>
          purpose === 'submit' && request.method !== 'POST' && response.status !== 501,
      );
    return together(
      synchronous,
      judgeEach(trace.trace.scenario === 'async-write' ? answeredSynchronously : [], (write) => {
        const read = trace.variant(`after ${write.request.method}`, 'read').find(({ n }) => n > write.n);
        switch (write.request.method) {
          case 'PUT':
            return statusFinding(write, [200, 204]) ?? (read && disagreement(write, read));
          case 'PATCH':
            return statusFinding(write, [200, 204]) ?? (read && patchDisagreement(write, read));
          default:
            return statusFinding(write, [204]) ?? (read && goneFinding(write, read));
        }
      }),
    );
  },
});
