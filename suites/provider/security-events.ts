/** Reads `securityEvents` of ServiceProviderConfig (RFC 9967 §4). */
import type { TargetFacts } from '../../schemas/types.js';
import { isObject } from '../trace/message.js';

/** `asyncRequest` in lower case (its value is case-insensitive); undefined if it is not advertised as a string. */
export const asyncRequestOf = ({ securityEvents }: TargetFacts): string | undefined =>
  isObject(securityEvents) && typeof securityEvents.asyncRequest === 'string'
    ? securityEvents.asyncRequest.toLowerCase()
    : undefined;
