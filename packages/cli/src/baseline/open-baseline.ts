import { markAgainst, readReport, type Found, type Marked } from '@artifact-sentinel/core/internal';
import { readText } from '../retest/read-json.js';

/** Reads a baseline before the scan, so that a broken one costs nobody a scan. */
export function openBaseline(file: string, failOnNew: boolean): (found: Found) => Marked {
  const report = readReport(readText(file, 'baseline').text, file);
  return (found) => markAgainst({ file, report, failOnNew }, found);
}
