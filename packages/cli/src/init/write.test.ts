import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { POLICY_TEMPLATE } from './template.js';
import { writeInitialPolicy } from './write.js';

const SCHEMA = 'node_modules/@artifact-sentinel/cli/dist/policy.schema.json';
const OWN =
  '# yaml-language-server: $schema=./sentinel-policy.schema.json\n' +
  '# (completion in editors; the file comes from: sentinel policy schema > sentinel-policy.schema.json)\n';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'sentinel-init-')));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

async function written(path: string): Promise<string> {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  await writeInitialPolicy(join(root, path), false);
  return readFileSync(join(root, path), 'utf8');
}

test.each([
  ['beside it', 'a/p.yml', ['a/.git/HEAD', `a/${SCHEMA}`], `./${SCHEMA}`],
  ['above it', 'a/b/p.yml', ['a/.git/HEAD', `a/${SCHEMA}`], `../${SCHEMA}`],
  ['the nearest of two', 'a/b/p.yml', ['.git/HEAD', SCHEMA, `a/${SCHEMA}`], `../${SCHEMA}`],
])('the installed schema of a checkout, %s', async (_where, file, files, path) => {
  for (const one of files) put(one);
  expect(await written(file)).toBe(`# yaml-language-server: $schema=${path}\n${POLICY_TEMPLATE}`);
});

test.each([
  ['is installed', []],
  ['is installed within the checkout', ['a/.git/HEAD', SCHEMA]],
  ['is in a checkout', [SCHEMA]],
])('where no schema %s, the one of the program is named', async (_where, files) => {
  for (const one of files) put(one);
  expect(await written('a/p.yml')).toBe(OWN + POLICY_TEMPLATE);
});

test('a file that is there is replaced with --force only', async () => {
  put('p.yml', 'mine');
  await expect(writeInitialPolicy(join(root, 'p.yml'), false)).rejects.toThrow('exists; --force replaces it');
  expect(readFileSync(join(root, 'p.yml'), 'utf8')).toBe('mine');
  await writeInitialPolicy(join(root, 'p.yml'), true);
  expect(readFileSync(join(root, 'p.yml'), 'utf8')).toBe(OWN + POLICY_TEMPLATE);
});
