import { Option, type Command } from 'commander';
import { wantsColor, writeOut } from '../streams.js';

interface ExplainOptions {
  readonly format: 'text' | 'markdown';
  readonly color: boolean;
}

export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .summary('print the full page of a rule')
    .description('Prints the full page of a rule: what it finds, why it matters, how to fix it, how to prove the fix.')
    .argument('<rule>', 'rule ID, for example PICKLE-EXEC')
    .addOption(new Option('-f, --format <name>', 'text or markdown').choices(['text', 'markdown']).default('text'))
    .option('--no-color', 'no colours')
    .addHelpText(
      'before',
      'Examples:\n  sentinel explain PICKLE-EXEC\n  sentinel explain ARCHIVE-PATH --format markdown\n',
    )
    .addHelpText('after', '\nExit codes:\n  0  printed\n  2  unknown rule')
    .action(async (id: string, options: ExplainOptions) => {
      const { explainRule } = await import('../explain/run.js');
      await writeOut(explainRule(id, options.format, wantsColor(options.color)));
    });
}
