import type { Command } from 'commander';
import type { Outcome } from '../exit-code.js';
import type { ServeOptions } from '../fleet/run.js';
import { repeated } from './repeated.js';
import { workers } from './workers.js';

const EXAMPLES = `Examples:
  sentinel serve                                  with a database of its own, in ./sentinel-data
  sentinel serve --data /var/lib/sentinel --listen 0.0.0.0:8470
  sentinel serve --database postgres://sentinel@db/fleet --store s3://models/sentinel --workers 0
`;

const AFTER = `
Where things are:
  Without --database or DATABASE_URL a PostgreSQL of its own runs in the data
  folder. Without --store uploads lie there too. Credentials of an S3-compatible
  store come from the environment, as AWS has them.

The first administrator:
  The token is printed once, when there is none yet; SENTINEL_ADMIN_TOKEN gives
  one instead.

What may be asked:
  Sources on the public internet. --allow-host names hosts that may be asked
  although they are not, such as a registry within; it replaces those that were
  named before.

It needs Node 22.12 or later, and the package @artifact-sentinel/fleet.
SIGTERM and SIGINT end it: work in hand is given back.

Exit codes:
  0  it was stopped by a signal
  2  bad usage, or it cannot be started`;

export function addServeCommand(program: Command, outcome: Outcome): void {
  program
    .command('serve')
    .summary('verdicts for many: API, dashboard, gate of the Hub, workers')
    .description(
      'Takes in models by upload, from the Hub, buckets, registries and web servers, and answers whether a file is allowed,\n' +
        'by which catalogue, and since when.',
    )
    .option('--data <folder>', 'what it keeps', 'sentinel-data')
    .option('--listen <address>', 'host:port', '127.0.0.1:8470')
    .option('--database <url>', 'a PostgreSQL of your own')
    .option('--store <store>', 's3://bucket/prefix or a folder, for uploads')
    .option('--workers <n>', 'worker processes on this machine; 0: others do the work', workers)
    .option(
      '--allow-host <host>',
      'host or host:port that may be asked although it is not public (repeatable)',
      repeated,
    )
    .option('--public-url <url>', 'as others reach it, where a proxy stands before it')
    .option('--log', 'log requests to standard output')
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (options: ServeOptions) => {
      const { runFleet } = await import('../fleet/run.js');
      outcome.code = await runFleet('serve', options);
    });
}
