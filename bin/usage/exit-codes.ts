/** The meanings of the exit codes, for `--help`. */
import type { Report } from '../../schemas/types.js';

const meanings: Readonly<Record<Report['exitCode'], string>> = {
  0: 'conformant',
  1: 'a MUST failed (--fail-on and --baseline change what counts)',
  2: 'wrong usage, or an error of this tool',
  3: 'too little could be judged, or the target was not reached',
  130: 'interrupted',
};

export const exitCodes = `Exit codes: ${Object.entries(meanings)
  .map(([code, meaning]) => `${code} ${meaning}`)
  .join('; ')}.`;
