import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.tap/', 'schemas/types.ts'] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Only bin/ touches process: take what you need as a parameter.' },
      ],
      'no-console': 'error',
      // Strings are spread here only where their characters are known.
      '@typescript-eslint/no-misused-spread': 'off',
    },
  },
  {
    // Time and chance are injected (suites/environment, mock/environment.ts), so that a run can be repeated in a simulation.
    files: ['suites/**/*.ts', 'mock/**/*.ts'],
    ignores: [
      'suites/client/system-clock.ts',
      'suites/environment/system-environment.ts',
      'suites/trace/percent-decoded.ts',
      'mock/system-environment.ts',
    ],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'Only bin/ touches process: take what you need as a parameter.' },
        ...['setTimeout', 'setInterval', 'setImmediate', 'performance', 'crypto'].map((name) => ({
          name,
          message: 'Take it from the clock or the environment that the run was given.',
        })),
        {
          name: 'decodeURIComponent',
          message: 'It throws on a text that is no percent-encoding: use percentDecoded of suites/trace.',
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Ask the clock that the run was given.' },
        { object: 'Math', property: 'random', message: 'Take chance from the seed or the environment.' },
        { object: 'AbortSignal', property: 'timeout', message: 'Ask the clock that the run was given for a deadline.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Ask the clock that the run was given.',
        },
        { selector: "CallExpression[callee.name='Date']", message: 'Ask the clock that the run was given.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            ...['node:timers', 'node:timers/promises', 'node:perf_hooks'].map((name) => ({
              name,
              message: 'Ask the clock that the run was given.',
            })),
            {
              name: 'node:crypto',
              allowImportNames: ['createHash', 'createHmac', 'KeyObject', 'timingSafeEqual', 'verify'],
              message: 'Take chance from the seed or the environment.',
            },
          ],
        },
      ],
    },
  },
  {
    files: [
      'suites/{access,client,concurrency,engine,environment,errors,leftovers,provider,redaction,session}/**/*.ts',
      'mock/**/*.ts',
    ],
    rules: {
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 60],
      'max-params': ['error', 4],
    },
  },
  {
    // A step that is renamed has to be a type error: judges take steps from the scenarios, and compare no strings.
    files: ['suites/requirements/**/*.ts', 'suites/judging/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['Identifier[name="variant"]', 'MemberExpression[property.name="variant"]'].map((read) => ({
          selector: `BinaryExpression:has(> ${read}):has(> Literal)`,
          message: 'Import the step from its scenario: isStep(exchange, steps.x).',
        })),
        {
          selector: 'MemberExpression[object.property.name="variant"], MemberExpression[object.name="variant"]',
          message: 'Import the step family from its scenario: family.valueOf(exchange).',
        },
        {
          // It throws where a text of the provider is no Unicode text.
          selector: 'CallExpression[callee.name=/^encodeURI/]',
          message: 'Use pathSegment of bindings/locations.js.',
        },
        {
          selector: 'BinaryExpression:has(> MemberExpression[property.name="scenario"]):has(> Literal)',
          message: 'Import the scenario: view.isOf(scenario).',
        },
      ],
    },
  },
  {
    // The command line, tests and benchmarks are programs: they may touch the process.
    files: ['bin/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        URL: 'readonly',
        performance: 'readonly',
      },
    },
  },
);
