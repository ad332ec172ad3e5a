import { addColor } from './color.js';
import type { Command } from 'commander';
import type { Outcome } from '../exit-code.js';
import { FORMATS, OutputList } from '../outputs.js';
import type { ReportOptions } from '../report/run.js';

const EXAMPLES = `Examples:
  sentinel artifact ./models/ -f json=report.json
  sentinel report report.json -f html=report.html
  sentinel report report.json -f cyclonedx=bom.cdx.json -f sarif=report.sarif
`;

const AFTER = `
Nothing is scanned again: what the report says is written as it is. Reports of earlier
versions are read too. sentinel retest scans again.

Exit codes:
  0  written, whatever the verdict of the report is
  2  bad usage; a damaged report; a format that could not be written`;

export function addReportCommand(program: Command, outcome: Outcome): void {
  const outputs = new OutputList(FORMATS);
  const command = program
    .command('report')
    .summary('write a JSON report in another format')
    .description('Writes a report of sentinel artifact --format json in other formats, without scanning again.')
    .argument('<report>', 'a report of sentinel artifact --format json')
    .option('-f, --format <name>', `${FORMATS.join(', ')}, or NAME=FILE (repeatable; default: text)`, outputs.format)
    .option(
      '-o, --output <file>',
      'write the format before it to a file (repeatable; default: standard output)',
      outputs.output,
    )
    .option('-q, --quiet', 'text: findings, problems and the verdict only')
    .option('-v, --verbose', 'text: every stream and global as well');
  addColor(command)
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (file: string, options: ReportOptions) => {
      const { renderStored } = await import('../report/run.js');
      outcome.code = await renderStored(file, options, outputs.list());
    });
}
