/** Request ids of a client (`X-Request-ID`, profile §2): 1 to 128 visible ASCII characters. */
import fc from 'fast-check';

export const requestIds = {
  /** In the form that clients usually send. */
  usual: fc.uuid(),
  /** Of every legal form: every visible character, up to the longest length. */
  any: fc.oneof(
    { weight: 3, arbitrary: fc.stringMatching(/^[\x21-\x7e]{1,40}$/) },
    { weight: 1, arbitrary: fc.stringMatching(/^[\x21-\x7e]{128}$/) },
  ),
};
