/** CORE-18. Whatever a provider names in /Schemas has to survive a write, whole and unchanged. */
import { typesIn } from './described/types-in-trace.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import type { DescribedType } from '../../provider/described-types.js';
import { everyAttribute } from '../../scenarios/synchronous/every-attribute.js';
import { succeeded } from '../../trace/answers.js';
import { isObject, requestJson, responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { lossesBetween, type Loss } from './described/kept-as-written.js';

const codes = {
  'attribute-dropped': 'an attribute that /Schemas names is gone after a create with success',
  'sub-attribute-dropped': 'a sub-attribute that /Schemas names is gone after a create with success',
  'values-dropped': 'only some values of a list are kept',
  'text-cut': 'only the beginning of a text is kept',
  'text-changed': 'a text reads otherwise than it was written',
  'value-changed': 'a number, boolean, date, reference or binary value reads otherwise than it was written',
  'replace-not-kept': 'an attribute that a create keeps is not kept by PUT',
};

type Code = keyof typeof codes;

interface Written {
  readonly type: DescribedType;
  readonly write: Answered;
  readonly read: Answered;
  readonly losses: readonly Loss[];
}

/** The first read of the same resource after a write, if no other write is between them. */
const readAfter = (trace: TraceView, write: Answered): Answered | undefined => {
  const next = trace.answered().find(({ n, subject }) => n > write.n && subject === write.subject);
  return next?.purpose === 'read' && next.response.status === 200 ? next : undefined;
};

const writesIn = (trace: TraceView): Written[] => {
  const types = typesIn(trace);
  return trace.answered('create', 'replace').flatMap((write): Written[] => {
    const path = write.request.url.slice(trace.target.baseUrl.length);
    const type = types.find((each) => path === each.path || path.startsWith(`${each.path}/`));
    const isDone = succeeded(write) && write.response.status !== 202;
    const read = isDone ? readAfter(trace, write) : undefined;
    const [sent, resource] = [requestJson(write), read === undefined ? undefined : responseObject(read)];
    if (type === undefined || read === undefined || resource === undefined || !isObject(sent)) return [];
    const { compared, losses } = lossesBetween(type, sent, resource);
    return compared === 0 ? [] : [{ type, write, read, losses }];
  });
};

/** What a create does not keep is not looked for again after a PUT. */
const findingsOf = ({ write, read, losses }: Written, all: readonly Written[]): Finding<Code>[] => {
  const isReplace = write.purpose === 'replace';
  const lostBefore = all
    .filter((each) => isReplace && each.write.purpose === 'create')
    .flatMap((each) => each.losses.map(({ path }) => path));
  const fresh = losses.filter(({ path }) => !lostBefore.includes(path));
  const findings = fresh.map(({ kind, expected, actual }): Finding<Code> => ({
    code: isReplace ? 'replace-not-kept' : kind,
    expected,
    actual,
    exchanges: [write, read],
  }));
  // One finding for each kind of defect: others of the kind have the same cause most often.
  return findings.filter(({ code }, place) => findings.findIndex((other) => other.code === code) === place);
};

export const core18 = defineRequirement({
  id: 'CORE-18',
  since: '1.1',
  level: 'MUST',
  title:
    'attributes submitted are kept: all of the core schemas and the enterprise extension that the provider’s `/Schemas` names, any Unicode text, lengths up to 255',
  source: cite('RFC 7643 §2.2, §4, §7, RFC 7644 §3.3, §3.5.1'),
  needs: {},
  guide: {
    why: [
      'A client offers its administrators what `/Schemas` names. It writes an attribute, gets a 201, and does not read the resource again.',
      'If the attribute is not kept, nobody notices until somebody misses the data; and a client that compares writes the same value again with every synchronisation.',
    ],
    tested: [
      'Users, groups and other resources of `/ResourceTypes` are created with every attribute that `/Schemas` names and that a client can write: texts of several scripts, with combining marks, characters outside the Basic Multilingual Plane, quotes and backslashes, of up to 255 characters, two values in each list, and a value for each type.',
      'Each resource is read, replaced with other values by PUT, and read again. What was written has to be there, unless `mutability` or `returned` in `/Schemas` says otherwise.',
      'If a resource is refused with a 4xx, parts of it are tried; a refusal is never a failure, and neither is a change that the attribute permits: another letter case if `caseExact` is false, Unicode normalisation, trimmed spaces, other forms of telephone numbers, URLs and dates, a copy of a picture at a URL of the provider, and a `formatted`, `display` or `displayName` of the provider’s own.',
      'If `/Schemas` cannot be read, attributes may be dropped, and only changed values count.',
    ],
    fix: [
      'Remove from `/Schemas` what the product does not keep. Often it is a copy of the RFC with `ims`, `entitlements` or `x509Certificates`, for which there is no column.',
      'Use a column type that holds 255 characters of any script, such as `utf8mb4` in MySQL, and refuse what is too long with 400 `invalidValue`; do not cut it.',
      'Keep lists as lists, and keep every sub-attribute of each value.',
      'Let POST and PUT use the same mapping of attributes.',
    ],
  },
  codes,
  from: [everyAttribute],
  judge: (trace) => {
    const writes = writesIn(trace);
    return judgeEach(writes, (written) =>
      findingsOf(
        written,
        writes.filter(({ write }) => write.subject === written.write.subject),
      ),
    );
  },
});
