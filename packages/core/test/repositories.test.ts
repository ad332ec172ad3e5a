import { memorySource, scan, type Report } from '@artifact-sentinel/core';
import { describe, expect, test } from 'vitest';
import { ggufOf } from './gguf-builder.js';
import { REPOSITORY_CASES } from './repository-cases.js';

const LOUD = new Set(['CRITICAL', 'HIGH']);

function scanFiles(files: Readonly<Record<string, unknown>>): Promise<Report> {
  const inputs = Object.entries(files).map(([name, value]) => {
    const bytes =
      value instanceof Uint8Array ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
    return { path: `repo/${name}`, source: memorySource(bytes), size: bytes.length };
  });
  return scan(inputs);
}

/** `RULE SEVERITY` of what is loud; of everything where nothing is. */
function foundIn({ findings }: Report): string[] {
  const own = findings.filter(({ ruleId }) => ruleId.startsWith('REPO-'));
  const loud = own.filter(({ severity }) => LOUD.has(severity));
  return [...new Set((loud.length > 0 ? loud : own).map(({ ruleId, severity }) => `${ruleId} ${severity}`))].sort();
}

describe('hostile repositories', () => {
  test('each has a name of its own', () => {
    expect(new Set(REPOSITORY_CASES.map(({ name }) => name)).size).toBe(REPOSITORY_CASES.length);
    expect(REPOSITORY_CASES.length).toBeGreaterThanOrEqual(120);
  });

  test.each(REPOSITORY_CASES)('$name', async ({ files, found }) => {
    expect(foundIn(await scanFiles(files))).toEqual([...found].sort());
  });
});

describe('the same without what is hostile', () => {
  test.each(REPOSITORY_CASES.filter(({ fixed }) => fixed !== undefined))('$name', async ({ fixed = {} }) => {
    const report = await scanFiles(fixed);
    expect(foundIn(report).filter((line) => LOUD.has(line.split(' ')[1] ?? ''))).toEqual([]);
    expect(report.incomplete.map(({ reason }) => reason)).toEqual([]);
  });
});

test('a GGUF alone has a verdict line for its template, and an honest one has none', async () => {
  const of = async (text: string) =>
    (await scanFiles({ 'model.gguf': ggufOf({ keys: [['tokenizer.chat_template', { text }]] }) })).repositories;
  const [repository] = await of('{{ messages.__class__ }}');
  expect(repository).toMatchObject({ path: 'repo/', kinds: ['gguf'] });
  expect(repository?.loads.find(({ loader }) => loader === 'llama-cpp-python')).toMatchObject({
    runs: 'at-once',
    code: ['repo/model.gguf'],
  });
  expect(await of('{{ messages }}')).toEqual([]);
});
