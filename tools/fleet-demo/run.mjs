// The fleet with something in it: `npm run fleet:demo` starts a database, the API, the gate, workers, a bucket and a Hub of 500
// repositories on this machine, takes both in, and says where the dashboard is. Ctrl-C ends all of it.
//
//   node tools/fleet-demo/run.mjs [--once] [--repositories N] [--port N] [--data FOLDER]
//
// --once: analyses, prints figures, takes screenshots where there is a Chromium, and ends.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { node22 } from '../node22.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');

/** The exit code of a program that shares the terminal. Signals of the terminal are its own. */
function run(file, args) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.on(signal, () => void (signal === 'SIGTERM' && child.kill(signal)));
    child.once('exit', (code) => resolve(code ?? 1));
    child.once('error', () => resolve(1));
  });
}

const file = node22();
// A checkout that nobody has built yet.
const OUTPUTS = [
  'fleet/dist/serve.js',
  'fleet/dist-dashboard/index.html',
  'core/dist-node/index.js',
  'sources/dist/index.js',
];
const isBuilt = OUTPUTS.every((path) => existsSync(join(root, 'packages', path)));
if (!isBuilt && (await run('npm', ['run', 'build'])) !== 0) process.exit(1);
process.exitCode = await run(file, [join(here, 'demo.mjs'), ...process.argv.slice(2)]);
