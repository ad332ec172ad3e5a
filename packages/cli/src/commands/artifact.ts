import type { ArtifactOptions } from '../artifact/options.js';
import { Option, type Command } from 'commander';
import { EXIT_HELP, type Outcome } from '../exit-code.js';
import { addColor } from './color.js';
import { repeated } from './repeated.js';
import { FORMATS, OutputList } from '../outputs.js';
import { allowPrivate, followLinks, maxDownload, offline, thorough } from './shared-options.js';
import { seconds } from './seconds.js';
import { threads } from './threads.js';

const EXAMPLES = `Examples:
  sentinel artifact model.pt
  sentinel artifact hf://org/model
  sentinel artifact hf://org/model@v1.0/pytorch_model.bin --format json
  sentinel artifact https://models.example.org/model.pt
  sentinel artifact ./models/ --rule PICKLE
  sentinel artifact ./models/ --format sarif --output sentinel.sarif
  sentinel artifact ./models/ -f text -f json=report.json --policy sentinel-policy.yml
  sentinel artifact model.pkl --also-allow mylib.model.Net
  sentinel artifact ./models/ --baseline report.json --fail-on-new
  curl -s https://models.example.org/model.pt | sentinel artifact -
`;

const AFTER = `
What is read:
  Files, and folders to the bottom. The path - is standard input, up to 1 GiB in
  memory; what only its name tells (Python source) is not recognised there.
  Addresses, where they lie and only as far as needed:
    hf://[datasets/|spaces/]org/name[@revision][/path] and the Hub's web pages,
      with HF_TOKEN, HF_ENDPOINT and the like; reports name the commit
    https://host/path of one file
    s3://bucket/key-or-prefix, with the keys and endpoints of AWS's environment
      and profiles; gs://bucket/… with HMAC keys
    oci://host/repository:tag (or @sha256:…), every layer of every platform,
      with the logins of docker login
    hf-cache:[org/name[@revision][/path]], the local cache of the Hub
  HTTPS_PROXY and NO_PROXY are followed. What cannot be listed or read
  completely is incomplete.

What is printed:
  The verdict, then the findings: up to three in full, more of them one line
  each, the worst file first. Owner, decision and retest follow once for a rule.
  --verbose shows all in full, and sentinel explain FINGERPRINT report.json one.
  On a terminal lines are folded at its width. In a pipe or a file they are not:
  a finding is one line.

Whose policy counts:
  The one named with --policy or by SENTINEL_POLICY, and no other. Otherwise the
  nearest sentinel-policy.yml above the paths that lies outside of them. One
  inside of the paths came with the files: it can make the gate stricter, never
  looser, unless --trust-policy-in-tree says that it is yours. Every report
  names what was used.
`;

export function addArtifactCommand(program: Command, outcome: Outcome): void {
  const outputs = new OutputList(FORMATS);
  const command = program
    .command('artifact')
    .summary('scan files, folders, archives and repositories')
    .description(
      'Scans model files, folders, archives and repositories of the Hub, and says what loading them would import and call.',
    )
    .argument('<path...>', 'files, folders or addresses, or - for standard input')
    .option('--rule <name>', 'apply only this category or rule (repeatable; default: all)', repeated)
    .option(
      '--policy <file>',
      'policy file (default: $SENTINEL_POLICY, or the nearest sentinel-policy.yml outside of the paths)',
    )
    .option('--policy-folder <folder>', 'with --policy: where the globs of the policy begin (default: where it lies)')
    .option(
      '--trust-policy-in-tree',
      'a policy inside of what is scanned counts in full, and not only where it is stricter',
    )
    .option('-f, --format <name>', `${FORMATS.join(', ')}, or NAME=FILE (repeatable; default: text)`, outputs.format)
    .option(
      '-o, --output <file>',
      'write the format before it to a file (repeatable; default: standard output)',
      outputs.output,
    )
    .option(
      '--max-acceptable-severity <name>',
      'highest safety level that passes: strict, moderate, permissive or a level name (default: strict)',
    )
    .option(
      '--also-allow <entry>',
      'allow one more global, exact module.name; module.name:maker where it is called (repeatable)',
      repeated,
    )
    .option('--baseline <report.json>', 'earlier JSON report: marks findings as new or unchanged, and lists those gone')
    .option('--fail-on-new', 'with --baseline: what it knows fails nothing, unless it has become worse')
    .option('--require-artifacts', 'exit 2 when nothing supported is found')
    .addOption(
      new Option(
        '--hash <which>',
        'artifacts to hash, reading them whole: none, findings or all (default: all for CycloneDX, findings for JSON and HTML)',
      ).choices(['none', 'findings', 'all']),
    )
    .option('--locked [file]', 'the folder has to have the files of its sentinel.lock, or of this lock, and no others')
    .option('--timeout <seconds>', 'deadline for each artifact (default: 120)', seconds)
    .option('--total-timeout <seconds>', 'deadline for the whole run: what it leaves out is incomplete', seconds)
    .addOption(followLinks())
    .addOption(offline())
    .addOption(allowPrivate())
    .addOption(maxDownload())
    .addOption(thorough())
    .option(
      '--jobs <n>',
      'threads that analyse artifacts, 1 for no extra one (default: up to 4 where it pays)',
      threads,
    )
    .option('-q, --quiet', 'findings, problems and the verdict only')
    .option('-v, --verbose', 'every finding in full; artifacts, streams and globals as well');
  addColor(command)
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER + EXIT_HELP)
    .action(async (paths: string[], options: ArtifactOptions) => {
      const { runArtifact } = await import('../artifact/run.js');
      outcome.code = await runArtifact(paths, options, outputs.list());
    });
}
