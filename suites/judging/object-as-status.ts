/** Several judges read results of operations whose status may be an object, which RFC 7644 leaves open. */
import { hasObjectAsStatus } from '../bindings/operation-result.js';
import type { Ambiguity } from './judge.js';

/** The open point, if one of these results has an object as its status (profile 1.1, changed clarification 5). */
export const objectAsStatus = (results: readonly unknown[]): readonly Ambiguity[] =>
  results.some(hasObjectAsStatus)
    ? [
        {
          point: 'what the status of an operation in a bulk response is',
          readings: [
            'a string such as "201", as RFC 7644 §3.7.3 says',
            'an object such as {"code": "201"}, as the example in RFC 7644 §3.7.2 shows',
          ],
          seen: 'sends an object with a code',
        },
      ]
    : [];
