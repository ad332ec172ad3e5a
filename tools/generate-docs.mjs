// Writes what is generated from the sources: the rules' pages, docs/rules.md, docs/formats.md, docs/limits.md and the JSON Schemas of the report, the closure record, the records of a batch, the lock, the policy and the gate's configuration, and the OpenAPI description of the fleet with its types.
// `--check` writes nothing and fails when a file is out of date.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import openapiTypes, { astToString } from 'openapi-typescript';
import { limitsPage } from './limits-page.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'packages/core/src');

/** The renderers, bundled in memory: Node 20 does not read TypeScript. */
async function load() {
  const result = await build({
    stdin: {
      contents: `
        export { RULES } from './rules/index.js';
        export { renderRulePage } from './report/rule-page.js';
        export { renderRulesIndex, rulePagePath } from './report/rules-index.js';
        export { FORMATS } from './formats/index.js';
        export { reportJsonSchema } from './model/shape/report.js';
        export { closureJsonSchema } from './model/shape/closure.js';
        export { lockJsonSchema } from './model/shape/lock.js';
        export { batchJsonSchema } from './model/shape/batch.js';
        export { policyJsonSchema } from './policy/schema.js';
        export { gateJsonSchema } from '../../gate/src/config/schema.js';`,
      resolveDir: source,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].contents).toString('base64')}`);
}

const {
  FORMATS,
  RULES,
  batchJsonSchema,
  closureJsonSchema,
  lockJsonSchema,
  renderRulePage,
  renderRulesIndex,
  rulePagePath,
  policyJsonSchema,
  reportJsonSchema,
  gateJsonSchema,
} = await load();

/** The fleet's table of routes. Its packages stay outside the bundle, which has to lie where they are found. */
async function fleetOpenApi() {
  const result = await build({
    entryPoints: [join(root, 'packages/fleet/src/api/routes/index.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
    logLevel: 'warning',
  });
  const file = join(root, `packages/fleet/openapi-${process.pid}.mjs`);
  try {
    await writeFile(file, result.outputFiles[0].contents);
    return (await import(pathToFileURL(file).href)).fleetOpenApi();
  } finally {
    await rm(file, { force: true });
  }
}

/** The types of an OpenAPI description: what the dashboard and users of the API are compiled with. */
async function typesOf(description) {
  // A value that has a default need not be sent.
  const types = await openapiTypes(structuredClone(description), { immutable: true, defaultNonNullable: false });
  return `/* Generated from schemas/fleet.openapi.json by tools/generate-docs.mjs; do not edit. */\n${astToString(types)}`;
}

/** `docs/formats.md`: every format that is recognised, from the modules. */
function formatsPage() {
  const rows = Object.values(FORMATS).map(({ title, promises, opaque }) => {
    const names = promises.flatMap(([ends]) => ends.split(' ').map((end) => `\`.${end}\``)).join(' ');
    return `| ${title} | ${names} | ${opaque ?? 'opened'} |`;
  });
  const head = [
    '# Formats',
    '',
    'Written from `packages/core/src/formats` by `node tools/generate-docs.mjs`. Formats are recognised by their bytes. A name decides nothing but this: a file of such a name whose bytes are of none of these formats is incomplete.',
    '',
    '| format | names that promise it | what is done with it |',
    '| --- | --- | --- |',
  ];
  return `${[...head, ...rows].join('\n')}\n`;
}

const metas = RULES.map((rule) => rule.meta);
const files = new Map(metas.map((meta) => [join(source, 'rules', rulePagePath(meta)), renderRulePage(meta, metas)]));
files.set(join(root, 'docs/rules.md'), renderRulesIndex(metas, '../packages/core/src/rules'));
files.set(join(root, 'docs/formats.md'), formatsPage());
files.set(join(root, 'schemas/report.schema.json'), `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
files.set(join(root, 'schemas/batch.schema.json'), `${JSON.stringify(batchJsonSchema(), null, 2)}\n`);
files.set(join(root, 'schemas/closure.schema.json'), `${JSON.stringify(closureJsonSchema(), null, 2)}\n`);
files.set(join(root, 'schemas/lock.schema.json'), `${JSON.stringify(lockJsonSchema(), null, 2)}\n`);
files.set(join(root, 'schemas/policy.schema.json'), `${JSON.stringify(policyJsonSchema(), null, 2)}\n`);

files.set(join(root, 'docs/limits.md'), limitsPage(root));
const fleetApi = await fleetOpenApi();
files.set(join(root, 'schemas/fleet.openapi.json'), `${JSON.stringify(fleetApi, null, 2)}\n`);
files.set(join(root, 'packages/fleet/src/openapi.ts'), await typesOf(fleetApi));
files.set(join(root, 'schemas/gate.schema.json'), `${JSON.stringify(gateJsonSchema(), null, 2)}\n`);

const check = process.argv.includes('--check');
let stale = 0;
for (const [file, text] of files) {
  const before = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (before === text) continue;
  stale += 1;
  if (check) process.stderr.write(`out of date: ${file}\n`);
  else {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
if (check && stale > 0) {
  process.stderr.write('Run: node tools/generate-docs.mjs\n');
  process.exitCode = 1;
} else process.stdout.write(`${files.size} generated files, ${check ? 'all up to date' : `${stale} written`}\n`);
