import type { Stats } from 'node:fs';
import { RULES, type Report } from '@artifact-sentinel/core';
import { REPORTERS, UsageError, type ReportContext } from '@artifact-sentinel/core/internal';
import { describeError } from '../describe-error.js';
import { readCheckout } from './checkout.js';
import type { Format, Output } from '../outputs.js';
import { Inputs } from '../output-targets.js';
import { StreamError, writeError, writeOut } from '../streams.js';
import { writeFile } from '../write-file.js';

/** What depends on the options of the command. */
export type RenderContext = Pick<ReportContext, 'rules' | 'color' | 'verbose' | 'quiet' | 'width'>;

async function render(report: Report, { format, file }: Output, context: RenderContext): Promise<string> {
  const renderReport = await REPORTERS[format].load();
  const root = process.cwd();
  return renderReport(report, {
    ...context,
    ...(file === null ? {} : { color: false, width: null }),
    catalogue: RULES.map((rule) => rule.meta),
    root,
    checkout: () => readCheckout(root),
  });
}

/** Artifacts that could be the file which a report would replace: those of its size. */
function isArtifact(report: Report): (file: Stats) => boolean {
  return (file) => {
    const alike = report.artifacts.filter(({ size }) => size === file.size).map(({ path }) => path);
    return new Inputs(alike).has(file);
  };
}

/** Writes what can be written; what cannot comes back as a message, for any error: the other reports are written. */
export async function writeReports<F extends Format>(
  outputs: readonly Output<F>[],
  textOf: (output: Output<F>) => string | Promise<string>,
  isInput: (file: Stats) => boolean,
): Promise<string[]> {
  const problems: string[] = [];
  for (const output of outputs) {
    try {
      const text = await textOf(output);
      if (output.file === null) await writeOut(text);
      else await writeFile(output.file, text, { isInput });
    } catch (error) {
      problems.push(reasonOf(output, error));
    }
  }
  return problems;
}

function reasonOf({ format, file }: Output, error: unknown): string {
  if (error instanceof UsageError || error instanceof StreamError) return error.message;
  const { text, stack } = describeError(error);
  if (process.env['SENTINEL_DEBUG'] !== undefined && stack !== null) writeError(stack);
  return `cannot write the ${format} report to ${file ?? 'standard output'}: ${text}`;
}

export function writeOutputs(
  report: Report,
  outputs: readonly Output[],
  context: RenderContext,
  inputs: Inputs,
): Promise<string[]> {
  const isInArtifacts = isArtifact(report);
  return writeReports(
    outputs,
    (output) => render(report, output, context),
    (file) => inputs.has(file) || isInArtifacts(file),
  );
}
