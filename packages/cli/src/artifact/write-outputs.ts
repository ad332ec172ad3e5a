import { renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  renderJson,
  renderMarkdown,
  renderSarif,
  renderText,
  UsageError,
  type Report,
  type RuleMeta,
} from '@sentinel/core';
import type { Output } from '../outputs.js';
import { writeOut } from '../streams.js';
import { isSystemError, systemReason } from '../system-error.js';

export interface RenderContext {
  readonly rules: readonly RuleMeta[];
  readonly root: string;
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

function render(report: Report, output: Output, context: RenderContext): string {
  switch (output.format) {
    case 'text':
      return renderText(report, {
        color: context.color && output.file === null,
        verbose: context.verbose,
        quiet: context.quiet,
      });
    case 'json':
      return renderJson(report);
    case 'sarif':
      return renderSarif(report, { rules: context.rules, root: context.root });
    case 'markdown':
      return renderMarkdown(report, context.rules);
  }
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
    const text = render(report, output, context);
    if (output.file === null) await writeOut(text);
    else writeAtomically(output.file, text);
  }
}
