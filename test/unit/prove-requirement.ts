/**
 * Tests the judge of a requirement with hand-made traces: correct ones, wrong ones for each code, and unusual but legal
 * ones. The compiler demands a trace for every code of the requirement.
 */
import t, { type Test } from 'tap';
import { validate } from '../../schemas/validators.js';
import type { Requirement } from '../../suites/definitions/requirement.js';
import { judgeTrace } from '../../suites/engine/case.js';
import type { Judgement } from '../../suites/judging/judge.js';
import type { HandMadeTrace } from './hand-made-trace.js';

type Made = () => HandMadeTrace;

interface Proof<Code extends string> {
  /** What conforms, by what it is about: judged, and nothing is found. */
  readonly right: Readonly<Record<string, Made>>;
  /** For each code a trace that shows only this finding, or several such traces by description. */
  readonly wrong: Readonly<Record<Code, Made | Readonly<Record<string, Made>>>>;
  /** What looks wrong and is permitted, by the section that permits it: nothing is found, judged or not. */
  readonly legal: Readonly<Record<string, Made>>;
  /** What the text leaves open, by the sections that disagree: it is ambiguous, and nothing is found. */
  readonly open?: Readonly<Record<string, Made>>;
  /** What exercises nothing, so that it must not count as a pass. */
  readonly silent?: Readonly<Record<string, Made>>;
}

/** Every entry of a trace has to be one that a recording may hold. */
const demandValid = (t: Test, made: HandMadeTrace): void => {
  for (const entry of made.at('0').entries) {
    const result = validate('files/trace', entry);
    t.strictSame(result.valid ? [] : result.violations, [], `entry ${entry.n} is as schemas/files/trace.json says`);
  }
};

const codesOf = ({ findings }: Judgement): string[] => [...new Set(findings.map(({ code }) => code))];

export const proveRequirement = <Code extends string>(requirement: Requirement<Code>, proof: Proof<Code>): void => {
  const judge = (t: Test, make: Made): Judgement => {
    const made = make();
    demandValid(t, made);
    return judgeTrace(requirement, made.at('0'));
  };
  const { id } = requirement;
  void t.test(`${id} has a trace that is right, and one that is odd and legal`, (t) => {
    t.not(Object.keys(proof.right).length, 0);
    t.not(Object.keys(proof.legal).length, 0);
    t.end();
  });
  for (const [about, make] of Object.entries<Made>(proof.right)) {
    void t.test(`${id}, right: ${about}`, (t) => {
      const judgement = judge(t, make);
      t.strictSame(codesOf(judgement), []);
      t.ok(judgement.exercised > 0, 'something was judged');
      t.end();
    });
  }
  const proveWrong = (code: string, about: string, make: Made): void => {
    void t.test(`${id}, wrong: ${code}${about}`, (t) => {
      const judgement = judge(t, make);
      t.strictSame(codesOf(judgement), [code]);
      t.ok(judgement.exercised > 0, 'something was judged');
      t.ok(
        judgement.findings.every(({ exchanges }) => exchanges.length > 0),
        'the exchanges show it',
      );
      t.end();
    });
  };
  for (const [code, made] of Object.entries<Proof<Code>['wrong'][Code]>(proof.wrong)) {
    if (typeof made === 'function') proveWrong(code, '', made);
    else for (const [about, make] of Object.entries(made)) proveWrong(code, `, ${about}`, make);
  }
  for (const [about, make] of Object.entries<Made>(proof.legal)) {
    void t.test(`${id}, legal: ${about}`, (t) => {
      t.strictSame(codesOf(judge(t, make)), []);
      t.end();
    });
  }
  for (const [about, make] of Object.entries<Made>(proof.open ?? {})) {
    void t.test(`${id}, open: ${about}`, (t) => {
      const judgement = judge(t, make);
      t.strictSame(codesOf(judgement), []);
      t.equal(new Set(judgement.ambiguities?.map(({ point }) => point)).size, 1, 'one point is open');
      t.end();
    });
  }
  for (const [about, make] of Object.entries<Made>(proof.silent ?? {})) {
    void t.test(`${id}, says nothing: ${about}`, (t) => {
      const { exercised, findings } = judge(t, make);
      t.strictSame({ exercised, findings }, { exercised: 0, findings: [] });
      t.end();
    });
  }
};
