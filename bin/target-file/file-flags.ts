/** Which member of a target file gives the value of which flag, and in what form. */
import path from 'node:path';
import type { TargetFile } from '../../schemas/types.js';

type FlagValue = string | number | boolean | readonly string[];

type Member = keyof TargetFile;

interface Stand<Name extends Member> {
  readonly flag: string;
  /** Makes a value of the flag from the member; absent: it is one. `at` resolves a path that is relative to the file. */
  readonly as?: (value: NonNullable<TargetFile[Name]>, at: (path: string) => string) => FlagValue;
}

const asFile = (value: string, at: (path: string) => string): string => at(value);

/** The members that give the value of a flag. The other members describe what no flag can. */
const stands: { readonly [Name in Member]?: Stand<Name> } = {
  target: { flag: 'target' },
  insecure: { flag: 'insecure' },
  suites: { flag: 'suite' },
  only: { flag: 'only' },
  binding: { flag: 'binding' },
  serves: { flag: 'serves' },
  features: { flag: 'feature' },
  observe: { flag: 'observe' },
  setPoll: { flag: 'set-poll' },
  setPush: { flag: 'set-push' },
  setPushUrl: { flag: 'set-push-url' },
  jwks: { flag: 'jwks', as: (place, at) => (/^https?:/i.test(place) ? place : at(place)) },
  seed: { flag: 'seed' },
  runs: { flag: 'runs' },
  timeoutSeconds: { flag: 'timeout' },
  deadlineSeconds: { flag: 'deadline' },
  concurrency: { flag: 'concurrency' },
  burst: { flag: 'burst' },
  readOnly: { flag: 'read-only' },
  maxRequests: { flag: 'max-requests' },
  maxRps: { flag: 'max-rps' },
  reports: {
    flag: 'report',
    as: (files, at) => Object.entries(files).map(([format, file]) => `${format}=${at(file)}`),
  },
  json: { flag: 'json', as: asFile },
  trace: { flag: 'trace', as: asFile },
  baseline: { flag: 'baseline', as: asFile },
  failOn: { flag: 'fail-on' },
};

/** The values of flags that a target file gives, by the name of the flag. `file` is its absolute path. */
export const flagsOfFile = (content: TargetFile, file: string): Record<string, FlagValue> => {
  // «-» is standard output, and no path.
  const at = (named: string): string => (named === '-' ? named : path.resolve(path.dirname(file), named));
  return Object.fromEntries(
    (Object.keys(stands) as Member[]).flatMap((name) => {
      const stand = stands[name];
      const value = content[name];
      if (stand === undefined || value === undefined) return [];
      // The type of the table makes each `as` fit its member; the compiler cannot follow that through a loop.
      return [[stand.flag, stand.as === undefined ? (value as FlagValue) : stand.as(value as never, at)]];
    }),
  );
};
