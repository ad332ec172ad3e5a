// Counts in how many artifacts each structural signal comes: what the levels in `rules/pickle/struct-signals.ts` rest on.
//
//   node tools/count-signals.mjs [PATH...]      after `npm run build`; by default the fixtures, by their kind
//
// Prints a row for each signal: its level, what is made of it, and a column for each path.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { RULES, scan } from '@artifact-sentinel/core';
import { DEFAULT_POLICY, findRule } from '@artifact-sentinel/core/internal';
import { walk } from '@artifact-sentinel/core/node';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The table is no part of the public surface. */
async function table() {
  const result = await build({
    entryPoints: [join(root, 'packages/core/src/rules/pickle/struct-signals.ts')],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const text = Buffer.from(result.outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${text}`)).STRUCT_TABLE;
}

/** The signals of each artifact under the paths. */
async function signalsOf(paths) {
  const counts = new Map();
  let artifacts = 0;
  for (const path of paths) {
    const found = new Set();
    const listener = {
      meta: findRule('PICKLE-STRUCT').meta,
      on: ['pickle.structure'],
      check: (fact) => void found.add(`${fact.at.path.split('!')[0]}\0${fact.signal}`),
    };
    const report = await scan(walk([path]), {
      policy: DEFAULT_POLICY,
      rules: [...RULES, listener],
      today: '2026-01-01',
    });
    artifacts += report.artifacts.length;
    for (const key of found) {
      const signal = key.slice(key.indexOf('\0') + 1);
      counts.set(signal, (counts.get(signal) ?? 0) + 1);
    }
  }
  return { artifacts, counts };
}

function fixtures() {
  const manifest = JSON.parse(readFileSync(join(root, 'fixtures/manifest.json'), 'utf8'));
  const kinds = [...new Set(manifest.map((entry) => entry.kind))];
  return kinds.map((kind) => [
    kind,
    manifest.filter((entry) => entry.kind === kind).map((entry) => join(root, 'fixtures', entry.file)),
  ]);
}

const paths = process.argv.slice(2);
const columns = [];
for (const [name, files] of paths.length > 0 ? paths.map((path) => [path, [path]]) : fixtures())
  columns.push({ name, ...(await signalsOf(files)) });

console.log(`| signal | level | made of it | ${columns.map((c) => `${c.name} (${c.artifacts})`).join(' | ')} |`);
console.log(`| --- | --- | --- | ${columns.map(() => '---:').join(' | ')} |`);
for (const [signal, row] of Object.entries(await table()))
  console.log(
    `| ${signal} | ${row.level} | ${row.report} | ${columns.map((c) => c.counts.get(signal) ?? 0).join(' | ')} |`,
  );
