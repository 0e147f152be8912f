/** The arrows of docs/architecture.md, enforced. */
const room = (name) => `^${name}/`;

module.exports = {
  forbidden: [
    {
      name: 'schemas-import-nothing-of-ours',
      severity: 'error',
      from: { path: room('schemas') },
      to: { path: '^(suites|mock|simulation|reports|drafts|bin)/' },
    },
    {
      name: 'suites-import-only-schemas',
      comment: 'The suite shares no code with the mock: a shared mistake could not be seen.',
      severity: 'error',
      from: { path: room('suites') },
      to: { path: '^(mock|simulation|reports|drafts|bin)/' },
    },
    {
      name: 'mock-imports-only-schemas',
      comment: 'The mock shares no code with the suite: a shared mistake could not be seen.',
      severity: 'error',
      from: { path: room('mock') },
      to: { path: '^(suites|simulation|reports|drafts|bin)/' },
    },
    {
      name: 'reports-read-events-only',
      severity: 'error',
      from: { path: room('reports') },
      to: { path: '^(mock|simulation|drafts|bin|suites/(?!events\\.ts|index\\.ts))' },
    },
    {
      name: 'simulation-takes-suite-and-mock-as-anybody-would',
      severity: 'error',
      from: { path: room('simulation') },
      to: { path: '^(reports|drafts|bin|suites/(?!index\\.ts)|mock/(?!index\\.ts))' },
    },
    {
      name: 'drafts-are-read-without-a-provider',
      severity: 'error',
      from: { path: room('drafts') },
      to: { path: '^(suites|mock|simulation|bin|reports/(?!(?:html/)?text/))' },
    },
    {
      name: 'the-engine-knows-no-scim',
      comment: 'A profile is a value that the engine is given: it reaches no requirement and no scenario by itself.',
      severity: 'error',
      from: { path: '^suites/(engine|session|judging|definitions)/' },
      to: { path: '^suites/(requirements|scenarios|profiles|clients)/', reachable: true },
    },
    {
      name: 'scenarios-judge-nothing',
      severity: 'error',
      from: { path: '^suites/scenarios/' },
      to: { path: '^suites/(requirements|profiles|engine)/' },
    },
    {
      name: 'requirements-make-no-traffic',
      severity: 'error',
      from: { path: '^suites/requirements/' },
      to: { path: '^suites/(engine|profiles|session)/' },
    },
    {
      name: 'readers-of-clients-make-no-traffic',
      severity: 'error',
      from: { path: '^suites/clients/(read-|effects|names)' },
      to: { path: '^suites/(engine|profiles|session)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-cycles-of-folders',
      scope: 'folder',
      severity: 'error',
      from: { path: '^(?!mock)' },
      to: { circular: true },
    },
    {
      name: 'no-cycles-of-the-rooms-of-the-mock',
      comment: 'What lies in mock/ itself is common ground, save index.ts, which nobody there imports.',
      scope: 'folder',
      severity: 'error',
      from: { path: '^mock/' },
      to: { circular: true, viaOnly: { pathNot: '^mock$' } },
    },
    {
      name: 'common-ground-of-the-mock-imports-no-room',
      severity: 'error',
      from: { path: '^mock/[^/]+$', pathNot: '^mock/index[.]ts$' },
      to: { path: '^mock/[^/]+/' },
    },
    {
      name: 'nobody-imports-the-mock-through-its-front-door-from-inside',
      severity: 'error',
      from: { path: '^mock/' },
      to: { path: '^mock/index[.]ts$' },
    },
    {
      name: 'no-development-packages-at-run-time',
      severity: 'error',
      from: { path: '^(schemas|suites|mock|simulation|reports|drafts|bin)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
