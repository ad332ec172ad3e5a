import type { Command } from 'commander';
import { writeOut } from '../streams.js';

export function addTraceCommand(program: Command): void {
  program
    .command('trace')
    .summary('print what loading a file would do')
    .description('Prints what loading a file would do as a readable program with byte offsets. Nothing is executed.')
    .argument('<file>', 'a pickle, or a file with pickles in it')
    .addHelpText('before', 'Examples:\n  sentinel trace model.pkl\n  sentinel trace model.pt | less\n')
    .addHelpText('after', '\nExit codes:\n  0  printed\n  2  the file cannot be read')
    .action(async (file: string) => {
      const { runTrace } = await import('../trace/run.js');
      await runTrace(file, writeOut);
    });
}
