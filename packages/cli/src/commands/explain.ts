import { Option, type Command } from 'commander';
import { outColumns, wantsColor, writeOut } from '../streams.js';
import { addColor, type ColorChoice } from './color.js';

interface ExplainOptions {
  readonly format: 'text' | 'markdown';
  readonly color?: ColorChoice;
}

const EXAMPLES = `Examples:
  sentinel explain PICKLE-EXEC
  sentinel explain ARCHIVE-PATH --format markdown
  sentinel explain v2-7c52d828 report.json     one finding of a report in full
`;

const AFTER = `
A finding is named by its fingerprint, or by as much of it as a list of findings
shows. The report is what sentinel artifact PATH -f json=report.json wrote.
Nothing is scanned again, and what the report says is neither run nor checked.

Exit codes:
  0  printed
  2  unknown rule, no such finding, or a report that cannot be read`;

export function addExplainCommand(program: Command): void {
  const command = program
    .command('explain')
    .summary('print the page of a rule, or one finding of a report')
    .description(
      'Prints the full page of a rule: what it finds, why it matters, how to fix it, how to prove the fix. Or one finding of a report in full.',
    )
    .argument('<rule>', 'rule ID, for example PICKLE-EXEC, or a fingerprint')
    .argument('[report]', 'with a fingerprint: the JSON report that has the finding')
    .addOption(new Option('-f, --format <name>', 'text or markdown').choices(['text', 'markdown']).default('text'));
  addColor(command)
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (name: string, report: string | undefined, { format, color }: ExplainOptions) => {
      const { explain } = await import('../explain/run.js');
      await writeOut(await explain(name, report, { format, color: wantsColor(color), width: outColumns() }));
    });
}
