// Makes dist/index.html, and with an option dist/remote.html. The first is one file with the page, its style and, as text, the code of its workers. It needs no server and asks for nothing
// once it is loaded. The policy of content names the hashes of what is in it.
//
// The other one also reads a repository of the Hub that its address names, after the person agreed: its policy names the hosts.
//
//   node packages/page/build.mjs
//   node packages/page/build.mjs --remote              # with the Hub of Hugging Face
//   node packages/page/build.mjs --remote=ORIGIN,...   # a Hub at the first origin, whose files lie at the others
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

const remote = process.argv.slice(2).find((word) => word === '--remote' || word.startsWith('--remote='));
/** Where files of the Hub lie, as its documents have it: https://huggingface.co/docs/hub/models-downloading */
const HUB = 'https://huggingface.co,https://*.huggingface.co,https://*.hf.co';
const ORIGIN = /^https?:\/\/(?:\*\.)?[a-z0-9.-]+(?::\d+)?$/;
const hosts = remote === undefined ? [] : (remote.split('=')[1] ?? HUB).split(',');
// The first one is asked itself: it is one host.
const wrong = hosts.find((host, i) => !ORIGIN.test(host) || (i === 0 && host.includes('*')));
if (wrong !== undefined) throw new Error(`${wrong} is no origin`);

const style = await bundle('src/view/style/page.css', { loader: { '.css': 'css' } });
const template = readFileSync(join(here, 'index.html'), 'utf8');

/** Writes a page of these two programs, which may ask these hosts and no other. What the page for files is made of depends on none. */
async function write(file, main, workers, asked) {
  const define = asked.length === 0 ? {} : { SENTINEL_HUB: JSON.stringify({ endpoint: asked[0], hosts: asked }) };
  const connect = asked.length === 0 ? "'none'" : asked.join(' ');
  const script = embeddable(main, await bundle(main, { define }));
  // zod tries `new Function` unless its configuration forbids that: the policy would report that as a violation.
  const banner = { js: 'globalThis.__zod_globalConfig={jitless:true};' };
  const worker = embeddable(workers, await bundle(workers, { banner, define }));
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    'worker-src blob:',
    'img-src data:',
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types sentinel-worker',
  ].join('; ');
  const parts = { policy, style, script, worker };
  // One pass, by name: what is put in is not searched again.
  const page = template.replace(/\{(policy|style|script|worker)\}/g, (_match, name) => parts[name]);
  writeFileSync(join(here, 'dist', file), page);
}

mkdirSync(join(here, 'dist'), { recursive: true });
await write('index.html', 'src/main.tsx', 'src/engine/worker.ts', []);
if (remote !== undefined) await write('remote.html', 'src/remote/main.tsx', 'src/remote/worker.ts', hosts);
writeFileSync(join(here, 'dist/THIRD-PARTY-LICENSES.txt'), bundledLicences());
