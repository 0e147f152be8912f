/**
 * Runs command lines one after the other in this process, as the tool runs one: only the entry is loaded anew. The
 * first argument is the URL of the entry; a message is one command line.
 */
const [entry = ''] = process.argv.slice(2);
const write = { stdout: process.stdout.write, stderr: process.stderr.write };
// Every load of the entry listens.
process.stdout.setMaxListeners(0);
let count = 0;

const run = async ({ args, env }) => {
  const said = { stdout: '', stderr: '' };
  for (const name of Object.keys(said)) {
    process[name].write = (text, ...rest) => {
      said[name] += text;
      rest.find((each) => typeof each === 'function')?.();
      return true;
    };
  }
  process.argv = [process.argv[0], 'scim-conformance', ...args];
  process.env = env;
  process.exitCode = undefined;
  try {
    await import(`${entry}?${(count += 1)}`);
    return { code: process.exitCode ?? 0, ...said };
  } finally {
    Object.assign(process.stdout, { write: write.stdout });
    Object.assign(process.stderr, { write: write.stderr });
    process.exitCode = undefined;
  }
};

process.on('message', (message) => void run(message).then((result) => process.send(result)));
process.on('disconnect', () => process.exit());
