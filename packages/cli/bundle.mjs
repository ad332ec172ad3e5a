// Bundles the command line straight from the TypeScript sources of all packages: sentinel.cjs, and in parts/ what it
// loads, all of it CommonJS. What the code imports with `import()` is a part of its own, and so is what several parts share.
import { chmod, copyFile, readdir, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = dirname(fileURLToPath(import.meta.url));
const core = join(here, '../core');
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

/** commander could start programs, which nothing here does. */
const NO_PROCESSES = {
  name: 'no-processes',
  resolveId: (id) => (id === 'node:child_process' ? '\0no-processes' : null),
  load: (id) => (id === '\0no-processes' ? 'export {};' : null),
};

/** One byte for each character: V8 then keeps the source in half the memory, and reads it faster. */
const ASCII = {
  name: 'ascii',
  generateBundle(_options, bundle) {
    for (const part of Object.values(bundle)) {
      part.code = part.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

/** Names stay: a stack trace in a bug report has to be readable. */
const MINIFY = { mangle: false, compress: true, codegen: { removeWhitespace: true } };

/** Parts that are started by themselves. The others are found by following the imports of these. */
const ENTRIES = {
  // Loaded by main.ts.
  'parts/program': join(here, 'src/start.ts'),
  // Started by pool.ts, beside which it lies.
  'parts/worker': join(here, 'src/artifact/worker.ts'),
  // Started by `sentinel gate`.
  'parts/gate-worker': join(here, '../gate/src/isolation/worker.ts'),
  'parts/gate-process': join(here, '../gate/src/isolation/process.ts'),
  'parts/gate-admin': join(here, '../gate/src/proxy/admin-thread.ts'),
};

/** Writes the program to `outfile`, and its parts and schemas beside it. `plugins` of rolldown come before our own. */
export async function bundleCommand(outfile, plugins = []) {
  const folder = dirname(outfile);
  const bundle = await rolldown({
    input: ENTRIES,
    platform: 'node',
    // An entry runs when it is loaded: what others need of its modules lies in parts of their own.
    preserveEntrySignatures: 'strict',
    plugins: [...plugins, NO_PROCESSES, ASCII],
    resolve: {
      alias: {
        '@artifact-sentinel/sources/node': join(here, '../sources/node/index.ts'),
        '@artifact-sentinel/sources': join(here, '../sources/src/index.ts'),
        '@artifact-sentinel/gate': join(here, '../gate/src/index.ts'),
        '@artifact-sentinel/core/internal': join(core, 'src/internal.ts'),
        '@artifact-sentinel/core/node/internal': join(core, 'node/internal.ts'),
        '@artifact-sentinel/core/node': join(core, 'node/index.ts'),
        '@artifact-sentinel/core': join(core, 'src/index.ts'),
        // The same code as modules: its CommonJS form cannot be thinned out, and the writing half of it is not used.
        yaml: join(dirname(fileURLToPath(import.meta.resolve('yaml/package.json'))), 'browser/index.js'),
      },
    },
    transform: { target: 'node20', define: { SENTINEL_VERSION: JSON.stringify(version) } },
  });
  const { output } = await bundle.write({
    dir: folder,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    // By content: Deno keeps the compiled code of a path, and has used that of an earlier build of the same length.
    chunkFileNames: 'parts/[name]-[hash].cjs',
    minify: MINIFY,
  });
  refuseCycles(output);

  // By itself: its first line runs before anything else is read, and says exit code 2.
  const PROGRAM = './parts/program.cjs';
  const program = await rolldown({
    input: join(here, 'src/main.ts'),
    platform: 'node',
    plugins: [
      ...plugins,
      {
        name: 'program',
        resolveId: (id) => (id === './start.js' ? { id: PROGRAM, external: true } : null),
        // By require: rolldown's own form of it puts helpers before the first line.
        renderChunk: (code) => code.replaceAll(`import("${PROGRAM}")`, `require("${PROGRAM}")`),
      },
    ],
    makeAbsoluteExternalsRelative: false,
    transform: { target: 'node20' },
  });
  await program.write({ file: outfile, format: 'cjs', banner: '#!/usr/bin/env node', minify: MINIFY });

  const written = new Set(output.map(({ fileName }) => basename(fileName)));
  for (const name of await readdir(join(folder, 'parts'))) {
    if (!written.has(name)) await rm(join(folder, 'parts', name));
  }
  await chmod(outfile, 0o755);
  await copyFile(join(here, '../../schemas/policy.schema.json'), join(folder, 'policy.schema.json'));
  await copyFile(join(here, '../../schemas/gate.schema.json'), join(folder, 'gate.schema.json'));
}

/** Parts that import each other in a circle would find what has not run yet; one that imports an entry would run it. */
function refuseCycles(parts) {
  const importsOf = new Map(parts.map(({ fileName, imports }) => [fileName, imports]));
  const entries = new Set(Object.keys(ENTRIES).map((name) => `${name}.cjs`));
  for (const first of importsOf.keys()) {
    const reached = new Set();
    const open = [...importsOf.get(first)];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === first) throw new Error(`${first} imports itself through other parts`);
      if (entries.has(next)) throw new Error(`${first} imports ${next}, which is started by itself`);
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(...(importsOf.get(next) ?? []));
    }
  }
}
