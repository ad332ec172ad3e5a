import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { modulesOf, versions } from './versions.js';

const CORE = fileURLToPath(new URL('../../../core', import.meta.url));

/** What a compiled module imports, at once or on demand, as the compiler of TypeScript finds it. */
function importsOf(name: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(CORE, name), 'utf8'), true, true);
  return importedFiles.flatMap(({ fileName }) => (fileName.startsWith('.') ? [join(dirname(name), fileName)] : []));
}

test('all that collecting imports counts into the version of the analysis, tables included', async () => {
  const { analysis, judging } = await modulesOf(CORE);
  const known = new Set(analysis);
  expect(known).toContain('dist/collect.js');
  expect(known).toContain('dist/catalogue/lookup.js');
  expect(known).toContain('dist/catalogue/generated/danger.js');
  expect(
    analysis
      .filter((name) => name.startsWith('dist/'))
      .flatMap(importsOf)
      .filter((name) => !known.has(name)),
  ).toEqual([]);
  expect(judging.filter((name) => known.has(name))).toEqual([]);
});

test('what only judges counts into the version of the catalogue', async () => {
  const { judging } = await modulesOf(CORE);
  expect(judging).toContain('dist/rules/pickle/exec.js');
  expect(judging).toContain('dist/scan.js');
  const { analysis, catalogue } = await versions();
  expect(analysis).toMatch(/^[\da-f]{16}$/);
  expect(catalogue).toMatch(/^\d{4}(?:\.\d\d){2}\+[\da-f]{12}$/);
});
