import { markAgainst, readReport, UsageError, type Found, type Marked } from '@sentinel/core';
import { readBytes } from '../retest/read-json.js';

/** V8 holds texts of some 512 MiB; the report of 100,000 findings takes some 200 MiB. */
const LARGEST_REPORT = 256 * 1024 * 1024;

/** A byte that was lost would otherwise become another character, and a finding another one. */
function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(`${file} is no report of Sentinel: it is not UTF-8`);
    throw error;
  }
}

/** Reads a baseline before the scan, so that a broken one costs nobody a scan. */
export function openBaseline(file: string, failOnNew: boolean): (found: Found) => Marked {
  const report = readReport(decode(readBytes(file, 'baseline', LARGEST_REPORT), file), file);
  return (found) => markAgainst({ file, report, failOnNew }, found);
}
