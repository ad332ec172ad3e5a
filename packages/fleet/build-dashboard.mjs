// Makes dist-dashboard: the page, its script and its style under names that carry their hashes, and the records of the rules. The server
// sends them as they are, with a policy of content that allows nothing but themselves and the API.
//
//   node packages/fleet/build-dashboard.mjs
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULES } from '@artifact-sentinel/core';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, 'src/dashboard');
const target = join(here, 'dist-dashboard');

const { outputFiles } = await build({
  entryPoints: { main: join(folder, 'main.tsx'), style: join(folder, 'style/dashboard.css') },
  outdir: target,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  charset: 'utf8',
  legalComments: 'none',
  write: false,
  logLevel: 'warning',
});

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

/** Writes a file under a name that changes with what is in it; the name. */
function put(ending) {
  const { contents } = outputFiles.find(({ path }) => path.endsWith(ending));
  const name = `${ending === '.js' ? 'main' : 'style'}-${createHash('sha256').update(contents).digest('hex').slice(0, 16)}${ending}`;
  writeFileSync(join(target, name), contents);
  return name;
}

const parts = { script: `/${put('.js')}`, style: `/${put('.css')}` };
const page = readFileSync(join(folder, 'index.html'), 'utf8').replace(
  /\{(script|style)\}/g,
  (_all, name) => parts[name],
);
writeFileSync(join(target, 'index.html'), page);
writeFileSync(join(target, 'rules.json'), JSON.stringify(RULES.map(({ meta }) => meta)));
