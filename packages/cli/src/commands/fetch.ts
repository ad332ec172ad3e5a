import type { Command } from 'commander';
import { EXIT_HELP, type Outcome } from '../exit-code.js';
import type { FetchOptions } from '../fetch/options.js';
import { FORMATS, OutputList } from '../outputs.js';
import { addColor } from './color.js';
import { repeated } from './repeated.js';
import { allowPrivate, maxDownload } from './shared-options.js';
import { seconds } from './seconds.js';

const EXAMPLES = `Examples:
  sentinel fetch hf://org/model --to ./model
  sentinel fetch hf://org/model@v1.0 --to ./model --policy sentinel-policy.yml
  sentinel fetch s3://bucket/models/bert/ --to ./bert
  sentinel fetch oci://registry.example.org/models/bert:v1 --to ./bert
  sentinel artifact ./model --locked           in CI: are these still the files?
`;

const AFTER = `
What happens, in this order:
  1. The source is scanned where it lies. If it does not pass, nothing is
     downloaded.
  2. Its files are downloaded into a quarantine beside the folder. A download
     that was cut off is gone on with. Sizes, and the SHA-256 that the source
     claims, have to fit.
  3. What was downloaded is scanned again, all of it: a server may answer a scan
     with other bytes than a download.
  4. What passes is moved to its name, file by file, and sentinel.lock is
     written: source, revision, SHA-256 and verdict of each file.
  Where one file does not pass, cannot be read, or has a name that leads out of
  the folder, nothing is placed at all.

Pickled weights (.bin, .pt, .pth, .ckpt) beside safetensors of the same stem are
scanned and not fetched; --all fetches them too.
`;

export function addFetchCommand(program: Command, outcome: Outcome): void {
  const outputs = new OutputList(FORMATS);
  const command = program
    .command('fetch')
    .summary('scan a remote source, then download what passes')
    .description('Scans a remote source, downloads it if it passes the policy, scans what came, and locks it.')
    .argument('<source>', 'an address: hf://, s3://, gs://, oci:// or https://')
    .requiredOption('--to <folder>', 'where the files are placed')
    .option('--all', 'pickled weights beside safetensors too')
    .option('--replace', 'replace files that are there and differ (default: nothing is placed then)')
    .option('--policy <file>', 'policy file (default: $SENTINEL_POLICY, or the nearest sentinel-policy.yml)')
    .option('--policy-folder <folder>', 'with --policy: where the globs of the policy begin (default: where it lies)')
    .option('--max-acceptable-severity <name>', 'highest safety level that passes (default: strict)')
    .option('--also-allow <entry>', 'allow one more global, exact module.name (repeatable)', repeated)
    .option('--timeout <seconds>', 'deadline for the scan of each artifact (default: 120)', seconds)
    .option('--total-timeout <seconds>', 'deadline for each of both scans as a whole', seconds)
    .addOption(allowPrivate())
    .addOption(maxDownload())
    .option('-f, --format <name>', `${FORMATS.join(', ')}, or NAME=FILE (repeatable; default: text)`, outputs.format)
    .option(
      '-o, --output <file>',
      'write the format before it to a file (repeatable; default: standard output)',
      outputs.output,
    )
    .option('-q, --quiet', 'findings, problems and the verdict only')
    .option('-v, --verbose', 'every finding in full; artifacts, streams and globals as well');
  addColor(command)
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER + EXIT_HELP)
    .action(async (source: string, options: FetchOptions) => {
      const { runFetch } = await import('../fetch/run.js');
      outcome.code = await runFetch(source, options, outputs.list());
    });
}
