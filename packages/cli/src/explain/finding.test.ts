import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { call, globalFact, str } from '../../../core/test/fact-kit.js';
import { reportOf } from '../../../core/test/report-kit.js';
import { explain } from './run.js';

const TEXT = { format: 'text', color: false, width: null } as const;
const REPORT = reportOf('a.pkl', [globalFact('os', 'system', [call([str('id')])])]);

/** A report with findings of these fingerprints. */
function file(...fingerprints: readonly string[]): string {
  const name = join(folderOfTest('sentinel-explain-'), 'report.json');
  const findings = fingerprints.flatMap((fingerprint) => REPORT.findings.map((item) => ({ ...item, fingerprint })));
  const summary = { ...REPORT.summary, findings: { ...REPORT.summary.findings, CRITICAL: findings.length } };
  writeFileSync(name, JSON.stringify({ ...REPORT, findings, summary }));
  return name;
}
const print = (digits: string): string => `v2-${digits.padEnd(32, '0')}`;

test('a finding in full, by the beginning of its fingerprint; copies of an artifact have the same one', async () => {
  const report = file(print('aaaa'), print('bbbb'), print('aaaa'));
  for (const name of ['v2-aaaa', print('aaaa')]) {
    const text = await explain(name, report, TEXT);
    expect(text).toMatch(/^As \S+report\.json has it, which was not checked again \(Sentinel 1\.2\.3\):\n\n/);
    expect(text.split('os.system').length).toBeGreaterThan(2);
    expect(text).toContain(print('aaaa'));
    expect(text).not.toContain(print('bbbb'));
  }
});

test('a fingerprint that no finding has, or more than one', async () => {
  const all = ['aaaa1', 'aaaa2', 'aaaa3', 'aaaa4'].map(print);
  const report = file(...all);
  await expect(explain('v2-cccc', report, TEXT)).rejects.toThrow(
    `${report}: none of its 4 findings has the fingerprint v2-cccc`,
  );
  await expect(explain('v2-aaaa', report, TEXT)).rejects.toThrow(
    `${report}: 4 fingerprints begin with v2-aaaa: ${all.slice(0, 3).join(', ')} …`,
  );
  for (const count of [2, 3]) {
    const less = all.slice(0, count);
    await expect(explain('v2-aaaa', file(...less), TEXT)).rejects.toThrow(
      new RegExp(`: ${count} fingerprints begin with v2-aaaa: ${less.join(', ')}$`),
    );
  }
});

test('a finding needs its report and is text; a rule needs none', async () => {
  await expect(explain('v2-aaaa', undefined, TEXT)).rejects.toThrow('sentinel explain v2-aaaa report.json');
  await expect(explain('v2-aaaa', file(print('aaaa')), { ...TEXT, format: 'markdown' })).rejects.toThrow(
    'a finding is explained as text',
  );
  await expect(explain('v2-aaa', 'report.json', TEXT)).rejects.toThrow('v2-aaa is no fingerprint');
  const [rule] = RULES;
  const text = await explain(rule?.meta.id ?? '', undefined, TEXT);
  const page = await explain(rule?.meta.id ?? '', undefined, { ...TEXT, format: 'markdown' });
  expect(text).toContain(rule?.meta.title);
  expect(text).not.toMatch(/^#/);
  expect(page).toMatch(/^# /m);
});
