/** What was said on the command line itself, and neither by a default nor by a target file. */

/** Names of the flags, without their hyphens. */
export const givenFlags = (): ReadonlySet<string> =>
  new Set(process.argv.flatMap((argument) => /^--([a-z-]+)/.exec(argument)?.[1] ?? []));
