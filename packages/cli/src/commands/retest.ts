import type { Command } from 'commander';
import type { Outcome } from '../exit-code.js';
import { OutputList } from '../outputs.js';
import type { RecordFormat, RetestOptions } from '../retest/options.js';
import { repeated } from './repeated.js';
import { allowPrivate, followLinks, maxDownload, offline, thorough } from './shared-options.js';
import { seconds } from './seconds.js';
import { threads } from './threads.js';

const EXAMPLES = `Examples:
  sentinel artifact ./models/ -f text -f json=report.json
  sentinel retest report.json
  sentinel retest report.json -f markdown=closure.md -f json=closure.json
  sentinel retest report.json --root ../checkout      the tree was moved
  sentinel retest report.json ./models-v2/            the scanned folder was renamed
  sentinel retest report.json hf://org/model@fixed    another revision
`;

const AFTER = `
What becomes of each finding of the report:
  closed        its signal is gone from an artifact that was analysed completely
  removed       the artifact is gone
  open          the signal is still there; an allow entry, an acceptance or a
                higher threshold closes nothing
  unverifiable  the artifact is incomplete or unchanged, or the paths or the
                policy of the report cannot be resolved

The paths of the report are scanned again, below the working folder or that of
the report; repositories of the Hub at the revision that the report names. Other
addresses have to be named here. Its command line is shown and never run. Its
other settings may only tighten: the scan applies every rule, with the default
limits and the policy that a scan would take, unless the options here say
otherwise. A policy that the report names and a scan would not find only
tightens; --policy makes it yours. The record names the origin of each setting,
and what of the report was left out.

Exit codes:
  0  nothing is open or unverifiable, and the policy is met
  1  something is open, or a new finding fails the policy (outranks 2)
  2  something is unverifiable or incomplete; bad usage; a damaged report`;

export function addRetestCommand(program: Command, outcome: Outcome): void {
  const outputs = new OutputList<RecordFormat>(['text', 'json', 'markdown']);
  program
    .command('retest')
    .summary('run a recorded scan again and write closure evidence')
    .description('Runs the scan of a JSON report again and says of each of its findings whether it is closed.')
    .argument('<report>', 'a report of sentinel artifact --format json')
    .argument('[path...]', 'where the scanned paths lie now, one for each, in their order')
    .option('--root <folder>', 'folder that the paths of the report are relative to')
    .option('--policy <file>', 'policy file (default: $SENTINEL_POLICY, or what a scan finds)')
    .option('--policy-folder <folder>', 'with --policy: where the globs of the policy begin (default: where it lies)')
    .option('--trust-policy-in-tree', 'a policy inside of what is scanned counts in full')
    .option('--rule <name>', 'apply only this category or rule (repeatable; default: all)', repeated)
    .option('--max-acceptable-severity <name>', 'highest safety level that passes (default: that of the policy)')
    .option('--also-allow <entry>', 'allow one more global, exact module.name (repeatable)', repeated)
    .option('--timeout <seconds>', 'deadline for each artifact (default: 120)', seconds)
    .addOption(followLinks())
    .addOption(offline())
    .addOption(allowPrivate())
    .option(
      '--allow-host <name>',
      'a server that the report alone may name, as host or host:port (repeatable)',
      repeated,
    )
    .addOption(maxDownload())
    .addOption(thorough())
    .option('-f, --format <name>', 'text, json, markdown, or NAME=FILE (repeatable; default: text)', outputs.format)
    .option(
      '-o, --output <file>',
      'write the format before it to a file (repeatable; default: standard output)',
      outputs.output,
    )
    .option('--jobs <n>', 'threads that analyse artifacts (default: up to 4 where it pays)', threads)
    .option('-q, --quiet', 'no progress')
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (report: string, paths: string[], options: RetestOptions) => {
      const { runRetest } = await import('../retest/run.js');
      outcome.code = await runRetest(report, paths, options, outputs.list());
    });
}
