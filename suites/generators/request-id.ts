/** Client's own request ids (`X-Request-ID`, profile §2): 1 to 128 visible ASCII characters. */
import fc from 'fast-check';

export const requestIds = {
  /** As clients send them. */
  usual: fc.uuid(),
  /** As they may be: every visible character, up to the longest. */
  any: fc.oneof(
    { weight: 3, arbitrary: fc.stringMatching(/^[\x21-\x7e]{1,40}$/) },
    { weight: 1, arbitrary: fc.stringMatching(/^[\x21-\x7e]{128}$/) },
  ),
};
