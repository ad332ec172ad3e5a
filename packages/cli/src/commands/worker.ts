import type { Command } from 'commander';
import type { Outcome } from '../exit-code.js';
import type { WorkerOptions } from '../fleet/run.js';
import { workers } from './workers.js';

const EXAMPLES = `Examples:
  sentinel worker --database postgres://sentinel@db/fleet
  DATABASE_URL=postgres://sentinel@db/fleet sentinel worker --processes 4
`;

const AFTER = `
It knows nothing but the database of the fleet: where uploads lie, which hosts
may be asked and which policy holds stands there. Files are analysed in
processes of their own, which may read and do nothing else; one that such a
file ends costs nothing but that file.

It needs Node 22.12 or later, and the package @artifact-sentinel/fleet.
SIGTERM and SIGINT end it: work in hand is given back.

Exit codes:
  0  it was stopped by a signal
  2  bad usage, or the database cannot be reached`;

export function addWorkerCommand(program: Command, outcome: Outcome): void {
  program
    .command('worker')
    .summary('does the work of a fleet, from any machine')
    .description('Fetches what a fleet has to read (sentinel serve), analyses it, and writes down what came of it.')
    .option('--database <url>', 'the database of the fleet; DATABASE_URL by default')
    .option('--processes <n>', 'processes that analyse; one for each core by default', workers)
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (options: WorkerOptions) => {
      const { runFleet } = await import('../fleet/run.js');
      outcome.code = await runFleet('worker', options);
    });
}
