import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@artifact-sentinel/core';
import { expect, test } from 'vitest';
import { Cli } from './kit.js';

const cli = new Cli();
const EMPTY = Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]), Buffer.from('{}')]);
const INDEX = 'model.safetensors.index.json';

const indexOf = (...shards: readonly string[]): string =>
  JSON.stringify({ weight_map: Object.fromEntries(shards.map((shard, i) => [`w${i}`, shard])) });

function make(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
}

/** Exit code, findings and what is incomplete. */
function scanned(folder: string, path: string): readonly unknown[] {
  const { code, stdout } = cli.run(folder, ['artifact', path, '--format', 'json']);
  const { findings, incomplete } = JSON.parse(stdout) as Report;
  return [
    code,
    findings.map(({ ruleId, message }) => `${ruleId} ${/names (.*?)\. /.exec(message)?.[1] ?? ''}`),
    incomplete.map(({ path: at, reason }) => `${at}: ${reason.slice(0, 40)}`),
  ];
}

test('shards of a snapshot in the layout of the cache are there', () => {
  const folder = cli.folder({});
  const snapshot = 'models--org--model/snapshots/0123';
  make(folder, { 'models--org--model/blobs/a': EMPTY, [`${snapshot}/config.json`]: '{"model_type": "bert"}' });
  make(folder, { [`${snapshot}/${INDEX}`]: indexOf('model-1.safetensors') });
  symlinkSync('../../blobs/a', join(folder, snapshot, 'model-1.safetensors'));
  expect(scanned(folder, 'models--org--model')).toEqual([0, [], []]);
  expect(scanned(folder, snapshot)).toEqual([0, [], []]);
  // A copy of the snapshot alone, with its links: they lead nowhere.
  cpSync(join(folder, snapshot), join(folder, 'copy/deep/model'), { recursive: true, verbatimSymlinks: true });
  expect(scanned(folder, 'copy')).toEqual([
    2,
    [],
    ['copy/deep/model/model-1.safetensors: a symbolic link that leads nowhere'],
  ]);
});

test('links within the root, to files and to folders', () => {
  const folder = cli.folder({});
  make(folder, {
    'root/store/a.safetensors': EMPTY,
    'root/store/deep/b.safetensors': EMPTY,
    'root/model/config.json': '{"model_type": "bert"}',
    [`root/model/${INDEX}`]: indexOf(
      'a.safetensors',
      'parts/a.safetensors',
      'parts/deep/b.safetensors',
      './parts/x.safetensors',
    ),
  });
  symlinkSync('../store/a.safetensors', join(folder, 'root/model/a.safetensors'));
  symlinkSync('../store', join(folder, 'root/model/parts'));
  // Only what is not there is missing.
  expect(scanned(folder, 'root')).toEqual([0, [expect.stringMatching(/^REPO-SHARD-INDEX .*x\.safetensors$/)], []]);
  make(folder, { 'root/store/x.safetensors': EMPTY });
  expect(scanned(folder, 'root')).toEqual([0, [], []]);
});

test('links out of the root are incomplete, and not missing', () => {
  const folder = cli.folder({});
  make(folder, {
    'outside/a.safetensors': EMPTY,
    'model/config.json': '{"model_type": "bert"}',
    [`model/${INDEX}`]: indexOf('a.safetensors', 'parts/a.safetensors'),
  });
  symlinkSync('../outside/a.safetensors', join(folder, 'model/a.safetensors'));
  symlinkSync('../outside', join(folder, 'model/parts'));
  expect(scanned(folder, 'model')).toEqual([
    2,
    [],
    [
      'model/a.safetensors: a link that leads out of what is scanned',
      'model/parts: a link that leads out of what is scanned',
    ],
  ]);
  rmSync(join(folder, 'model/parts'));
  expect(scanned(folder, 'model')).toEqual([
    2,
    [expect.stringMatching(/^REPO-SHARD-INDEX .*parts\/a\.safetensors$/)],
    ['model/a.safetensors: a link that leads out of what is scanned'],
  ]);
});
