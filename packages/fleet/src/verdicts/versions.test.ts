import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { runsFleet } from '../../../../oracles/runs-fleet.js';
import { COLLECTING_HERE, modulesOf, versions } from './versions.js';

const CORE = fileURLToPath(new URL('../../../core', import.meta.url));

const FLEET = fileURLToPath(new URL('../../dist', import.meta.url));

/** What a compiled module imports, at once or on demand, as the compiler of TypeScript finds it. */
function importsOf(name: string, root = CORE): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, name), 'utf8'), true, true);
  return importedFiles.flatMap(({ fileName }) => (fileName.startsWith('.') ? [join(dirname(name), fileName)] : []));
}

// They read what is compiled, which the tests of the fleet compile (oracles/built-fleet.ts).
test.runIf(runsFleet)(
  'all that collecting imports counts into the version of the analysis, tables included',
  async () => {
    const { analysis, judging } = await modulesOf(CORE);
    const known = new Set(analysis);
    expect(known).toContain('dist/collect.js');
    expect(known).toContain('dist/catalogue/lookup.js');
    expect(known).toContain('dist/catalogue/generated/conditional.js');
    // What programs do when they are imported asks it.
    expect(known).toContain('dist/catalogue/generated/danger.js');
    expect(
      analysis
        .filter((name) => name.startsWith('dist/'))
        .flatMap((name) => importsOf(name))
        .filter((name) => !known.has(name)),
    ).toEqual([]);
    expect(judging.filter((name) => known.has(name))).toEqual([]);
  },
);

test.runIf(runsFleet)('so does what the process that collects imports of the fleet, but for what judges', () => {
  const others = COLLECTING_HERE.flatMap((name) => importsOf(name, FLEET)).filter(
    (name) => !COLLECTING_HERE.includes(name),
  );
  expect(others.toSorted()).toEqual(['limits.js', 'verdicts/judge.js']);
});

test.runIf(runsFleet)('what only judges counts into the version of the catalogue', async () => {
  const { judging } = await modulesOf(CORE);
  expect(judging).toContain('dist/rules/pickle/exec.js');
  expect(judging).toContain('dist/scan.js');
  // Withdrawn or new entries of the allowlist are answered from facts.
  expect(judging).toContain('dist/catalogue/generated/allow.js');
  expect(judging).toContain('dist/catalogue/generated/pack-names.js');
  const { analysis, catalogue } = await versions();
  expect(analysis).toMatch(/^[\da-f]{16}$/);
  expect(catalogue).toMatch(/^\d{4}(?:\.\d\d){2}\+[\da-f]{12}$/);
});

test('a module is reached however it is imported, and one that nobody imports is not', async () => {
  const root = folderOfTest('versions-');
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  };
  await write('dist/collect.js', "import { a } from './a/a.js';\nexport * from './b.js';\n");
  await write('dist/a/a.js', "const c = () => import('../c.js');\nimport fs from 'node:fs';\n");
  await write('dist/b.js', "import './d.js';\nimport {\n  x,\n} from './a/a.js';\n");
  for (const name of ['c.js', 'd.js', 'e.js', 'scan.js', 'trace.js', 'neighbours/n.js'])
    await write(`dist/${name}`, '');
  await write('dist/a/a.d.ts', "import './e.js';\n");
  for (const name of ['collect.js', 'telemetry/otlp.js']) await write(`dist-node/${name}`, "import './e.js';\n");
  expect(await modulesOf(root)).toEqual({
    analysis: [
      ...['a/a.js', 'b.js', 'c.js', 'collect.js', 'd.js', 'neighbours/n.js'].map((name) => `dist/${name}`),
      'dist-node/collect.js',
    ],
    judging: ['dist/e.js', 'dist/scan.js'],
  });
});
