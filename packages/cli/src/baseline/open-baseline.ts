import { markAgainst, readReport, type Found, type Marked } from '@sentinel/core';
import { readBytes } from '../retest/read-json.js';

/** V8 holds texts of some 512 MiB; the report of 100,000 findings takes some 200 MiB. */
const LARGEST_REPORT = 256 * 1024 * 1024;

/** Reads a baseline before the scan, so that a broken one costs nobody a scan. */
export function openBaseline(file: string, failOnNew: boolean): (found: Found) => Marked {
  const report = readReport(readBytes(file, 'baseline', LARGEST_REPORT).toString('utf8'), file);
  return (found) => markAgainst({ file, report, failOnNew }, found);
}
