import fs, { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { safetensors, SparseFile } from '../../../sources/test/double-files.js';
import { HubDouble } from '../../../sources/test/hub-double.js';
import type { FetchOptions } from './options.js';
import { runFetch } from './run.js';

const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');
/** `os.system('id')`. Nothing is loaded. */
const SYSTEM = Buffer.from("cos\nsystem\n(S'id'\ntR.");

/** What is written to standard error. Files share their modules: no module is replaced. */
let said: string[] = [];
let double: HubDouble;
const { writeSync } = fs;
const NAMES = ['HF_ENDPOINT', 'HF_HUB_OFFLINE', 'HF_TOKEN', 'HF_HOME'] as const;
const before = NAMES.map((name) => [name, process.env[name]] as const);
beforeAll(async () => {
  double = await HubDouble.start();
  fs.writeSync = ((descriptor: number, bytes: Uint8Array, ...rest: number[]) => {
    if (descriptor !== 2) return writeSync(descriptor, bytes, ...rest);
    const text = Buffer.from(bytes)
      .subarray(rest[0] ?? 0)
      .toString();
    said.push(...text.trimEnd().split('\n'));
    return Buffer.byteLength(text);
  }) as typeof fs.writeSync;
  syncBuiltinESMExports();
});
afterAll(async () => {
  fs.writeSync = writeSync;
  syncBuiltinESMExports();
  await double.close();
});
beforeEach(() => {
  said = [];
  double.reset();
  for (const name of NAMES) delete process.env[name];
  process.env['HF_ENDPOINT'] = double.endpoint;
});
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

interface Fetched {
  readonly code: number;
  readonly to: string;
  /** What lies in the folder, and beside it. */
  readonly placed: readonly string[];
  readonly beside: readonly string[];
}

/** Fetches into `out` of a folder of the test. */
async function fetched(
  options: Partial<FetchOptions> = {},
  folder = folderOfTest('sentinel-fetch-'),
): Promise<Fetched> {
  const to = join(folder, 'out');
  const outputs = [{ format: 'json', file: join(folder, 'report.json') }] as const;
  const code = await runFetch('hf://org/model', { to, allowPrivate: true, ...options }, outputs);
  const placed = existsSync(to) ? readdirSync(to, { recursive: true, encoding: 'utf8' }).toSorted() : [];
  return { code, to, placed, beside: readdirSync(folder).toSorted() };
}

const lockOf = (to: string): unknown => JSON.parse(readFileSync(join(to, 'sentinel.lock'), 'utf8'));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const lines = (): readonly string[] => said.map((line) => line.replace(/^sentinel: /, ''));

test('what passes is placed, with a lock that says what was compared and judged', async () => {
  const image = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\0', 'latin1');
  const { commit } = double.add('org/model', {
    'm.pkl': { content: SparseFile.of(CLEAN), lfs: true },
    'sub/notes.txt': 'notes',
    'x.png': image,
  });
  const { code, to, placed, beside } = await fetched();
  expect([code, placed, beside]).toEqual([
    0,
    ['m.pkl', 'sentinel.lock', 'sub', 'sub/notes.txt', 'x.png'],
    ['out', 'report.json'],
  ]);
  expect(lockOf(to)).toMatchObject({
    lockVersion: 1,
    source: 'hf://org/model',
    revision: `hf://org/model@${commit}`,
    verdict: 'pass',
    skipped: [],
    files: [
      {
        path: 'm.pkl',
        size: CLEAN.length,
        sha256: sha256(CLEAN),
        claimed: true,
        status: 'complete',
        level: 'LIKELY_SAFE',
      },
      { path: 'sub/notes.txt', size: 5, sha256: sha256(Buffer.from('notes')), status: 'other', level: null },
      { path: 'x.png', size: image.length, sha256: sha256(image) },
    ],
  });
  expect((lockOf(to) as { files: object[] }).files.map((file) => 'claimed' in file)).toEqual([true, false, false]);
  const bytes = CLEAN.length + 5 + image.length;
  expect(lines()).toEqual([
    expect.stringMatching(/^pass, 0 findings, 0 incomplete; written to /),
    `3 files (${bytes} B) placed in ${to}, with sentinel.lock`,
  ]);
});

test('quiet says nothing of what was placed', async () => {
  double.add('org/model', { 'm.pkl': CLEAN });
  expect((await fetched({ quiet: true })).placed).toEqual(['m.pkl', 'sentinel.lock']);
  expect(said).toEqual([]);
});

test('pickles beside safetensors are left out, and named in the lock, unless all are asked for', async () => {
  double.add('org/model', { 'm.bin': CLEAN, 'm.safetensors': safetensors(1, 64) });
  const first = await fetched();
  expect(first.placed).toEqual(['m.safetensors', 'sentinel.lock']);
  expect(lockOf(first.to)).toMatchObject({ skipped: [{ path: 'm.bin', reason: 'm.safetensors is beside it' }] });
  expect(lines().slice(1)).toEqual([
    'skipped m.bin: m.safetensors is beside it; --all takes both',
    expect.stringMatching(/^1 file \(/),
  ]);
  const all = await fetched({ all: true });
  expect(all.placed).toEqual(['m.bin', 'm.safetensors', 'sentinel.lock']);
  expect(lockOf(all.to)).toMatchObject({ skipped: [] });
});

test('nothing is downloaded of what does not pass where it lies', async () => {
  double.add('org/model', { 'a.pkl': SYSTEM, 'b.txt': 'b' });
  const { code, beside } = await fetched();
  expect([code, beside, lines().at(-1)]).toEqual([
    1,
    ['report.json'],
    'nothing was downloaded: the source does not pass',
  ]);
  said = [];
  expect([(await fetched({ quiet: true })).code, said]).toEqual([1, []]);
});

test('what is there and differs is known by its size or kind before anything is downloaded', async () => {
  double.add('org/model', { 'a.txt': 'one', 'b.txt': 'two' });
  const folder = folderOfTest('sentinel-fetch-');
  mkdirSync(join(folder, 'out', 'b.txt'), { recursive: true });
  writeFileSync(join(folder, 'out', 'a.txt'), 'other');
  const { code, beside } = await fetched({}, folder);
  expect([code, beside]).toEqual([2, ['out']]);
  expect(lines()).toEqual([
    'a.txt: there is another file of this name; --replace replaces it',
    'b.txt: there is another file of this name; --replace replaces it',
    `nothing was placed in ${join(folder, 'out')}`,
  ]);
  // A folder is not replaced; that is known when files are moved.
  said = [];
  expect((await fetched({ replace: true }, folder)).code).toBe(2);
  expect(lines()).toEqual(['b.txt: there is a folder of this name', `nothing was placed in ${join(folder, 'out')}`]);
  rmSync(join(folder, 'out', 'b.txt'), { recursive: true });
  expect((await fetched({ replace: true }, folder)).code).toBe(0);
  expect(readFileSync(join(folder, 'out', 'a.txt'), 'utf8')).toBe('one');
  // The same files again are no others.
  expect((await fetched({}, folder)).code).toBe(0);
  // One of the same size is known by its hash.
  writeFileSync(join(folder, 'out', 'a.txt'), 'eno');
  said = [];
  expect((await fetched({}, folder)).code).toBe(2);
  expect(lines()[0]).toBe('a.txt: there is another file of this name; --replace replaces it');
});

test('a file is no folder to place something in', async () => {
  double.add('org/model', { 'a.txt': 'one' });
  const folder = folderOfTest('sentinel-fetch-');
  writeFileSync(join(folder, 'file'), '');
  const to = join(folder, 'file');
  expect((await fetched({ to }, folder)).code).toBe(2);
  expect(lines()).toEqual([`${to}: it is no folder`, `nothing was placed in ${to}`]);
});

test('what came is scanned again: a server may give scans other bytes than downloads', async () => {
  double.add('org/model', { 'm.pkl': CLEAN });
  let asked = 0;
  double.fault = ({ path }, response) => {
    if (!path.includes('/resolve-cache/')) return false;
    asked += 1;
    if (asked === 1) return false;
    const bytes = Buffer.concat([SYSTEM, Buffer.alloc(CLEAN.length)]).subarray(0, CLEAN.length);
    response.writeHead(206, {
      'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
      'content-length': bytes.length,
    });
    response.end(bytes);
    return true;
  };
  const { code, beside } = await fetched();
  expect([code, beside]).toEqual([1, ['report.json']]);
  expect(lines()[0]).toBe(
    'what was downloaded does not pass, though the source did when it was scanned; it is deleted',
  );
});

test('a download that fails is named, and what came stays for the next run', async () => {
  double.add('org/model', { 'm.pkl': { content: SparseFile.of(CLEAN), lfs: true } });
  let asked = 0;
  double.fault = ({ origin }, response) => {
    asked += origin === 'cdn' ? 1 : 0;
    if (origin !== 'cdn' || asked === 1) return false;
    response.writeHead(404).end();
    return true;
  };
  const { code, placed, beside } = await fetched();
  expect([code, placed, beside]).toEqual([2, [], ['.out.sentinel-quarantine']]);
  expect(lines()).toEqual([
    expect.stringMatching(/^m\.pkl: \S/),
    expect.stringMatching(
      /^nothing was placed; what was downloaded stays in .*\.out\.sentinel-quarantine, and the next run goes on with it$/,
    ),
  ]);
});

test.each(['m.pkl', 'hf-cache:org/model', 'HF-CACHE:org/model'])('%s is no address to fetch from', async (source) => {
  await expect(runFetch(source, { to: 'out' }, [])).rejects.toThrow('fetch takes the address of a remote source');
});
