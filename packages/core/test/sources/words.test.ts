import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/*
 * The field has terms for what these words said here: offset, path and range for a place, reported for told, unclaimed
 * bytes for stray ones (docs/glossary.md). They are searched for in the sources of all packages, of tools and of benches, without their
 * tests, and in the documents.
 */

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const WORDS: readonly RegExp[] = [
  /\bwhoever\b/i,
  /\btold\b/i,
  /\bstrays?\b/i,
  /\basides?\b/i,
  /\bglances?\b/i,
  // `place` is a field of the events of the gate.
  /(?<!\bin |\btakes? |\bhiding |`)\bplaces?\b(?!:)/i,
  /\bin the place of\b/i,
  /\bby way of\b/i,
  /\b(?:on the|under) way\b/i,
  /\bway of (?:the|some) bytes\b/i,
];

const SOURCES: readonly string[] = [
  'packages/core/src',
  'packages/core/node',
  'packages/sources/src',
  'packages/sources/node',
  'packages/cli/src',
  'packages/gate/src',
  'packages/fleet/src',
  'packages/page/src',
  'tools',
  'bench',
];
const DOCUMENTS: readonly string[] = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];

/** It lists the words. */
const GLOSSARY = 'docs/glossary.md';

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => relative(root, join(root, folder, name)).replaceAll('\\', '/'))
    .filter((path) => path !== GLOSSARY)
    .toSorted();
}

function linesWith(path: string): string[] {
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  return lines.flatMap((line, i) =>
    WORDS.some((word) => word.test(line)) ? [`${path}:${i + 1}: ${line.trim()}`] : [],
  );
}

test.each(SOURCES)('%s has none of the words', (folder) => {
  const files = filesIn(folder, /(?<!\.test)\.tsx?$|\.mjs$|\.md$/);
  expect(files.length).toBeGreaterThan(3);
  expect(files.flatMap(linesWith)).toEqual([]);
});

test('each folder of oracles says what it compares', () => {
  const folders = readdirSync(join(root, 'oracles'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.length).toBeGreaterThan(15);
  expect(folders.filter(({ name }) => !existsSync(join(root, 'oracles', name, 'README.md')))).toEqual([]);
});

test('the documents have none of them', () => {
  const files = [...filesIn('docs', /\.md$/), ...DOCUMENTS];
  expect(files.length).toBeGreaterThan(30);
  expect(files.flatMap(linesWith)).toEqual([]);
});

test.each([
  ['A way is told whole.', true],
  ['the name stands in many places', true],
  ['Whoever reads it', true],
  ['written over in place', false],
  ['a hiding place', false],
  ['it takes place later, in placeholders', false],
  ['place: refusal.path,', false],
])('%j: %s', (text, isFound) => {
  expect(WORDS.some((word) => word.test(text))).toBe(isFound);
});
