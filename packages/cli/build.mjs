// Bundles the command line straight from the TypeScript sources of both packages: sentinel.cjs, and beside it the parts
// that it loads when they are needed. A plain scan loads `scan` only.
import { chmod, copyFile, readdir, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = dirname(fileURLToPath(import.meta.url));
const core = join(here, '../core');
const outfile = process.argv[2] ?? join(here, 'dist/sentinel.cjs');
const folder = dirname(outfile);
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

/** Parts by what their modules are for; the first that matches counts. Few: each costs a look-up when it is loaded. */
const PARTS = [
  // What every start needs. No part may import an entry: it would run it.
  ['start', /cli\/src\/(?:streams|exit-code|version)\.ts|(?:cli\/src|core\/node)\/system-error\.ts/],
  // The reverse proxy, its worker and what validates schemas.
  [
    'gate',
    /packages\/gate\/src\/(?!isolation\/(?:worker|process)\.ts)|cli\/src\/gate\/|node_modules\/(?:ajv|fast-deep-equal|fast-uri|json-schema-traverse)\/|zod\/v4\/(?:classic|locales)\//,
  ],
  // YAML and its schema: only where there is a policy.
  [
    'policy',
    /node_modules\/(?:yaml|zod)\/|core\/src\/policy\/(?:load|draft|schema|tighten|glob-syntax|issue|yaml-document|effective|key-use)\.ts|read-policy\.ts/,
  ],
  ['inflate', /node_modules\/pako\/|core\/src\/codecs\/(?:inflate|adler32)/],
  [
    'archives',
    /core\/src\/(?:codecs\/(?!platform-|codec\.|checksum\.|crc32\.|mismatches\.|byte-reader\.)|containers\/seven-zip)/,
  ],
  // Baselines, hashes of whole files, retest and signatures: where there is a report to compare or to close.
  [
    'closure',
    /hash-file\.ts|cli\/src\/(?:baseline|hashes|retest|attest|model-signing)\/|core\/src\/(?:closure\/|policy\/contradictions)/,
  ],
  // What a stream does, for the fingerprints of findings.
  ['effects', /core\/src\/analysis\/pickle\/effect/],
  // Reports for machines and pages, and the pages of the rules.
  ['formats', /core\/src\/report\/(?:artifact-of|gitlab|junit|markdown|rule-|rules-|sarif|xml)|cli\/src\/formats\//],
  // What PyTorch's restricted unpickler makes of a checkpoint.
  [
    'torch',
    /core\/src\/(?:analysis\/torch\/|catalogue\/(?:generated\/)?weights-only|inspect\/torch-load|containers\/zip\/miniz-)/,
  ],
  // Python source, and the review of allow entries that reads it.
  [
    'python',
    /core\/src\/(?:analysis\/(?:python|torchscript)|allow|catalogue\/(?:serving-(?!words)|(?:generated\/)?torch-operators))|core\/src\/inspect\/native-names|cli\/src\/allow\//,
  ],
  ['commands', /core\/src\/trace|cli\/src\/(?:trace|rules|explain|init|policy)\//],
  [
    'scan',
    /no-processes|\/(?:packages|node_modules)\/(?!cli\/src\/(?:main|start|artifact\/(?:worker|serve|pool))\.ts|gate\/src\/isolation\/(?:worker|process)\.ts)/,
  ],
];

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

/**
 * Rows of constants as JSON, read when they are asked for: a text in the place of thousands of objects, which every start
 * would make.
 */
const TABLES = {
  name: 'tables',
  transform(code, id) {
    if (!/catalogue\/danger-(?:modules|names)\.ts$/.test(id)) return null;
    const { body } = this.parse(code, { lang: 'ts' });
    const tables = body.flatMap(({ declaration }) => declaration?.declarations ?? []).map(({ init }) => init.body);
    if (tables.length !== 1 || tables[0].type !== 'ArrayExpression') throw new Error(`${id} is no table of constants`);
    const [{ start, end }] = tables;
    const json = JSON.stringify(JSON.stringify(constantOf(tables[0], id)));
    return { code: `${code.slice(0, start)}JSON.parse(${json})${code.slice(end)}` };
  },
};

function constantOf(node, id) {
  if (node.type === 'Literal') return node.value;
  if (node.type === 'ArrayExpression') return node.elements.map((element) => constantOf(element, id));
  throw new Error(`${id} holds a ${node.type}, which is no constant`);
}

/** Names stay: a stack trace in a bug report has to be readable. */
const MINIFY = { mangle: false, compress: true, codegen: { removeWhitespace: true } };

// Parts import each other one way only: one that is reached before it has run would find nothing.
const bundle = await rolldown({
  input: {
    // Loaded by main.ts.
    'parts/program': join(here, 'src/start.ts'),
    // Started by pool.ts, beside which it lies.
    'parts/worker': join(here, 'src/artifact/worker.ts'),
    // Started by `sentinel gate`.
    'parts/gate-worker': join(here, '../gate/src/isolation/worker.ts'),
    'parts/gate-process': join(here, '../gate/src/isolation/process.ts'),
  },
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  plugins: [TABLES, NO_PROCESSES, ASCII],
  resolve: {
    alias: {
      '@sentinel/gate': join(here, '../gate/src/index.ts'),
      '@sentinel/core/node': join(core, 'node/index.ts'),
      '@sentinel/core': join(core, 'src/index.ts'),
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
  chunkFileNames: 'parts/[name].cjs',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: PARTS.map(([name, test], i) => ({ name, test, priority: PARTS.length - i })),
  },
  minify: MINIFY,
});
// By itself: what is loaded before its first line could end the program with exit code 0 or 1.
const program = await rolldown({
  input: join(here, 'src/main.ts'),
  platform: 'node',
  external: ['./parts/program.cjs'],
  makeAbsoluteExternalsRelative: false,
  transform: { target: 'node20' },
});
await program.write({ file: outfile, format: 'cjs', banner: '#!/usr/bin/env node', minify: MINIFY });
for (const { fileName, imports } of output) {
  if (
    /parts\/(?:scan|start)/.test(fileName) &&
    imports.some((name) => name !== 'parts/start.cjs' && PARTS.some(([part]) => name === `parts/${part}.cjs`))
  )
    throw new Error(`${fileName} imports another part: ${imports.join(', ')}`);
}
const written = new Set(output.map(({ fileName }) => basename(fileName)));
for (const name of await readdir(join(folder, 'parts'))) {
  if (!written.has(name)) await rm(join(folder, 'parts', name));
}
await chmod(outfile, 0o755);
await copyFile(join(here, '../../schemas/policy.schema.json'), join(folder, 'policy.schema.json'));
await copyFile(join(here, '../../schemas/gate.schema.json'), join(folder, 'gate.schema.json'));
