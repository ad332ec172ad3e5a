import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { DECISIONS } from '../model/severity.js';
import { loadPolicy } from '../policy/load.js';
import { reportJsonSchema } from '../model/shape/report.js';
import { policyJsonSchema } from '../policy/schema.js';
import { expectedOutput, renderRulePage } from '../report/rule-page.js';
import { renderRulesIndex, rulePagePath } from '../report/rules-index.js';
import { RULES } from './index.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const read = (file: string): string => readFileSync(file, 'utf8');
const metas = RULES.map((rule) => rule.meta);

/** Modules that define a rule, by their path without ending: `pickle/exec`. */
function definedRules(): string[] {
  return readdirSync(here, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.includes('/') && file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => read(here + file).includes('defineRule({'))
    .map((file) => file.slice(0, -'.ts'.length));
}

describe('the list of rules', () => {
  test('holds every rule of the folder, and no other', () => {
    expect(metas.map((meta) => rulePagePath(meta).slice(0, -'.md'.length)).sort()).toEqual(definedRules().sort());
  });

  test('holds no id twice', () => {
    expect(new Set(metas.map((meta) => meta.id)).size).toBe(metas.length);
  });
});

describe.each(metas.map((meta) => [meta.id, meta] as const))('%s', (id, meta) => {
  const base = here + rulePagePath(meta).slice(0, -'.md'.length);

  test('has a test with a quiet case', () => {
    expect(existsSync(`${base}.test.ts`), `${base}.test.ts`).toBe(true);
    expect(read(`${base}.test.ts`)).toMatch(/test(?:\.each\([\s\S]*?\))?\(\s*'is quiet on /);
  });

  test('has a fresh page', () => {
    const page = existsSync(`${base}.md`) ? read(`${base}.md`) : null;
    expect(page, 'run node tools/generate-docs.mjs').toBe(renderRulePage(meta, metas));
  });

  test('the page has the fixed headings in their order', () => {
    const headings = [...renderRulePage(meta).matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    expect(headings).toEqual([
      'What it finds',
      'Why it matters',
      'Bad',
      'Good',
      'How to fix',
      'Triage',
      'When it is wrong',
      'Retest',
      'Policy',
      'Related rules',
    ]);
  });

  test('has a complete record', () => {
    const { artifacts, sources, mappings, ...rest } = meta;
    const texts = { ...rest, triage: Object.values(meta.triage).join('') };
    if (artifacts !== undefined) for (const code of Object.values(artifacts)) expect(code).toMatch(/^(?:import|from) /);
    if (sources !== undefined) for (const code of Object.values(sources)) expect(code).toMatch(/^(?:import|from) /);
    for (const { framework, id: entry, title } of mappings ?? []) expect([framework, entry, title]).not.toContain('');
    for (const [field, value] of Object.entries(texts)) expect(value.length, field).toBeGreaterThan(0);
    expect(id.startsWith(`${meta.category}-`)).toBe(true);
    expect(meta.decision).toBe(DECISIONS[meta.severity]);
    expect(meta.retest).toContain('{path}');
    expect([...new Set(meta.atlas)].sort()).toEqual(meta.atlas);
    for (const other of meta.related) expect(metas.map((known) => known.id)).toContain(other);
  });

  test('has a policy example that loads', () => {
    expect(loadPolicy(meta.policyExample, 'example.yml').rules[id]).toMatchObject({ failOn: ['CRITICAL', 'HIGH'] });
  });
});

// The rows of the rule index in the seeds; these facts are not ours to change.
test.each([
  [
    'PICKLE-EXEC',
    'CRITICAL',
    'Dangerous Pickle Execution',
    ['CWE-502'],
    'LOW',
    'Do not load untrusted pickle files. Convert the artifact to a non-executable format.',
  ],
  [
    'PICKLE-GLOBAL-IMPORT',
    'HIGH',
    'Unexpected Global Import',
    ['CWE-502', 'CWE-829'],
    'MEDIUM',
    'Restrict allowed globals and require signed model artifacts.',
  ],
  [
    'TORCH-LOAD-UNTRUSTED',
    'CRITICAL',
    'Untrusted torch.load Deserialization',
    ['CWE-502'],
    'MEDIUM',
    'Load tensors, not executable Python objects.',
  ],
  [
    'TORCH-SCRIPT-CUSTOM-OP',
    'HIGH',
    'TorchScript Custom Operator',
    ['CWE-94', 'CWE-829'],
    'MEDIUM',
    'Review and sign custom operators before promotion.',
  ],
  [
    'TORCH-HUB-DYNAMIC-IMPORT',
    'MEDIUM',
    'Dynamic Torch Hub Import',
    ['CWE-829', 'CWE-494'],
    'MEDIUM',
    'Replace remote hub execution with pinned, vendored model code.',
  ],
  [
    'PICKLE-STRUCT',
    'HIGH',
    'Pickle Opcode Structural Tampering',
    ['CWE-915'],
    'MEDIUM',
    'Reject structurally abnormal pickle artifacts during intake.',
  ],
])('%s keeps the facts of its record', (id, severity, title, cwe, fpRisk, fixHint) => {
  const meta = metas.find((known) => known.id === id);
  expect(meta).toMatchObject({
    severity,
    title,
    cwe,
    owaspLlm: ['LLM03'],
    fpRisk,
    fixHint,
    owner: 'AI/ML platform or model release owner',
    retest: `sentinel artifact {path} --rule ${id.split('-', 1)[0]}`,
  });
  expect(meta && expectedOutput(meta)).toBe(`${id} ${severity}\n${title}\n${fixHint}`);
});

test('generated files are fresh', () => {
  const hint = 'run node tools/generate-docs.mjs';
  expect(read(`${root}docs/rules.md`), hint).toBe(renderRulesIndex(metas, '../packages/core/src/rules'));
  expect(JSON.parse(read(`${root}schemas/policy.schema.json`)), hint).toEqual(policyJsonSchema());
  expect(JSON.parse(read(`${root}schemas/report.schema.json`)), hint).toEqual(reportJsonSchema());
});
