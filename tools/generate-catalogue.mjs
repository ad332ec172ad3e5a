// Writes packages/core/src/catalogue/generated from the tables in packages/core/src/catalogue/data.
// `--check` writes nothing and fails when a file is out of date.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const data = join(root, 'packages/core/src/catalogue/data');
const target = join(root, 'packages/core/src/catalogue/generated');

/** The reader, bundled in memory: Node 20 does not read TypeScript. */
async function load() {
  const result = await build({
    entryPoints: [join(root, 'tools/catalogue/index.ts')],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    write: false,
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].contents).toString('base64')}`);
}

async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const texts = new Map();
for (const path of (await filesIn(data)).filter((name) => name.endsWith('.txt')).sort())
  texts.set(relative(data, path).split(sep).join('/'), await readFile(path, 'utf8'));

const { generate, TableError } = await load();

/** A mistake in a table is said in a line; its stack would be that of this program. */
function generated() {
  try {
    return generate(texts);
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}
const files = generated();
const check = process.argv.includes('--check');
await mkdir(target, { recursive: true });
const stale = (await readdir(target)).filter((name) => !files.has(name));
if (!check) for (const name of stale) await rm(join(target, name));
const known = new Set(await readdir(target));
for (const [name, text] of files) {
  if (known.has(name) && (await readFile(join(target, name), 'utf8')) === text) continue;
  stale.push(name);
  if (!check) await writeFile(join(target, name), text);
}
if (check && stale.length > 0) {
  for (const name of stale) process.stderr.write(`out of date: ${join(target, name)}\n`);
  process.stderr.write('Run: node tools/generate-catalogue.mjs\n');
  process.exitCode = 1;
} else
  process.stdout.write(
    `${texts.size} tables, ${files.size} generated files, ${check ? 'all up to date' : `${stale.length} written`}\n`,
  );
