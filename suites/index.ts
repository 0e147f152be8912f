/**
 * The suite as a library: run it from your own tests with `runSuite`, or read the catalogue.
 *
 *     const report = await runSuite({ target: { baseUrl, token } });
 *     assert.equal(report.verdict, 'conformant');
 */
export { requirements, findRequirement, profileVersion } from './catalogue/index.js';
export { groupOf } from './catalogue/requirement.js';
export type { BindingName, Citation, Level, Needs, Requirement } from './catalogue/requirement.js';
export { runSuite, type RunOptions } from './engine/run-suite.js';
export { SelectionError, select, type Selection } from './engine/plan.js';
export { judges } from './judges/index.js';
export { scenarios } from './scenarios/index.js';
export type { TargetDescription } from './target/target.js';
export { version } from './version.js';
export type * from './events.js';
export type { Report, RequirementResult, TargetFacts } from '../schemas/types.js';
