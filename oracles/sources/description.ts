// The double of the Hub against the whole OpenAPI description of the Hub, and the reduced form of it that the tests use:
//
//   node oracles/bundle.mjs oracles/sources/description.ts .cache/description.mjs
//   node .cache/description.mjs OPENAPI_JSON
//
// The file is at huggingface.co/.well-known/openapi.json and in a public repository (README.md). It is no part of .ci/run,
// where neither can be reached.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { BEYOND, DESCRIBED, type Described, type Schema } from '../../packages/sources/test/hub-description.js';
import { HubDouble } from '../../packages/sources/test/hub-double.js';
import { exchanges } from '../../packages/sources/test/hub-exchanges.js';

type Json = Readonly<Record<string, unknown>>;
/** What says nothing of a document's shape, or only more of its texts. */
const ASIDE = new Set(['$schema', 'description', 'examples', 'format', 'pattern']);

let passed = 0;
const failures: string[] = [];
function check(what: string, isGood: boolean, detail: unknown = ''): void {
  if (isGood) passed += 1;
  else failures.push(`${what} ${JSON.stringify(detail)}`);
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (inner as Json | undefined)?.[name], value);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, inner]) => !(ASIDE.has(key) && typeof inner === 'string'));
  const inner = Object.fromEntries(entries.map(([key, one]) => [key, plain(one)] as const)) as Record<string, unknown>;
  if (Array.isArray(inner['required'])) inner['required'] = (inner['required'] as string[]).toSorted();
  return inner;
}

/** Ours without what stands in it beyond the description. */
function within(schema: Schema | null, beyond: readonly string[]): unknown {
  const copy = plain(schema) as Json;
  for (const path of beyond) {
    const steps = path.split('/');
    const name = steps.pop() ?? '';
    const properties = at(copy, ...steps) as Record<string, unknown>;
    const parent = at(copy, ...steps.slice(0, -1)) as { required: string[] };
    delete properties[name];
    parent.required = parent.required.filter((one) => one !== name);
  }
  return copy;
}

/** Theirs with it. */
function widened(schema: unknown, ours: Schema | null, beyond: readonly string[]): Json {
  const copy = structuredClone(schema) as Json;
  for (const path of beyond) {
    const steps = path.split('/');
    (at(copy, ...steps.slice(0, -1)) as Record<string, unknown>)[steps.at(-1) ?? ''] = at(ours, ...steps);
  }
  return copy;
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node description.mjs OPENAPI_JSON');
const description = JSON.parse(readFileSync(file, 'utf8')) as Json;
const double = await HubDouble.start();
const all = await exchanges(double);
await double.close();
for (const [which, ours] of Object.entries(DESCRIBED) as [keyof typeof DESCRIBED, Described][])
  for (const kind of ['models', 'datasets', 'spaces']) {
    const path = ours.path.replace('{kind}', kind).replace('{prefix}', kind === 'models' ? '' : `${kind}/`);
    const beyond = (BEYOND as Readonly<Record<string, readonly string[]>>)[which] ?? [];
    const theirs = at(description, 'paths', path, ours.method.toLowerCase());
    check(`${path} is described`, theirs !== undefined);
    const statuses = Object.keys(at(theirs, 'responses') as Json).map(Number);
    check(`${path}: statuses`, isDeepStrictEqual(statuses, ours.statuses), statuses);
    const parameters = (at(theirs, 'parameters') ?? []) as readonly Json[];
    const query = parameters.filter((one) => one['in'] === 'query').map(({ name }) => name);
    check(`${path}: query`, isDeepStrictEqual(query, ours.query), query);
    const asked = at(theirs, 'requestBody', 'content', 'application/json', 'schema');
    check(`${path}: request`, isDeepStrictEqual(plain(asked), plain(ours.request)), asked);
    if (ours.answer === null) continue;
    const schema = at(theirs, 'responses', '200', 'content', 'application/json', 'schema');
    check(`${path}: answer`, isDeepStrictEqual(plain(schema), within(ours.answer, beyond)), plain(schema));
    const matches = new Ajv2020({ strict: false, validateFormats: false }).compile(
      widened(schema, ours.answer, beyond),
    );
    for (const { status, body } of all.filter((one) => one.which === which))
      if (status === 200) check(`${path}: what the double answers`, matches(body), matches.errors);
  }
for (const failure of failures) console.log(`FAILED: ${failure}`);
console.log(`${passed} checks passed, ${failures.length} failed`);
if (failures.length > 0) process.exitCode = 1;
