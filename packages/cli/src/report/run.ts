import { escapeText, readReport, selectRules } from '@artifact-sentinel/core/internal';
import { writeOutputs } from '../artifact/write-outputs.js';
import { EXIT } from '../exit-code.js';
import type { ColorChoice } from '../commands/color.js';
import { checkOutputs, Inputs } from '../output-targets.js';
import type { Output } from '../outputs.js';
import { readText } from '../retest/read-json.js';
import { outColumns, wantsColor, writeError } from '../streams.js';

/** Options of the command line, as commander names them. */
export interface ReportOptions {
  readonly color?: ColorChoice;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Writes a stored report in other formats. Nothing is scanned, and the exit code says nothing of the verdict. */
export async function renderStored(file: string, options: ReportOptions, outputs: readonly Output[]): Promise<number> {
  checkOutputs(outputs, [file]);
  const report = readReport(readText(file, 'report').text, file);
  const context = {
    rules: selectRules(report.run?.rules ?? []).map((rule) => rule.meta),
    color: wantsColor(options.color),
    verbose: options.verbose === true,
    quiet: options.quiet === true,
    width: outColumns(),
  };
  const unwritten = await writeOutputs(report, outputs, context, new Inputs([file]));
  for (const problem of unwritten) writeError(`sentinel: ${escapeText(problem)}`);
  return unwritten.length === 0 ? EXIT.pass : EXIT.incomplete;
}
