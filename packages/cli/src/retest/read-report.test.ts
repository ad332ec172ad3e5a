import { createHash } from 'node:crypto';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import type { RunReport } from '@artifact-sentinel/core/internal';
import { describe, expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { call, globalFact, str } from '../../../core/test/fact-kit.js';
import { artifact, reportOf, RUN as NO_RUN } from '../../../core/test/report-kit.js';
import { LARGEST_JSON, LONGEST_PATH, LONGEST_TIMEOUT_S, MOST_FINDINGS, MOST_PATHS } from '../limits.js';
import { parseJson, readBytes, readText } from './read-json.js';
import { earlierReport } from './read-report.js';

const RUN: RunReport = { ...NO_RUN, paths: ['a.pkl'] };
const FACTS = [globalFact('os', 'system', [call([str('id')])])];
const of = (run: Partial<RunReport>, more: Partial<Report> = {}): Report => ({
  ...reportOf('a.pkl', FACTS, undefined, { run: { ...RUN, ...run } }),
  ...more,
});
const read = (report: Report) => earlierReport(report, 'r.json', 'ab');

describe('what a retest takes from a report', () => {
  test('is its run, artifacts, findings and the entries that counted', () => {
    const report = of({});
    const allow = (['used', 'unused', 'expired'] as const).map((state) => ({
      entry: `a.${state}`,
      role: state === 'used' ? ('maker' as const) : ('callee' as const),
      state,
    })) as unknown as Report['allow'];
    const found = read({ ...report, allow });
    expect(found).toMatchObject({ path: 'r.json', sha256: 'ab', run: report.run, allow: ['a.used:maker', 'a.unused'] });
    expect([...found.artifacts]).toEqual([
      ['a.pkl', { path: 'a.pkl', sha256: null, notHashed: expect.anything() as unknown }],
    ]);
    expect(found.findings).toBe(report.findings);
  });

  test('is nothing where the report does not tell how it was made', () => {
    expect(() => read(reportOf('a.pkl', []))).toThrow('r.json: the report does not tell how it was made');
  });

  test('needs the artifact of each finding', () => {
    const report = of({}, { artifacts: [artifact('b.pkl')] });
    expect(() => read(report)).toThrow(
      `finding ${report.findings[0]?.fingerprint} is about a.pkl, which is no artifact of the report`,
    );
  });

  test('has so many findings at most', () => {
    const [finding] = of({}).findings;
    const many = (length: number): Report =>
      of({}, { findings: Array.from({ length }, () => finding) as Report['findings'] });
    expect(read(many(MOST_FINDINGS)).findings).toHaveLength(MOST_FINDINGS);
    expect(() => read(many(MOST_FINDINGS + 1))).toThrow(`at most ${MOST_FINDINGS} findings are retested, not 200001`);
  });

  const file = (path: string) => ({ path, sha256: 'ab', trusted: true, by: 'found' as const });
  const many = (length: number): string[] => Array.from({ length }, () => 'a');
  test.each<[what: string, run: Partial<RunReport>, problem: string | null]>([
    ['as many paths as may be', { paths: many(MOST_PATHS) }, null],
    ['one more', { paths: many(MOST_PATHS + 1) }, `at most ${MOST_PATHS} paths were expected`],
    ['one more with the policy', { paths: many(MOST_PATHS), policy: 'p' }, 'paths were expected'],
    ['one more with the files', { paths: many(MOST_PATHS), policyFiles: [file('p')] }, 'paths were expected'],
    ['the longest path', { paths: ['a'.repeat(LONGEST_PATH)] }, null],
    ['a longer one', { paths: ['a'.repeat(LONGEST_PATH + 1)] }, `a path has more than ${LONGEST_PATH} characters`],
    ['an empty path', { paths: [''] }, 'a path without control characters was expected, not ""'],
    ['a control character', { paths: ['a\u001b[2J'] }, 'a path without control characters'],
    ['a line separator', { policy: 'a\u2028b' }, 'a path without control characters'],
    ['a control character of a policy', { policyFiles: [file('a\n')] }, 'a path without control characters'],
    ['a time', { timeoutSeconds: 0.5 }, null],
    ['the longest time', { timeoutSeconds: LONGEST_TIMEOUT_S }, null],
    ['a longer time', { timeoutSeconds: LONGEST_TIMEOUT_S + 1 }, `a number up to ${LONGEST_TIMEOUT_S} was expected`],
    ['no time', { timeoutSeconds: 0 }, 'timeoutSeconds'],
    ['a date', { startedAt: '2026-06-01T00:00:00.123Z' }, null],
    ['another date', { startedAt: '2026-06-01' }, 'startedAt: an ISO time was expected'],
  ])('with %s', (_what, run, problem) => {
    if (problem === null) expect(read(of(run)).run).toMatchObject(run);
    else expect(() => read(of(run))).toThrow(problem);
  });
});

describe('a file that somebody else may have written', () => {
  const folder = (): string => folderOfTest('sentinel-read-');

  test('is text with its hash', () => {
    const name = join(folder(), 'a');
    writeFileSync(name, 'ä');
    expect(readText(name, 'report')).toEqual({ text: 'ä', sha256: createHash('sha256').update('ä').digest('hex') });
    writeFileSync(name, Buffer.from([0xff]));
    expect(() => readText(name, 'report')).toThrow(`${name}: the report is no JSON: it is not UTF-8`);
  });

  test('has so many bytes at most', () => {
    const name = join(folder(), 'a');
    writeFileSync(name, 'abc');
    expect(readBytes(name, 'list', 3).toString()).toBe('abc');
    expect(() => readBytes(name, 'list', 2)).toThrow(`${name}: the list has 3 bytes; at most 2 are read`);
    truncateSync(name, LARGEST_JSON + 1);
    expect(() => readText(name, 'report')).toThrow(`at most ${LARGEST_JSON} are read`);
  });

  test('is a file that is there', () => {
    const name = folder();
    mkdirSync(join(name, 'd'));
    expect(() => readBytes(join(name, 'd'), 'report', 9)).toThrow('the report has to be a file');
    expect(() => readBytes(join(name, 'x'), 'report', 9)).toThrow(
      `cannot read the report ${join(name, 'x')}: no such file or folder`,
    );
  });

  test('is JSON, or named', () => {
    expect(parseJson('{"a":1}', 'f', 'record')).toEqual({ a: 1 });
    expect(() => parseJson('{', 'f', 'record')).toThrow('f: the record is no JSON: ');
  });
});
