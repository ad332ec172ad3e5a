import { Option, type Command } from 'commander';

/** What `--color` says: a word, `false` for `--no-color`, nothing where neither is given. */
export type ColorChoice = 'auto' | 'always' | 'never' | false | undefined;

/** The options for colours; the same for every command that has some. */
export function addColor(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--color <when>',
        'colours on standard output (default: auto, on a terminal; see NO_COLOR, FORCE_COLOR)',
      ).choices(['auto', 'always', 'never']),
    )
    .option('--no-color', 'the same as --color never');
}
