/**
 * The rule of CORE-10 for groups as members. A provider need not support them (RFC 7643 §4.2), and then refuses them; if its own
 * schema names groups as members, and it answers with success, the group has to be a member.
 */
import { urn } from '../../../../schemas/names.js';
import { type Finding, judgeEach, type Judgement } from '../../../judging/judge.js';
import { idsWrittenBy } from '../../../judging/member-sets.js';
import { memberIds } from '../../../judging/members.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { findAttribute, findSchema, schemaDefinitions } from '../../../provider/schema-definitions.js';
import { descriptionSteps } from '../../../scenarios/building-blocks/read-description.js';
import { memberFormsSteps } from '../../../scenarios/synchronous/member-forms.js';
import { succeeded } from '../../../trace/answers.js';
import { responseObject } from '../../../trace/message.js';
import { isStep } from '../../../trace/step.js';
import type { Answered } from '../../../trace/trace.js';
import { exchangesOf } from '../changes/changes.js';
import { answerWithList } from '../described/types-in-trace.js';
import { memberChanges, plainKindsWrong } from './members-exactly.js';

export const nestedCodes = {
  'nested-group-dropped':
    'a group as a member, which /Schemas names as one, is dropped by a PATCH that is answered with success',
};

type Code = keyof typeof nestedCodes;

const isGroup = (name: string): boolean => name.toLowerCase() === 'group';

/** Whether a schema of groups names Group as a type of members that clients can write (RFC 7643 §7, §8.7.1). */
const namesGroups = (schemas: Answered): boolean => {
  const schema = findSchema(schemaDefinitions(responseObject(schemas)), urn.group);
  const members = schema === undefined ? undefined : findAttribute(schema, 'members');
  if (members === undefined || members.mutability === 'readOnly') return false;
  const [type, reference] = ['type', '$ref'].map((name) => findAttribute({ attributes: members.subAttributes }, name));
  return type?.canonicalValues.some(isGroup) === true || reference?.referenceTypes.some(isGroup) === true;
};

export const judgeNestedGroups = (trace: TraceView): Judgement<Code> => {
  const schemas = answerWithList(trace, descriptionSteps.schemas);
  const isJudged = schemas !== undefined && namesGroups(schemas) && !plainKindsWrong(trace).has('add');
  const added = memberChanges(trace).filter(
    ({ write }) => isStep(write, memberFormsSteps.nested) && succeeded(write) && idsWrittenBy(write).length === 1,
  );
  return judgeEach(isJudged ? added : [], (change): Finding<Code> | undefined => {
    const [id = ''] = idsWrittenBy(change.write);
    return memberIds(change.is).includes(id)
      ? undefined
      : {
          code: 'nested-group-dropped',
          expected: `the group ${id} to be a member, or a refusal, because /Schemas names groups as members`,
          actual: 'the PATCH is answered with success, and a read does not show it',
          exchanges: [...(schemas === undefined ? [] : [schemas]), ...exchangesOf(change)],
        };
  });
};
