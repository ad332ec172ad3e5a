import type { Stats } from 'node:fs';
import {
  renderClosureJson,
  renderClosureMarkdown,
  renderClosureText,
  type ClosureRecord,
} from '@artifact-sentinel/core/internal';
import { writeReports } from '../artifact/write-outputs.js';
import type { Output } from '../outputs.js';
import type { RecordFormat } from './options.js';

const RENDER: Readonly<Record<RecordFormat, (record: ClosureRecord) => string>> = {
  text: renderClosureText,
  json: renderClosureJson,
  markdown: renderClosureMarkdown,
};

/** What cannot be written comes back in words. */
export function writeRecord(
  record: ClosureRecord,
  outputs: readonly Output<RecordFormat>[],
  isInput: (file: Stats) => boolean,
): Promise<string[]> {
  return writeReports(outputs, ({ format }) => RENDER[format](record), isInput);
}
