import t from 'tap';
import { runCli } from '../../harness/run-cli.js';

t.jobs = 4;
t.setTimeout(300_000);

const url = 'http://127.0.0.1:9/scim/v2';

const wrong: { args: string[]; says: RegExp }[] = [
  { args: [], says: /give the SCIM base URL of the provider with --target/ },
  { args: ['--target', 'foo'], says: /«foo» is not an http or https URL/ },
  { args: ['--target', 'ftp://host/scim'], says: /is not an http or https URL/ },
  { args: ['--target', 'http://user:secret@host/scim'], says: /--target contains a credential/ },
  { args: ['--target', `${url}?x=1`], says: /has a query or a fragment/ },
  { args: ['--target', url, '--only', 'STAT-99'], says: /There is no requirement «STAT-99»/ },
  { args: ['--target', url, '--only'], says: /Not enough arguments following: only/ },
  { args: ['--target', url, '--only', ''], says: /--only takes names such as/ },
  {
    args: ['--target', url, '--clients', 'entra,nope'],
    says: /There is no client «nope»\. The clients are: entra, okta, onelogin, pingfederate\./,
  },
  { args: ['--target', url, '--clients', 'entra,'], says: /--clients takes names such as entra; one of them is empty/ },
  { args: ['--target', url, '--require-clients'], says: /--require-clients demands the clients that --clients names/ },
  {
    args: ['--target', url, '--clients', 'okta', '--seed', '1', '--path', 'async-create/0'],
    says: /--path repeats one exercise: leave out --clients/,
  },
  {
    args: ['--target', url, '--clients', 'okta', '--seed', '1', '--shard', '1/2', '--require-clients'],
    says: /give them to «merge»/,
  },
  { args: ['--target', url, '--suite', 'NOPE'], says: /There is no suite «NOPE»\. The suites are: CORE, / },
  { args: ['--target', url, '--token', 'two words'], says: /--token is empty or contains characters/ },
  {
    args: ['--target', url, '--token-file', '/nonexistent/token'],
    says: /--token-file \/nonexistent\/token could not be read/,
  },
  { args: ['--target', url, '--header', 'no colon'], says: /--header has the form «Name: value»/ },
  { args: ['--target', url, '--runs', '0'], says: /--runs takes a whole number of 1 or more/ },
  { args: ['--target', url, '--timeout', '-1'], says: /--timeout takes a number of seconds/ },
  { args: ['--target', url, '--concurrency', 'many'], says: /--concurrency takes a whole number/ },
  { args: ['--target', url, '--path', 'async-create/0'], says: /give --seed, too/ },
  { args: ['--target', url, '--feature', 'undo'], says: /Argument: feature, Given: "undo", Choices: "idempotency"/ },
  { args: ['--target', url, '--serves', 'both'], says: /Argument: serves, Given: "both", Choices: "request-mode"/ },
  { args: ['--target', url, '--frobnicate'], says: /Unknown argument: frobnicate/ },
  { args: ['frobnicate'], says: /Unknown (argument|command): frobnicate/ },
  { args: ['explain', 'NOPE-01'], says: /there is no requirement «NOPE-01»/ },
  { args: ['list', '--suite', 'NOPE'], says: /There is no suite «NOPE»/ },
  { args: ['mock', '--fault', 'nope'], says: /there is no fault «nope»: «scim-conformance mock --list-faults»/ },
  { args: ['self-test', '--fault', 'nope'], says: /there is no fault «nope»/ },
  { args: ['self-test', '--seeds', '0', '--clean', '0'], says: /there is nothing to try/ },
  { args: ['--target', url, '--burst', '-1'], says: /--burst takes a whole number of 1 or more, or 0 for no burst/ },
  { args: ['--target', url, '--max-time', 'soon'], says: /--max-time takes .* at most 86400, or 0 for no limit/ },
  {
    args: ['mock', '--amqp', 'mqtt://user:hidden@broker.example'],
    says: /--amqp: the URL of a broker begins with amqp:\/\/ or amqps:\/\/.*\(amqp-url\)/,
  },
  { args: ['mock', '--amqp', 'amqp://broker.example', '--amqp-queue', 'amq.x'], says: /\(amqp-queue\)/ },
  { args: ['mock', '--port', '70000'], says: /--port takes a port from 0 to 65535/ },
];

for (const { args, says } of wrong) {
  void t.test(`«${args.join(' ')}» is a usage error with a clear message`, async (t) => {
    const { code, stdout, stderr } = await runCli(args);
    t.equal(code, 2);
    t.equal(stdout, '');
    t.match(stderr, says);
    t.notMatch(stderr, /\n {4}at /, 'no stack trace');
    t.notMatch(stderr, /secret|two words/, 'no credential');
  });
}
