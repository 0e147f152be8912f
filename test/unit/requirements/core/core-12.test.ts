import type { Purpose } from '../../../../schemas/types.js';
import { urn } from '../../../../schemas/names.js';
import { core12 } from '../../../../suites/requirements/core/core-12.js';
import {
  resourceVersions,
  resourceVersionsSteps as steps,
} from '../../../../suites/scenarios/synchronous/resource-versions.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const path = '/Users/1';

const user = (word: string, tag: string | undefined, more: Answer = {}): Answer => ({
  status: 200,
  ...(tag === undefined ? {} : { headers: { ETag: tag } }),
  body: { schemas: [urn.user], id: '1', displayName: word },
  subject: path,
  ...more,
});

class Made extends HandMadeTrace {
  constructor(supported: unknown = true) {
    super(resourceVersions, 'request-mode');
    const body = { schemas: [urn.serviceProviderConfig], etag: { supported } };
    this.exchange('probe', 'GET /ServiceProviderConfig', { status: 200, variant: steps.config, body });
  }

  state(word: string, tag: string | undefined, more: Answer = {}): this {
    this.exchange('read', `GET ${path}`, user(word, tag, { variant: steps.state, ...more }));
    return this;
  }

  writes(purpose: Purpose, answer: Answer = { status: 200 }): this {
    const request = {
      replace: `PUT ${path}`,
      patch: `PATCH ${path}`,
      delete: `DELETE ${path}`,
      submit: `PUT ${path}`,
      bulk: 'POST /Bulk',
    } as const;
    this.exchange(purpose, request[purpose as keyof typeof request], { subject: path, ...answer });
    return this;
  }

  reads(variant: string, sent: string, answer: Answer): this {
    this.exchange('read', `GET ${path}`, { variant, requestHeaders: { 'If-None-Match': sent }, ...answer });
    return this;
  }
}

const stale: Answer = { status: 412, variant: steps.stale };
const done: Answer = { status: 200, variant: steps.stale };
const refused: Answer = { status: 412, variant: steps.current };

/** A write of this kind between two reads that show different states. */
const changed =
  (purpose: Purpose, old: string | undefined, current: string | undefined, answer?: Answer, after: Answer = {}) =>
  () =>
    new Made().state('Worda', old).writes(purpose, answer).state('Wordb', current, after);

/** A first change that gives the user the tag "2". */
const begun = (supported: unknown = true): Made =>
  new Made(supported).state('Worda', '"1"').writes('replace').state('Wordb', '"2"');

const bulkResult = (status: string): Answer => ({
  status: 200,
  variant: steps.stale,
  body: { schemas: [urn.bulkResponse], Operations: [{ method: 'PUT', status }] },
});

