import { VERSION } from '../src/model/version.js';
import { readdirSync, readFileSync } from 'node:fs';
import * as core from '@artifact-sentinel/core';
import * as internal from '@artifact-sentinel/core/internal';
import * as node from '@artifact-sentinel/core/node';
import * as nodeInternal from '@artifact-sentinel/core/node/internal';
import { expect, test } from 'vitest';

/** What others build on. A change here is a change for them: write it into CHANGELOG.md, then `vitest -u`. */

function typesOf(index: string): string[] {
  const text = readFileSync(new URL(index, import.meta.url), 'utf8');
  const exported = [...text.matchAll(/export (type )?\{([^}]*)\}/g)];
  return exported
    .flatMap(([, allTypes, names = '']) => {
      const parts = names.split(',').map((name) => name.trim());
      return parts.filter((name) => name !== '' && (allTypes !== undefined || name.startsWith('type ')));
    })
    .map((name) => name.replace(/^type /, ''))
    .toSorted();
}

const VALUES = [
  'PolicyError',
  'REMOTE_READS',
  'RULES',
  'ReadError',
  'blobSource',
  'loadPolicy',
  'memorySource',
  'renderCycloneDx',
  'renderGitlab',
  'renderHtml',
  'renderJson',
  'renderJunit',
  'renderMarkdown',
  'renderSarif',
  'renderText',
  'scan',
  'trace',
];

test('values of @artifact-sentinel/core', () => {
  expect(Object.keys(core).toSorted()).toEqual(VALUES);
});

test('values of @artifact-sentinel/core/node: those of the core, and files', () => {
  expect(Object.keys(node).toSorted()).toEqual([...VALUES, 'fileSource', 'scanFiles', 'walk'].toSorted());
  for (const name of VALUES)
    if (name !== 'scan' && name !== 'trace')
      expect(new Map<string, unknown>(Object.entries(node)).get(name)).toBe(
        new Map<string, unknown>(Object.entries(core)).get(name),
      );
});

test('types of @artifact-sentinel/core', () => {
  expect(typesOf('../src/index.ts')).toMatchInlineSnapshot(`
    [
      "Action",
      "ArtifactReport",
      "ArtifactResult",
      "ByteRange",
      "ByteSource",
      "Coverage",
      "Evidence",
      "Finding",
      "GlobalReport",
      "IncompleteReport",
      "Limits",
      "OpaqueReport",
      "PartReport",
      "Platform",
      "Policy",
      "Progress",
      "ReadProfile",
      "Report",
      "RootOptions",
      "Rule",
      "RuleMeta",
      "RuleOptions",
      "Safety",
      "SarifOptions",
      "Scan",
      "ScanInput",
      "ScanInputs",
      "ScanOptions",
      "Severity",
      "StreamReport",
      "Summary",
      "TextOptions",
      "TraceOptions",
      "TraceResult",
      "Verdict",
    ]
  `);
});

test('types of @artifact-sentinel/core/node', () => {
  expect(typesOf('../node/index.ts')).toEqual(['FileSource', 'ScanFilesOptions', 'WalkOptions']);
});

test('what is public has one name: our own packages share nothing of it a second time', () => {
  // The library checks what callers give it; our own packages go without, or have more options.
  const checked = ['loadPolicy', 'scan', 'trace', ...VALUES.filter((name) => name.startsWith('render'))];
  expect(Object.keys(internal).filter((name) => VALUES.includes(name) && !checked.includes(name))).toEqual([]);
});

/** Names that a module of another package imports from an entry. */
function imported(entry: string): ReadonlySet<string> {
  const root = new URL('../../../', import.meta.url);
  const folders = [
    'packages/core/node',
    'packages/core/src',
    'packages/core/test',
    'packages/cli',
    'packages/gate',
    'packages/page/src',
    'packages/page/test',
    'oracles',
    'bench',
    'tools',
  ];
  const names = new Set<string>();
  for (const folder of folders)
    for (const file of readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:tsx?|mjs)$/.test(file) || /(?:^|\/)(?:dist|node_modules)/.test(file)) continue;
      const text = readFileSync(new URL(`${folder}/${file}`, root), 'utf8');
      for (const [, list = ''] of text.matchAll(new RegExp(`\\{([^}]*)\\} from '${entry}'`, 'g')))
        for (const name of list.split(',')) names.add(name.trim().replace(/^type /, ''));
      // `collect` and `suggestAllow` are wrapped under their own names.
      if (text.includes(`* as core from '${entry}'`))
        for (const [, name = ''] of text.matchAll(/\bcore\.(\w+)/g)) names.add(name);
    }
  return names;
}

test.each([
  ['@artifact-sentinel/core/internal', internal, '../src/internal.ts'],
  ['@artifact-sentinel/core/node/internal', nodeInternal, '../node/internal.ts'],
])('%s has nothing that nobody imports', (entry, module, file) => {
  const names = imported(entry);
  expect([...Object.keys(module), ...typesOf(file)].filter((name) => !names.has(name))).toEqual([]);
});

test('packages have these entries', () => {
  const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    exports: Record<string, unknown>;
  };
  expect(Object.keys(exports)).toEqual(['.', './internal', './node', './node/internal']);
});

test('each public name stands in docs/library.md', () => {
  const page = readFileSync(new URL('../../../docs/library.md', import.meta.url), 'utf8');
  expect(Object.keys(node).filter((name) => !page.includes(`\`${name}`))).toEqual([]);
});

test('the version that reports carry is that of the packages', () => {
  const manifest = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  expect(manifest('../package.json')).toMatchObject({ version: VERSION });
  expect(manifest('../../cli/package.json')).toMatchObject({ version: VERSION });
});
