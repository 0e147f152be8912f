/** A value that violates its schema in several members has several defects: each one needs its own finding. */
import type { Violation } from '../../schemas/validators.js';
import { describeViolations } from './describe.js';
import type { Finding } from './judge.js';

/** One finding for each code that the violated members have. The member `''` is the value itself. */
export const findingsByDefect = <Code extends string>(
  violations: readonly Violation[],
  codeOf: (member: string) => Code,
  shown: Pick<Finding, 'expected' | 'exchanges'>,
): Finding<Code>[] => {
  const byCode = new Map<Code, Violation[]>();
  for (const violation of violations) {
    const code = codeOf(violation.member);
    byCode.set(code, [...(byCode.get(code) ?? []), violation]);
  }
  return [...byCode].map(([code, list]) => ({ code, ...shown, actual: describeViolations(list) }));
};
