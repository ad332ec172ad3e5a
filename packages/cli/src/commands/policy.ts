import { Option, type Command } from 'commander';
import type { Outcome } from '../exit-code.js';
import type { PolicyCheckOptions } from '../policy/check-report.js';
import { repeated } from './repeated.js';

const EXAMPLES = `Examples:
  sentinel policy check                     the policy of the working folder
  sentinel policy check ./models/           the policy of: sentinel artifact ./models/
  sentinel policy check --policy ci/sentinel-policy.yml
  sentinel policy check ./models/ --format json
  sentinel policy schema > sentinel-policy.schema.json
`;

const CHECK_AFTER = `
What it prints:
  Every value in effect, and its origin: FILE:LINE, an option, or "built in".
  For each category and each rule that a policy speaks about, what fails and
    what asks for a ticket.
  Allow and accept entries with their state: counts, expired, or shadowed (it
    changes nothing).
  Policies inside of the scanned paths, key by key: what is used, and what is
    ignored and why.
  Globs under "paths" with the number of files that each decides, when paths are
    given.

Exit codes:
  0  valid; entries that are expired or shadowed are named and are no error
  2  a policy cannot be read or is not understood; every error in it is listed`;

export function addPolicyCommand(program: Command, outcome: Outcome): void {
  const policy = program
    .command('policy')
    .summary('check policies, and print the effective one')
    .description('Checks policies and prints the effective one.')
    .helpCommand(false)
    .addHelpText('before', EXAMPLES);
  policy
    .command('check')
    .summary('print the effective policy and where each value comes from')
    .description('Prints the policy that a scan of the paths uses, and where each value comes from.')
    .argument('[path...]', 'what would be scanned (default: nothing; the policy at or above the working folder)')
    .option('--policy <file>', 'policy file, as for `sentinel artifact`')
    .option('--policy-folder <folder>', 'as for `sentinel artifact`')
    .option('--trust-policy-in-tree', 'as for `sentinel artifact`')
    .option('--max-acceptable-severity <name>', 'as for `sentinel artifact`')
    .option('--also-allow <entry>', 'as for `sentinel artifact` (repeatable)', repeated)
    .addOption(new Option('-f, --format <name>', 'text or json').choices(['text', 'json']).default('text'))
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', CHECK_AFTER)
    .action(async (paths: string[], options: PolicyCheckOptions) => {
      const { checkPolicy } = await import('../policy/check.js');
      outcome.code = await checkPolicy(paths, options);
    });
  policy
    .command('schema')
    .summary('print the JSON Schema of a policy, for editors')
    .description('Prints the JSON Schema of one document of a policy, for editors.')
    .addHelpText('before', 'Examples:\n  sentinel policy schema > sentinel-policy.schema.json\n')
    .addHelpText('after', '\nExit codes:\n  0  printed')
    .action(async () => {
      const { printSchema } = await import('../policy/schema.js');
      await printSchema();
    });
}
