import { renderClosureJson, renderClosureMarkdown, renderClosureText, type ClosureRecord } from '@sentinel/core';
import { writeAtomically } from '../artifact/write-outputs.js';
import type { Output } from '../outputs.js';
import { writeOut } from '../streams.js';

import type { RecordFormat } from './options.js';

const RENDER: Readonly<Record<RecordFormat, (record: ClosureRecord) => string>> = {
  text: renderClosureText,
  json: renderClosureJson,
  markdown: renderClosureMarkdown,
};

export async function writeRecord(record: ClosureRecord, outputs: readonly Output<RecordFormat>[]): Promise<void> {
  for (const { format, file } of outputs) {
    const text = RENDER[format](record);
    if (file === null) await writeOut(text);
    else writeAtomically(file, text);
  }
}
