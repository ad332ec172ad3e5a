import { ARCHIVE_CASES } from './cases/archives.js';
import { CALL_CASES } from './cases/calls.js';
import type { Case } from './cases/case.js';
import { COMPRESSED_CASES } from './cases/compressed.js';
import { OPCODE_CASES } from './cases/opcodes.js';
import { OVERLAP_CASES } from './cases/overlaps.js';
import { REPORT_CASES } from './cases/reports.js';
import { STREAM_CASES } from './cases/streams.js';

export const CASES: readonly Case[] = [
  ...OPCODE_CASES,
  ...CALL_CASES,
  ...STREAM_CASES,
  ...ARCHIVE_CASES,
  ...OVERLAP_CASES,
  ...COMPRESSED_CASES,
  ...REPORT_CASES,
];
