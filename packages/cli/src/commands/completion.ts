import { Argument, type Command } from 'commander';
import { writeOut } from '../streams.js';

const EXAMPLES = `Examples:
  sentinel completion bash > ~/.local/share/bash-completion/completions/sentinel
  sentinel completion zsh > ~/.zfunc/_sentinel          with ~/.zfunc in fpath
  sentinel completion fish > ~/.config/fish/completions/sentinel.fish
  source <(sentinel completion bash)                    for this shell only
`;

const AFTER = `
What is completed:
  Commands, options, the words that an option takes, rules, and otherwise files.
  The script is text that is made now: completing runs nothing. Make it again
  after an update.

Exit codes:
  0  printed
  2  unknown shell`;

/** `whole`: the program with all of its commands. */
export function addCompletionCommand(program: Command, whole: () => Command): void {
  program
    .command('completion')
    .summary('print a completion script for a shell')
    .description('Prints a script that completes commands, options and their values in bash, zsh or fish.')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish']))
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completionScript } = await import('../completion/run.js');
      await writeOut(completionScript(shell, whole()));
    });
}
