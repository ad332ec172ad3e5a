import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { SCOPE } from './scope.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .split('\0')
  .filter((name) => /\.(?:md|ya?ml|json|[cm]?[jt]s|sh|py)$/.test(name) && !/^(?:fixtures|corpus)\/./.test(name));

/** The lines of tracked text that hold a match, with their file. */
function linesWith(pattern: RegExp): string[] {
  return files.flatMap((name) =>
    readFileSync(join(root, name), 'utf8')
      .split('\n')
      .flatMap((line) => (pattern.test(line) ? [`${name}: ${line.trim().slice(0, 200)}`] : [])),
  );
}

test('every package of ours has the scope', () => {
  const names = files
    .filter((name) => /^packages\/[^/]+\/package\.json$/.test(name))
    .map((name) => (JSON.parse(readFileSync(join(root, name), 'utf8')) as { name: string }).name);
  expect(new Set(names)).toEqual(
    new Set(['cli', 'core', 'fleet', 'gate', 'page', 'sources'].map((name) => `${SCOPE}/${name}`)),
  );
});

test('no document or source names our packages in another scope', () => {
  const ours = linesWith(/@[a-z-]+\/(?:core|cli|gate|sources)\b/);
  expect(ours.length).toBeGreaterThan(100);
  const others = ours.filter((line) =>
    [...line.matchAll(/(@[a-z-]*sentinel[a-z-]*)\/(?:core|cli|gate|sources)\b/g)].some(([, scope]) => scope !== SCOPE),
  );
  expect(others).toEqual([]);
});

test('no document or source starts or installs the package called sentinel: it belongs to a stranger', () => {
  const start = ['npx', 'bunx', 'pnpm dlx', 'npm exec', 'npm install', 'npm i'].join('|');
  expect(linesWith(new RegExp(`\\b(?:${start})(?: -[^ ]+)* sentinel\\b`))).toEqual([]);
});
