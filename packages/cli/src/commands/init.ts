import type { Command } from 'commander';
import { writeOut } from '../streams.js';

interface InitOptions {
  readonly force?: true;
}

export function addInitCommand(program: Command): void {
  program
    .command('init')
    .summary('write a commented sentinel-policy.yml')
    .description('Writes a commented sentinel-policy.yml to start from.')
    .argument('[file]', 'where to', 'sentinel-policy.yml')
    .option('--force', 'replace an existing file')
    .addHelpText('before', 'Examples:\n  sentinel init\n  sentinel init ci/sentinel-policy.yml\n')
    .addHelpText('after', '\nExit codes:\n  0  written\n  2  the file exists, or cannot be written')
    .action(async (file: string, options: InitOptions) => {
      const { writeInitialPolicy } = await import('../init/write.js');
      await writeInitialPolicy(file, options.force === true);
      await writeOut(`Wrote ${file}. Read it, then run: sentinel artifact ./models/\n`);
    });
}