proveRequirement(core12, {
  right: {
    'another tag after a PUT': changed('replace', 'W/"1"', 'W/"2"'),
    'another tag after a bulk request': changed('bulk', '"1"', '"2"'),
    'another tag after an asynchronous request': changed('submit', '"1"', '"2"', { status: 202 }),
    'an answer with the new tag': changed('patch', '"1"', '"2"', user('Wordb', '"2"')),
    '412 to an old tag': () => begun().writes('patch', stale).state('Wordb', '"2"'),
    '412 to an old version in a bulk request': () => begun().writes('bulk', bulkResult('412')).state('Wordb', '"2"'),
    'the current tag': () => begun().writes('replace', { status: 200, variant: steps.current }).state('Wordc', '"3"'),
    '304 to the current tag': () => begun().reads(steps.currentTag, '"2"', { status: 304 }),
    '200 to an old tag': () => begun().reads(steps.oldTag, '"1"', user('Wordb', '"2"')),
  },
  wrong: {
    'tag-unchanged': {
      'by a PUT': changed('replace', 'W/"1"', 'W/"1"'),
      'by a PATCH, and only weak': changed('patch', '"1"', 'W/"1"'),
    },
    'tag-unchanged-by-bulk': changed('bulk', '"1"', '"1"'),
    'tag-unchanged-by-asynchronous-write': changed('submit', '"1"', '"1"', { status: 202 }),
    'tag-unchanged-within-a-second': {
      'a weak one': changed('replace', 'W/"1"', 'W/"1"', undefined, { variant: steps.stateAtOnce }),
      'a strong one': changed('replace', '"1"', '"1"', undefined, { variant: steps.stateAtOnce }),
    },
    'old-tag-in-answer': {
      'with a body': changed('replace', '"1"', '"2"', user('Wordb', '"1"')),
      'without a body': changed('patch', '"1"', '"2"', { status: 204, headers: { ETag: '"1"' } }),
    },
    'stale-write-done': {
      'a PATCH, although it is supported': () => begun().writes('patch', done).state('Wordc', '"3"'),
      'a DELETE, where a PUT is refused': () =>
        begun(false)
          .writes('replace', stale)
          .state('Wordb', '"2"')
          .writes('delete', { ...done, status: 204 }),
    },
    'stale-operation-done': () => begun().writes('bulk', bulkResult('200')).state('Wordc', '"3"'),
    'stale-write-has-effect': () => begun().writes('replace', stale).state('Wordc', '"3"'),
    'stale-refused-otherwise': () =>
      begun()
        .writes('replace', { ...stale, status: 409 })
        .state('Wordb', '"2"'),
    'current-write-refused': () => begun().writes('replace', refused).state('Wordb', '"2"'),
    'not-modified-to-another-tag': {
      'an old one': () => begun().reads(steps.oldTag, '"1"', { status: 304 }),
      'one that was never sent': () => begun(false).reads(steps.otherTag, '"x"', { status: 304 }),
    },
    'if-none-match-ignored': {
      alone: () => begun().reads(steps.currentTag, '"2"', user('Wordb', '"2"')),
      'in a list': () => begun().reads(steps.listOfTags, '"x", "2"', user('Wordb', '"2"')),
    },
    'conditional-read-refused': () => begun().reads(steps.currentTag, '"2"', { status: 412 }),
  },
  legal: {
    'a write with 412 of which the nearest read that was not cut is before another write (RFC 9110 §13.1.1)': () =>
      begun().writes('patch').state('Wordc', '"3"', { isCut: true }).writes('delete', stale).state('Wordc', '"3"'),
    'the same tag after a write without an effect': () =>
      new Made().state('Worda', '"1"').writes('replace').state('Worda', '"1"').writes('replace').state('Wordb', '"2"'),
    'another tag after a write without an effect': () =>
      new Made().state('Worda', '"1"').writes('replace').state('Worda', '"2"'),
    'a change that nobody here made': () => new Made().state('Worda', '"1"').state('Wordb', '"1"'),
    'meta.version only (RFC 7644 §3.14)': () =>
      new Made()
        .state('Worda', undefined, { body: { id: '1', displayName: 'Worda', meta: { version: 'W/"1"' } } })
        .writes('replace')
        .state('Wordb', undefined, { body: { id: '1', displayName: 'Wordb', meta: { version: 'W/"2"' } } }),
    '403, 404, 405, 428, 501 and 202 to a write with an old tag': () => {
      const made = begun();
      for (const status of [403, 404, 405, 428, 501, 202]) made.writes('patch', { ...stale, status });
      return made.state('Wordb', '"2"');
    },
    'a PATCH that is refused always': () =>
      begun()
        .writes('patch', { ...stale, status: 400 })
        .state('Wordb', '"2"'),
    'a tag that changes meanwhile': () => begun().writes('replace', refused).state('Wordb', '"3"'),
    '200 with another tag to the tag that was current': () =>
      begun().reads(steps.currentTag, '"2"', user('Wordb', '"3"')),
    '200 to the current tag where etag.supported is false (RFC 7643 §5)': () =>
      begun(false).reads(steps.currentTag, '"2"', user('Wordb', '"2"')),
    '200 to the tag of a compressed answer (RFC 9110 §8.8.3.3)': () =>
      begun().reads(steps.currentTag, '"2-gzip"', user('Wordb', '"2-gzip"')),
    'no ETag in the answer to a PUT': changed('replace', '"1"', '"2"', { status: 204 }),
  },
  open: {
    '412 to the current weak tag (RFC 9110 §13.1.1, RFC 7644 §3.14)': () =>
      new Made().state('Worda', 'W/"1"').writes('replace', refused).state('Worda', 'W/"1"'),
    'a write with an old tag where etag.supported is false (RFC 7643 §5, RFC 9110 §13.1.1)': () =>
      begun(false).writes('replace', done).state('Wordc', '"3"'),
  },
  silent: {
    'resources without tags': () =>
      new Made().state('Worda', undefined).writes('replace', done).state('Wordb', undefined),
    'no change at all': () => new Made().state('Worda', '"1"'),
    'a write with an old version where etag.supported is false, and there is no ETag': () =>
      new Made(false)
        .state('Worda', undefined, { body: { id: '1', displayName: 'Worda', meta: { version: '1' } } })
        .writes('replace', done),
  },
});
