import { Option, type Command } from 'commander';
import { writeOut } from '../streams.js';

export function addRulesCommand(program: Command): void {
  program
    .command('rules')
    .summary('list the rules')
    .description('Lists the rules of the catalogue.')
    .argument('[name...]', 'only these categories or rules')
    .addOption(new Option('-f, --format <name>', 'text or json').choices(['text', 'json']).default('text'))
    .addHelpText('before', 'Examples:\n  sentinel rules\n  sentinel rules PICKLE\n  sentinel rules --format json\n')
    .addHelpText('after', '\nExit codes:\n  0  listed\n  2  unknown rule or category')
    .action(async (names: string[], options: { readonly format: 'text' | 'json' }) => {
      const { listRules } = await import('../rules/run.js');
      await writeOut(listRules(names, options.format));
    });
}
