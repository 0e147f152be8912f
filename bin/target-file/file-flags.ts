/** Maps the members of a target file to flags, so that both are processed in the same way. */
import path from 'node:path';
import type { TargetFile } from '../../schemas/types.js';

type FlagValue = string | number | boolean | readonly string[];

type Member = keyof TargetFile;

interface FlagMapping<Name extends Member> {
  readonly flag: string;
  /**
   * Converts the member to a value of the flag; undefined if both are the same. `at` resolves a path that is relative
   * to the file.
   */
  readonly as?: (value: NonNullable<TargetFile[Name]>, at: (path: string) => string) => FlagValue;
}

const asFile = (value: string, at: (path: string) => string): string => at(value);

/** The members that correspond to a flag. The other members describe what no flag can express. */
const mappings: { readonly [Name in Member]?: FlagMapping<Name> } = {
  target: { flag: 'target' },
  insecure: { flag: 'insecure' },
  suites: { flag: 'suite' },
  only: { flag: 'only' },
  scope: { flag: 'scope' },
  binding: { flag: 'binding' },
  serves: { flag: 'serves' },
  features: { flag: 'feature' },
  observe: { flag: 'observe' },
  setPoll: { flag: 'set-poll' },
  setPush: { flag: 'set-push' },
  setPushUrl: { flag: 'set-push-url' },
  webhookPort: { flag: 'webhook-port' },
  webhookUrl: { flag: 'webhook-url' },
  restartCommand: { flag: 'restart-command' },
  jwks: { flag: 'jwks', as: (place, at) => (/^https?:/i.test(place) ? place : at(place)) },
  seed: { flag: 'seed' },
  runs: { flag: 'runs' },
  maxTimeSeconds: { flag: 'max-time' },
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
  clients: { flag: 'clients' },
  requireClients: { flag: 'require-clients' },
};

/** The values that a target file gives to flags, by the name of the flag. `file` is its absolute path. */
export const flagsOfFile = (content: TargetFile, file: string): Record<string, FlagValue> => {
  // «-» is standard output and not a path.
  const at = (named: string): string => (named === '-' ? named : path.resolve(path.dirname(file), named));
  return Object.fromEntries(
    (Object.keys(mappings) as Member[]).flatMap((name) => {
      const mapping = mappings[name];
      const value = content[name];
      if (mapping === undefined || value === undefined) return [];
      // The type of the table guarantees that each `as` fits its member, but the compiler cannot see this in a loop.
      return [[mapping.flag, mapping.as === undefined ? (value as FlagValue) : mapping.as(value as never, at)]];
    }),
  );
};
