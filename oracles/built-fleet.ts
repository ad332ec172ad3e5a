import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runsFleet } from './runs-fleet.js';

/**
 * Compiles the fleet and what it imports, for its workers are processes that run what is built. The compiler writes only what has
 * changed. Where the tests of the fleet are skipped, no test reads what it would write.
 */
export default function setup(): void {
  if (!runsFleet) return;
  const root = fileURLToPath(new URL('..', import.meta.url));
  const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
  execFileSync(process.execPath, [tsc, '-b', 'packages/fleet/tsconfig.build.json'], {
    cwd: root,
    // The compiler would keep a cache of itself in the temporary folder of the tests.
    env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
