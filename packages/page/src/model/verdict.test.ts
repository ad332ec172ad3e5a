import { describe, expect, test } from 'vitest';
import { DANGEROUS, fixture, HARMLESS, reportOf, UNKNOWN } from '../../test/report-kit.js';
import { matrixOf } from './matrix.js';
import { policyEffect } from './policy-effect.js';
import { subjectsOf, subjectsOfResults } from './subjects.js';
import { verdictOf } from './verdict.js';

async function viewOf(files: Readonly<Record<string, Uint8Array>>, policy?: string) {
  const report = await reportOf(files, policy);
  const subjects = subjectsOf(report);
  return { view: verdictOf(report, subjects), rows: matrixOf(subjects), report, subjects };
}

describe('the sentence', () => {
  test('of a dangerous file says not to load it, why, and what to do', async () => {
    const { view } = await viewOf({ 'a.pkl': DANGEROUS });
    expect(view).toMatchObject({ tone: 'bad', headline: 'Do not load this file.', effects: [] });
    expect(view.because).toContain("os.system('id')");
    expect(view.todo).toMatch(/\w/);
  });

  test('of several counts those that fail and names the worst', async () => {
    const { view } = await viewOf({ 'a.pkl': HARMLESS, 'b.pkl': DANGEROUS, 'c.pkl': UNKNOWN });
    expect(view.headline).toBe('Do not load 2 of 3 files.');
    expect(view.because).toMatch(/^The worst is b\.pkl\. /);
    expect(view.effects).toEqual(["runs os.system('id')", 'calls vendor.net.Model()']);
  });

  test('of a clean file says what it would import, and that this is no proof', async () => {
    const { view } = await viewOf({ 'm.pt': fixture('samples/models/image-head.pt') });
    expect(view).toMatchObject({ tone: 'good', headline: 'Nothing dangerous found.' });
    expect(view.because).toBe('Loading would import 3 names, each one known and used as its library does.');
    expect(view.caveats.join(' ')).toContain('no proof of safety');
  });

  test('of a file that is cut is no pass', async () => {
    const { view } = await viewOf({ 'a.pkl': DANGEROUS.subarray(0, 12) });
    expect(view.tone).not.toBe('good');
    expect(view.headline).not.toContain('Nothing dangerous');
  });

  test('of a format that is not analysed says nothing of its safety', async () => {
    const { view } = await viewOf({ 'a.h5': Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10, 0, 0, 0, 0) });
    expect(view).toMatchObject({ tone: 'unknown', headline: 'Recognised, not analysed.' });
  });

  test('of nothing that is an artifact says so', async () => {
    const { view } = await viewOf({});
    expect(view).toMatchObject({ tone: 'unknown', headline: 'Nothing to say.' });
  });

  test('of findings that fail nothing is no clean file', async () => {
    const policy = 'fail_on: [CRITICAL]\nticket_on: [HIGH]\nmax_acceptable_severity: OVERTLY_MALICIOUS\n';
    const { view, rows } = await viewOf({ 'c.pkl': UNKNOWN }, policy);
    expect(view).toMatchObject({ tone: 'attention', headline: 'The policy is met.' });
    expect(view.because).toBe('1 finding is left that fails nothing.');
    expect(rows[0]?.standing).toBe('ticket');
  });
});

describe('the matrix', () => {
  test('has the worst first, and a cell with its words for each family', async () => {
    const { rows } = await viewOf({ 'a.pkl': HARMLESS, 'b.pkl': UNKNOWN, 'c.pkl': DANGEROUS });
    expect(rows.map(({ path, standing }) => [path, standing])).toEqual([
      ['c.pkl', 'fails'],
      ['b.pkl', 'fails'],
      ['a.pkl', 'clean'],
    ]);
    expect(rows[0]?.cells[0]).toMatchObject({
      family: 'PICKLE',
      worst: 'CRITICAL',
      words: 'Pickle: 1 finding, CRITICAL',
    });
    expect(rows[2]?.cells.every(({ count }) => count === 0)).toBe(true);
  });

  test('says what rests on an entry of the user', async () => {
    const { rows, report } = await viewOf(
      { 'b.pkl': UNKNOWN },
      "allow:\n  - entry: vendor.net.Model\n    role: maker\n    why: 'read'\n",
    );
    expect(rows[0]?.standingWords).toBe('no finding, 1 name allowed by you');
    const effect = policyEffect(report, await reportOf({ 'b.pkl': UNKNOWN }));
    expect(effect.made).toEqual(['1 name is allowed by you']);
    expect(effect.change).toBe(
      'Without this policy the verdict is fail, with it pass. Findings that fail: 1 without it, 0 with it.',
    );
    expect(policyEffect(report, null).change).toBeNull();
  });

  test('is the same while results come', async () => {
    const { report, subjects } = await viewOf({ 'a.pkl': HARMLESS, 'b.pkl': DANGEROUS });
    const results = report.artifacts.map((artifact) => ({
      artifact,
      findings: report.findings.filter((finding) => finding.artifact === artifact.path),
      incomplete: [],
    }));
    expect(subjectsOfResults(results)).toEqual(subjects);
  });
});
