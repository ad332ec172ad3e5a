import { renderClosureJson, renderClosureMarkdown, renderClosureText, type ClosureRecord } from '@sentinel/core';
import { writeAtomically } from '../artifact/write-outputs.js';
import type { Output } from '../outputs.js';
import { writeOut } from '../streams.js';

/** The formats of a closure record. */
export const RECORD_FORMATS = ['text', 'json', 'markdown'] as const;

const RENDER: Readonly<Record<(typeof RECORD_FORMATS)[number], (record: ClosureRecord) => string>> = {
  text: renderClosureText,
  json: renderClosureJson,
  markdown: renderClosureMarkdown,
};

export async function writeRecord(
  record: ClosureRecord,
  outputs: readonly Output<(typeof RECORD_FORMATS)[number]>[],
): Promise<void> {
  for (const { format, file } of outputs) {
    const text = RENDER[format](record);
    if (file === null) await writeOut(text);
    else await writeAtomically(file, text);
  }
}
