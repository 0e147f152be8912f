/** CORE-16. Clients map their attributes by /Schemas and find endpoints by /ResourceTypes, so these have to be true. */
import { typesIn } from './described/types-in-trace.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable, type Finding, type Judgement } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import type { DescribedType } from '../../provider/described-types.js';
import { schemaDefinitions } from '../../provider/schema-definitions.js';
import { descriptionSteps } from '../../scenarios/building-blocks/read-description.js';
import { everyAttribute } from '../../scenarios/synchronous/every-attribute.js';
import { schemasAndTypes } from '../../scenarios/synchronous/schemas-and-types.js';
import { succeeded } from '../../trace/answers.js';
import { isObject, requestJson, responseObject, type JsonObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { descriptionCodes, judgeDescription, readList } from './described/description-defects.js';
import { defectsOfResource, resourceCodes } from './described/resource-against-schemas.js';

const codes = { ...descriptionCodes, ...resourceCodes };

type Code = keyof typeof codes;

/** The type of a resource, by the endpoint that it was written to or read from. */
const typeOf = (types: readonly DescribedType[], { request }: Answered, baseUrl: string): DescribedType | undefined => {
  const path = request.url.slice(baseUrl.length);
  return types.find((type) => path === type.path || path.startsWith(`${type.path}/`));
};

const bodyOf = (exchange: Answered | undefined): JsonObject => {
  const sent = exchange === undefined ? undefined : requestJson(exchange);
  return isObject(sent) ? sent : {};
};

/** Every resource in an answer, compared with the schemas that were read in the same exercise. */
const judgeResources = (trace: TraceView): Judgement<Code> => {
  const schemas = readList(trace, descriptionSteps.schemas);
  const types = typesIn(trace).filter(({ isAdvertised }) => isAdvertised);
  const shown = trace.answered('create', 'read', 'replace').flatMap((exchange) => {
    const resource = succeeded(exchange) && exchange.response.status !== 202 ? responseObject(exchange) : undefined;
    const type = typeOf(types, exchange, trace.target.baseUrl);
    return schemas === undefined || typeof resource?.id !== 'string' || type === undefined
      ? []
      : [{ exchange, resource, type, schemas }];
  });
  return judgeEach(shown, ({ exchange, resource, type, schemas }): Finding<Code>[] => {
    const write = trace
      .answered('create', 'replace')
      .findLast(({ n, subject, response }) => n <= exchange.n && subject === exchange.subject && response.status < 300);
    const defects = defectsOfResource(resource, {
      type,
      schemas: schemas.isWhole ? schemaDefinitions(schemas.body) : undefined,
      written: bodyOf(write),
    });
    // One finding for each kind: the other attributes have the same cause most often.
    return defects
      .filter(({ code }, place) => defects.findIndex((other) => other.code === code) === place)
      .map((defect) => ({ ...defect, exchanges: [schemas.exchange, exchange] }));
  });
};

export const core16 = defineRequirement({
  id: 'CORE-16',
  since: '1.1',
  level: 'MUST',
  title:
    '`/Schemas` and `/ResourceTypes`, where served, are valid, agree with one another and with what resources hold',
  source: cite('RFC 7643 §3, §6, §7, RFC 7644 §4'),
  needs: {},
  guide: {
    why: [
      'Clients read `/Schemas` to offer their administrators the attributes that they can map, and `/ResourceTypes` to find the endpoints.',
      'If these say something else than is true, a client writes attributes in a form that is refused, or misreads what it gets.',
    ],
    tested: [
      'The suite reads `/Schemas` and `/ResourceTypes`, each entry by its own URL, and each `endpoint` with `count=0`. If neither list is served, the requirement is skipped.',
      'Both have to be a ListResponse with all entries, also with `count=1`; a filter should be answered 403. A schema has to have an `id` and `attributes`; each attribute a `name`, and for `type`, `multiValued`, `mutability` and the other characteristics values that RFC 7643 §7 defines. A resource type has to have `name`, `endpoint` and `schema`, and every schema that it names has to be in `/Schemas`.',
      'Then users, groups and other resources are written and read. Each value has to have the type that its schema says, and be a list only if `multiValued` is true; nothing may be shown whose `returned` is `never`; each URN in `schemas` has to be in `/Schemas` and in the resource type; attributes of an extension have to be listed in `schemas`.',
      'It is a recommendation that schemas name every attribute that a resource has, that characteristics are not left out, that complex attributes list their `subAttributes`, and that each entry has a URL of its own.',
      '`id`, `externalId`, `meta` and `schemas` need no definition, and neither do `type`, `primary`, `display`, `value` and `$ref` in lists (RFC 7643 §2.4). Values outside `canonicalValues` are legal.',
    ],
    fix: [
      'Make `/Schemas` from the same definitions that check and write resources. Most defects come from a copy of the RFC that was never compared with the product.',
      'Send booleans and numbers as such, and a list also if it has one value: `"emails": [{…}]`.',
      'Put the URN of each extension that a resource has into its `schemas`, into `schemaExtensions` of its resource type, and into `/Schemas`.',
      'Do not send the lists of discovery through the code that pages users.',
    ],
  },
  codes,
  from: [schemasAndTypes, everyAttribute],
  judge: (trace) => {
    const lists = [descriptionSteps.schemas, descriptionSteps.types].map((each) => readList(trace, each));
    const isAsked = trace.answered('discover').length > 0;
    if (isAsked && lists.every((list) => list === undefined))
      return notApplicable('The provider serves neither /Schemas nor /ResourceTypes.');
    return trace.isOf(schemasAndTypes) ? judgeDescription(trace) : judgeResources(trace);
  },
});
