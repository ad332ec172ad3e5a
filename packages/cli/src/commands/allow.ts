import { Option, type Command } from 'commander';
import type { Outcome } from '../exit-code.js';
import { wantsColor } from '../streams.js';
import { addColor, type ColorChoice } from './color.js';

const CHECK_EXAMPLES = `Examples:
  sentinel allow check mylib.model.Net
  sentinel allow check mylib.model.Net mylib.data.Vocabulary --format json
  sentinel allow check mylib.model.Net --source ./src    and what its source does
  sentinel allow check mylib.rebuild:maker --source ./src    it is called besides
  sentinel allow check os.system            why an entry is refused
`;

const CHECK_HELP = `
What the verdicts mean:
  refused      no policy can hold it: it is in the danger list, no exact
               module.name, or judged by its arguments
  not needed   Sentinel allows it already
  accepted     a policy can hold it; the list says what to verify first
An entry lets instances be made without a call and be given a state. With :maker
behind it (role: maker in a policy) it may also be called, and its source is
reviewed for returning or storing its arguments.
With --source, instead of accepted:
  clear        no problem was found in the code that loading it runs:
               its construction and state methods, those of its base classes,
               the functions that they call, the code of the modules that are
               imported
  review       something was found, or could not be read

Exit codes:
  0  no entry is refused, and no problem was found in the source that was
     given
  1  with --source: an entry has something to review
  2  an entry is refused, or the command line is wrong; outranks 1`;

interface CheckOptions {
  readonly format: 'text' | 'json';
  readonly source?: readonly string[];
  readonly color?: ColorChoice;
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

const SUGGEST_EXAMPLES = `Examples:
  sentinel allow suggest model.pt
  sentinel allow suggest model.pt --source ./src      read the source of what it needs
  sentinel allow suggest ./models/ --format yaml >> sentinel-policy.yml
`;

const SUGGEST_HELP = `
What is suggested:
  safe-looking  no problem was found in its source (--source)
  to review     somebody has to read what it does
  refused       dangerous, computed, or judged by its arguments: no entry can
                allow it
For a checkpoint of PyTorch it also says whether torch.load(weights_only=True)
would load it, and the shortest list of safe globals with which it would.

Exit codes:
  0  nothing is needed, or everything needed is safe-looking
  1  something is to be reviewed
  2  something is refused or could not be read, or the command line is wrong;
     outranks 1`;

interface SuggestOptions {
  readonly format: 'text' | 'json' | 'yaml';
  readonly source?: readonly string[];
  readonly color?: ColorChoice;
}

export function addAllowCommand(program: Command, outcome: Outcome): void {
  const allow = program
    .command('allow')
    .summary('review entries of the allowlist')
    .description('Says what is known of entries for the allow list of a policy.')
    .addHelpText('before', 'Examples:\n  sentinel allow check mylib.model.Net\n  sentinel allow suggest model.pt\n');
  const check = allow
    .command('check')
    .summary('say why an entry is refused or accepted, and what to verify')
    .description('Says why an entry of the allow list is refused or accepted, and what to verify before it is written.')
    .argument('<entry...>', 'exact module.name of a class or function')
    .option('--source <dir>', 'folder with the Python source of the entries (repeatable); nothing is imported', collect)
    .addOption(new Option('-f, --format <name>', 'text or json').choices(['text', 'json']).default('text'));
  addColor(check)
    .addHelpText('before', CHECK_EXAMPLES)
    .addHelpText('after', CHECK_HELP)
    .action(async (entries: string[], options: CheckOptions) => {
      const { checkEntries } = await import('../allow/check.js');
      outcome.code = await checkEntries(entries, options, wantsColor(options.color));
    });
  const suggest = allow
    .command('suggest')
    .summary('list the smallest set of entries that a file needs')
    .description('Lists the smallest set of allow entries that a file needs, and what to verify of each.')
    .argument('<file...>', 'files or folders')
    .option('--source <dir>', 'folder with the Python source of the entries (repeatable); nothing is imported', collect)
    .addOption(
      new Option('-f, --format <name>', 'text, json or yaml').choices(['text', 'json', 'yaml']).default('text'),
    );
  addColor(suggest)
    .addHelpText('before', SUGGEST_EXAMPLES)
    .addHelpText('after', SUGGEST_HELP)
    .action(async (files: string[], options: SuggestOptions) => {
      const { suggestEntries } = await import('../allow/suggest.js');
      outcome.code = await suggestEntries(files, options, wantsColor(options.color));
    });
}
