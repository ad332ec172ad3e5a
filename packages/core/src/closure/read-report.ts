import type { $ZodIssue } from 'zod/v4/core';
import { UsageError } from '../model/errors.js';
import type { Report } from '../model/report.js';
import { SEVERITIES } from '../model/severity.js';
import { reportOf1Schema, reportOf2Schema, reportOf3Schema, reportSchema } from '../model/shape/report.js';
import { upgradeReport1, upgradeReport2, upgradeReport3 } from './upgrade-report.js';

/** `findings[3].fingerprint` */
function nameOf(path: readonly PropertyKey[]): string {
  let name = '';
  for (const step of path) name += typeof step === 'number' ? `[${step}]` : `${name === '' ? '' : '.'}${String(step)}`;
  return name === '' ? 'the document' : name;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/** Longest value that a message repeats. */
const SHOWN_VALUE = 60;

function found(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value).slice(0, SHOWN_VALUE);
  return Array.isArray(value) ? 'a list' : 'an object';
}

function expected(issue: $ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected === 'array' ? 'a list' : issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map((value) => JSON.stringify(value)).join(' or ');
  if (issue.code === 'invalid_format') return `text like ${issue.pattern ?? issue.format}`;
  return issue.message === '' ? 'another value' : issue.message;
}

/** A report written by a part of a disk or by hand rarely keeps its own count. */
function countsDiffer({ findings, summary }: Report): string | null {
  for (const severity of SEVERITIES) {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const stated = summary.findings[severity];
    if (count !== stated) return `its summary counts ${stated} ${severity} findings, and it holds ${count}`;
  }
  return null;
}

/**
 * Reads a report that `--format json` wrote, by this version or by an earlier one. What is no whole report is a UsageError
 * that says where; nothing is guessed.
 */
export function readReport(json: string, file: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\ufeff/, ''));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new UsageError(`${file} is no report of Sentinel: it is not JSON (${error.message})`);
    throw error;
  }
  const version = valueAt(value, ['schemaVersion']);
  if (valueAt(value, ['tool', 'name']) !== 'sentinel' || version === undefined)
    throw new UsageError(`${file} is no report of Sentinel: write one with sentinel artifact --format json`);
  const report = readVersion(version, value, file);
  const differs = countsDiffer(report);
  if (differs !== null) throw new UsageError(`${file} is a damaged report: ${differs}`);
  return report;
}

function readVersion(version: unknown, value: unknown, file: string): Report {
  if (version === 4) return parsed(reportSchema.safeParse(value), value, file);
  if (version === 3) return upgradeReport3(parsed(reportOf3Schema.safeParse(value), value, file));
  if (version === 2) return upgradeReport2(parsed(reportOf2Schema.safeParse(value), value, file));
  if (version === 1) return upgradeReport1(parsed(reportOf1Schema.safeParse(value), value, file));
  throw new UsageError(
    `${file} is a report of schema version ${found(version)}; this version of Sentinel reads versions 1 to 4`,
  );
}

/** What a schema makes of a value. */
type Parsed<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly error: { readonly issues: readonly $ZodIssue[] } };

function parsed<T>(result: Parsed<T>, value: unknown, file: string): T {
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue === undefined ? '' : `${nameOf(issue.path)}: expected ${expected(issue)}, `;
  const what = issue === undefined ? '' : `found ${found(valueAt(value, issue.path))}`;
  throw new UsageError(`${file} is a damaged report: ${where}${what}`);
}
