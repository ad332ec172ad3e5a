import type { Command } from 'commander';
import { bashScript } from './bash.js';
import { describeCommands, type DescribedCommand } from './describe.js';
import { fishScript } from './fish.js';
import { zshScript } from './zsh.js';

type Shell = 'bash' | 'zsh' | 'fish';

const SCRIPTS: Readonly<Record<Shell, (commands: readonly DescribedCommand[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** The script of a shell for all commands of the program. */
export function completionScript(shell: Shell, program: Command): string {
  return SCRIPTS[shell](describeCommands(program));
}
