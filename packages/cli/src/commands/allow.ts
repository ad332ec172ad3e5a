import { Option, type Command } from 'commander';
import type { Outcome } from '../exit-code.js';
import { wantsColor } from '../streams.js';

const CHECK_EXAMPLES = `Examples:
  sentinel allow check mylib.model.Net
  sentinel allow check mylib.model.Net mylib.data.Vocabulary --format json
  sentinel allow check mylib.model.Net --source ./src    and what its source does
  sentinel allow check os.system            why an entry is refused
`;

const CHECK_HELP = `
What the verdicts mean:
  refused      no policy can hold it: it is in the danger list, no exact
               module.name, or judged by its arguments
  not needed   Sentinel allows it already
  accepted     a policy can hold it; the list says what to verify first
With --source, in place of accepted:
  clear        nothing that speaks against it was found in what loading it runs:
               its construction and state methods, those of its base classes, the
               functions that they call, the code of the modules that are imported
  review       something was found, or could not be read

Exit codes:
  0  no entry is refused, and nothing in the source that was given speaks
     against one
  1  with --source: an entry has something to review
  2  an entry is refused, or the command line is wrong; outranks 1`;

interface CheckOptions {
  readonly format: 'text' | 'json';
  readonly source?: readonly string[];
  readonly color: boolean;
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

export function addAllowCommand(program: Command, outcome: Outcome): void {
  const allow = program
    .command('allow')
    .summary('review entries of the allowlist')
    .description('Says what is known of entries for the allow list of a policy.')
    .addHelpText('before', 'Examples:\n  sentinel allow check mylib.model.Net\n');
  allow
    .command('check')
    .summary('say why an entry is refused or accepted, and what to verify')
    .description('Says why an entry of the allow list is refused or accepted, and what to verify before it is written.')
    .argument('<entry...>', 'exact module.name of a class or function')
    .option('--source <dir>', 'folder with the Python source of the entries (repeatable); nothing is imported', collect)
    .addOption(new Option('-f, --format <name>', 'text or json').choices(['text', 'json']).default('text'))
    .option('--no-color', 'no colours (also: NO_COLOR; FORCE_COLOR turns them on)')
    .addHelpText('before', CHECK_EXAMPLES)
    .addHelpText('after', CHECK_HELP)
    .action(async (entries: string[], options: CheckOptions) => {
      const { checkEntries } = await import('../allow/check.js');
      outcome.code = await checkEntries(entries, options, wantsColor(options.color));
    });
}
