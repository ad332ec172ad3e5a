// A process that runs the command line as often as it is asked to: its modules are loaded once. Nothing of a run stays,
// since no module of ours has state (packages/core/test/sources/state.test.ts).
// Started by thread.mjs. Its standard output and standard error are files, which thread.mjs reads.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const bundle = process.argv[2];
const parts = join(dirname(bundle), 'parts');
const program = readdirSync(parts).find((name) => /^program\.[cm]js$/.test(name));
const { start } = await import(pathToFileURL(join(parts, program)).href);

process.on('message', (request) => void run(request));

async function run({ cwd, args, env }) {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv = [process.execPath, bundle, ...args];
  process.send({ code: await start(process.argv) });
}

process.on('disconnect', () => process.exit());
process.send({ ready: true });
