/**
 * CORE-09. A PATCH is judged by a model: the states that RFC 7644 §3.5.2 permits are computed from the read before it and
 * its operations. A refusal is permitted unless the RFC says otherwise, but then nothing may have changed.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { patchRules } from '../../scenarios/synchronous/patch-rules.js';
import { patchSequences } from '../../scenarios/synchronous/patch-sequences.js';
import { succeeded } from '../../trace/answers.js';
import {
  afterRefusal,
  afterSuccess,
  isAboutKept,
  isClear,
  knownForms,
  patchModelCodes,
} from './patches/patch-rules.js';
import { patchesOf } from './patches/patched-by-model.js';

export const core09 = defineRequirement({
  id: 'CORE-09',
  since: '1.1',
  level: 'MUST',
  title:
    'PATCH (where advertised) does what its operations say, in every combination of paths, filters and values, and all of them or nothing',
  source: cite('RFC 7644 §3.5.2'),
  needs: { capability: 'patch' },
  guide: {
    why: [
      'Clients send changes as PATCH: a filter that selects the wrong value changes the wrong address, and a `remove` that is not done leaves a right with somebody who has lost it.',
      'If a request fails halfway and half of it stays, the client repeats it on a resource that it does not know.',
    ],
    tested: [
      'A user with many attributes, and a group, get random PATCH requests of one to four operations each, with a read before and after each request.',
      'The operations use paths to attributes and sub-attributes, attributes of the enterprise extension, filters with `eq`, `ne`, `co`, `sw`, `ew`, `pr`, `and`, `or` and `not`, single values, lists, and objects without a path.',
      'From the read before and the operations, the states that RFC 7644 §3.5.2 permits are computed; the read after has to show one of them. Only attributes are compared that the provider kept when the user was created and that its `/Schemas` lets a client change.',
      'Other requests have to fail: an unknown `op`, a `remove` without a path, a `replace` whose filter matches nothing, and a `remove` of `userName`. Such an operation also stands behind others, of which then nothing may stay.',
      'A provider may refuse a path or filter that it does not support, but then nothing may have changed.',
    ],
    fix: [
      'Apply the operations in their order to a copy of the resource, and store the copy only when all have succeeded.',
      'Read paths with a real parser for attribute, filter and sub-attribute (RFC 7644 §3.5.2, figure 7), without regard to the letter case of names.',
      'Answer 400 with `scimType` `noTarget` to a `remove` without a path, and to a `replace` whose filter matches no value; do not add a value instead.',
      'Set `primary` of all other values to false when a value becomes primary.',
      'Add a value to a list only if it is not there yet, and then answer with success as well.',
      'Treat a `replace` of an attribute without a value like `add`.',
    ],
  },
  codes: patchModelCodes,
  from: [patchRules, patchSequences],
  first: patchRules,
  judge: (trace) => {
    const patches = patchesOf(trace);
    const forms = knownForms(patches);
    const refused = afterRefusal((form) => forms.has(form));
    return judgeEach(
      patches.filter((patched) => isClear(patched) && isAboutKept(patched)),
      (patched) => (succeeded(patched.write) ? afterSuccess(patched) : refused(patched)),
    );
  },
});
