import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { scan } from '../scan.js';
import { selectRules } from '../rules/select.js';
import { memorySource } from '../bytes/source.js';

/**
 * Sources as real servers write them, one for each kind of source and loader, in our own words; the same put right; and
 * what must stay quiet. The first line of a vulnerable one names what is expected, by rule and line.
 */
const here = fileURLToPath(new URL('../../test/serving/', import.meta.url));
const rules = selectRules(['SERVING']);

async function found(
  folder: string,
  name: string,
): Promise<{ text: string; findings: string[]; severities: string[] }> {
  const bytes = readFileSync(`${here}${folder}/${name}`);
  const input = { path: `srv/${name}`, size: bytes.length, source: memorySource(bytes) };
  const report = await scan([input], { rules });
  expect(report.incomplete).toEqual([]);
  return {
    text: bytes.toString('utf8'),
    findings: report.findings.map(({ ruleId, location }) => `${ruleId}@${location.line ?? 0}`),
    severities: report.findings.map(({ ruleId, location, severity }) => `${ruleId}@${location.line ?? 0}=${severity}`),
  };
}

describe.each(['vulnerable', 'fixed', 'quiet'] as const)('%s', (folder) => {
  test.each(readdirSync(here + folder))('%s', async (name) => {
    const { text, findings, severities } = await found(folder, name);
    const expected = /^# expect: (.*)$/m.exec(text)?.[1]?.split(' ') ?? [];
    expect(expected.length > 0).toBe(folder === 'vulnerable');
    expect(findings.toSorted()).toEqual(expected.map((item) => item.replace(/=.*/, '')).toSorted());
    for (const item of expected) if (item.includes('=')) expect(severities).toContain(item);
  });
});
