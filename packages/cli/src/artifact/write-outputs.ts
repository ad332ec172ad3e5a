import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { renderJson, renderText, UsageError, type Report, type RuleMeta } from '@sentinel/core';
import type { Output } from '../outputs.js';
import { writeOut } from '../streams.js';
import { isSystemError, systemReason } from '../system-error.js';

export interface RenderContext {
  readonly rules: readonly RuleMeta[];
  readonly color: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
}

/** Fails before a long scan rather than after it: two reports on one stream, or a folder that is not there. */
export function checkOutputs(outputs: readonly Output[]): void {
  if (outputs.filter((output) => output.file === null).length > 1) {
    throw new UsageError(
      'only one report can go to standard output; give the others a file, as in -f json=report.json',
    );
  }
  for (const { file } of outputs) {
    if (file === null) continue;
    const folder = dirname(file);
    if (!isFolder(folder, file)) throw new UsageError(`cannot write ${file}: ${folder} is no folder`);
  }
}

function isFolder(folder: string, file: string): boolean {
  try {
    return statSync(folder).isDirectory();
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot write ${file}: ${folder}: ${systemReason(error)}`);
    throw error;
  }
}

async function render(report: Report, { format, file }: Output, context: RenderContext): Promise<string> {
  const { color, quiet, rules, verbose } = context;
  if (format === 'text') return renderText(report, { color: color && file === null, verbose, quiet });
  if (format === 'json') return renderJson(report);
  const { renderFormat } = await import('../formats/render.js');
  return renderFormat(report, format, rules);
}

/** A reader sees the old file or the new one, never half of one. */
export function writeAtomically(file: string, text: string): void {
  const temporary = join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    if (isSystemError(error)) throw new UsageError(`cannot write ${file}: ${systemReason(error)}`);
    throw error;
  }
}

export async function writeOutputs(report: Report, outputs: readonly Output[], context: RenderContext): Promise<void> {
  for (const output of outputs) {
    const text = await render(report, output, context);
    if (output.file === null) await writeOut(text);
    else writeAtomically(output.file, text);
  }
}
