/** CORE-16 and CORE-18: what the provider said of its resources in a trace. */
import type { TraceView } from '../../../judging/trace-view.js';
import { describedTypes, type DescribedType } from '../../../provider/described-types.js';
import { descriptionSteps } from '../../../scenarios/building-blocks/read-description.js';
import { responseObject, type JsonObject } from '../../../trace/message.js';
import type { Step } from '../../../trace/step.js';
import type { Answered } from '../../../trace/trace.js';

/** The answer of 200 to the read of a list; undefined if it is not served. */
export const answerWithList = (trace: TraceView, variant: Step): Answered | undefined =>
  trace.variant(variant, 'discover').find(({ response }) => response.status === 200);

export const typesIn = (trace: TraceView): DescribedType[] => {
  const bodyOf = (variant: Step): JsonObject | undefined => {
    const answer = answerWithList(trace, variant);
    return answer === undefined ? undefined : responseObject(answer);
  };
  const lists = { schemas: bodyOf(descriptionSteps.schemas), types: bodyOf(descriptionSteps.types) };
  return describedTypes(lists, trace.target.baseUrl);
};
