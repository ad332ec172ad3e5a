import { Option, type Command } from 'commander';
import type { BatchOptions } from '../batch/options.js';
import type { Outcome } from '../exit-code.js';
import { allowPrivate, followLinks, maxDownload, offline, thorough } from './shared-options.js';
import { repeated } from './repeated.js';
import { seconds } from './seconds.js';
import { parseShard } from './shard.js';

const EXAMPLES = `Examples:
  sentinel batch --from list.ndjson --to out/
  sentinel batch --from list.ndjson --to out/ --shard 3/64
  sentinel batch --from list.ndjson --to out/ --policy sentinel-policy.yml
`;

const AFTER = `
The list:
  A line each, as a JSON string or an object:
    "models/a.pkl"
    {"id": "42", "source": "hf://org/model@v1.0"}
  A source is a path or an address, as sentinel artifact takes them. Its id is
  the source itself where there is none. Nothing of a list with a broken line is
  scanned.

The records:
  OUT/shard-3-of-64.ndjson, a line for each line of the list that belongs to the
  shard, in the order of the list: the report, and the facts that it was made
  of. schemas/batch.schema.json describes a line. The file appears when all of
  it is there.

Shards:
  A line belongs to shard N of M by the SHA-256 of its id, on every machine.
  One process uses one thread for files: run as many shards as there are cores.

Ended and started again:
  A run that was ended loses the source it was at; the next one goes on. No
  record is written twice, even where two runs do the same shard at a time.
  Records of another version, catalogue or policy are made again. A source in
  whose scan three runs ended is incomplete.

Whose policy counts:
  The one of --policy or SENTINEL_POLICY, else the built-in one. None is searched
  for: each machine could find another one.

Exit codes:
  0  every line of the shard has a record, whatever the record says
  2  bad usage, a list or a folder that cannot be read or written
`;

export function addBatchCommand(program: Command, outcome: Outcome): void {
  program
    .command('batch')
    .summary('scan a list of sources, or one shard of it, into NDJSON')
    .description('Scans the sources of a list, or of one shard of it, and writes a record for each.')
    .requiredOption('--from <list.ndjson>', 'the list, a source a line')
    .requiredOption('--to <folder>', 'where the records are written')
    .option('--shard <n/of>', 'the part of the list that this run does (default: all of it)', parseShard)
    .option('--rule <name>', 'apply only this category or rule (repeatable; default: all)', repeated)
    .option('--policy <file>', 'policy file (default: $SENTINEL_POLICY, or the built-in policy)')
    .option('--policy-folder <folder>', 'with --policy: where the globs of the policy begin (default: where it lies)')
    .option('--max-acceptable-severity <name>', 'highest safety level that passes (default: strict)')
    .option('--also-allow <entry>', 'allow one more global, exact module.name (repeatable)', repeated)
    .addOption(
      new Option('--hash <which>', 'artifacts to hash: none or all (default: all files, no remote sources)').choices([
        'none',
        'all',
      ]),
    )
    .option('--timeout <seconds>', 'deadline for each artifact (default: 120)', seconds)
    .addOption(followLinks())
    .addOption(offline())
    .addOption(allowPrivate())
    .addOption(maxDownload())
    .addOption(thorough())
    .option('-q, --quiet', 'problems only')
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (options: BatchOptions) => {
      const { runBatch } = await import('../batch/run.js');
      outcome.code = await runBatch(options);
    });
}
