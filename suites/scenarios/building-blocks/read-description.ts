/** Reads what a provider says of its resources: /Schemas and /ResourceTypes (RFC 7644 §4), either of which may be missing. */
import type { Session } from '../../session/session.js';
import { responseObject, type JsonObject } from '../../trace/message.js';
import { step } from '../../trace/step.js';

export const descriptionSteps = {
  /** The read of the list at /Schemas. */
  schemas: step('all schemas'),
  /** The read of the list at /ResourceTypes. */
  types: step('all resource types'),
};

export interface Description {
  /** The lists; undefined where there is none. */
  readonly schemas: JsonObject | undefined;
  readonly types: JsonObject | undefined;
}

export const readDescription = async (session: Session): Promise<Description> => {
  const list = async (url: string, variant: (typeof descriptionSteps)['schemas']): Promise<JsonObject | undefined> => {
    const answer = await session.attempt({ method: 'GET', url, purpose: 'discover', variant });
    return answer.response?.status === 200 ? responseObject(answer) : undefined;
  };
  return {
    schemas: await list('/Schemas', descriptionSteps.schemas),
    types: await list('/ResourceTypes', descriptionSteps.types),
  };
};
