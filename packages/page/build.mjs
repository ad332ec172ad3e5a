// Makes dist/index.html: one file with the page, its style and, as text, the code of its workers. It needs no server and asks for nothing
// once it is loaded. The policy of content names the hashes of what is in it.
//
//   node packages/page/build.mjs
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundledLicences } from '../../tools/licences.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** What HTML's parser would take for the end, or another state, of a script. */
const BREAKS_SCRIPT = /<!--|<\/?script/i;

async function bundle(entry, options = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
    ...options,
  });
  return outputFiles[0].text.trim();
}

/** Scripts in a page: texts within them that HTML would act on are written otherwise. */
function embeddable(name, code) {
  const text = code.replaceAll('<!--', '\\x3C!--').replace(/<(\/?script)/gi, '\\x3C$1');
  if (BREAKS_SCRIPT.test(text) || text.includes('\r')) throw new Error(`${name} cannot be put into a page as it is`);
  return text;
}

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const style = await bundle('src/view/style/page.css', { loader: { '.css': 'css' } });
const script = embeddable('main', await bundle('src/main.tsx'));
// zod tries `new Function` unless it is told not to: the policy would report that as a violation.
const worker = embeddable(
  'worker',
  await bundle('src/engine/worker.ts', { banner: { js: 'globalThis.__zod_globalConfig={jitless:true};' } }),
);
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  'worker-src blob:',
  'img-src data:',
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types sentinel-worker',
].join('; ');

const template = readFileSync(join(here, 'index.html'), 'utf8');
const parts = { policy, style, script, worker };
// One pass, by name: what is put in is not searched again.
const page = template.replace(/\{(policy|style|script|worker)\}/g, (_match, name) => parts[name]);
mkdirSync(join(here, 'dist'), { recursive: true });
writeFileSync(join(here, 'dist/index.html'), page);
writeFileSync(join(here, 'dist/THIRD-PARTY-LICENSES.txt'), bundledLicences());
