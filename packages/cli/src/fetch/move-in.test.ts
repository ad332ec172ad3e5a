import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceEntry } from '@artifact-sentinel/sources';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { moveIn, moveProblems } from './move-in.js';
import { isUnchanged, Quarantine, type Downloaded } from './quarantine.js';

const ROOT = realpathSync(mkdtempSync(join(tmpdir(), 'sentinel-move-')));
afterAll(() => rmSync(ROOT, { recursive: true }));
const SIGNAL = new AbortController().signal;
let count = 0;
let folder = '';
let quarantine: Quarantine;
beforeEach(() => {
  folder = join(ROOT, String((count += 1)));
  quarantine = Quarantine.open(folder);
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A file of a source; `read` counts the bytes that were asked for. */
function entry(path: string, text: string, more: { sha256?: string | null; identity?: string | null } = {}) {
  const bytes = new TextEncoder().encode(text);
  const read = { bytes: 0 };
  const found = {
    kind: 'file',
    name: `x/${path}`,
    path,
    size: bytes.length,
    sha256: more.sha256 === undefined ? sha256(text) : more.sha256,
    open: async () => ({
      path,
      size: bytes.length,
      identity: more.identity ?? null,
      source: {
        size: bytes.length,
        read: async (offset: number, length: number) => {
          read.bytes += length;
          return bytes.subarray(offset, offset + length);
        },
      },
    }),
  } as unknown as SourceEntry;
  return { found, read };
}
const download = (path: string, text = 'new'): Promise<Downloaded> =>
  quarantine.download(entry(path, text).found, 'v1', SIGNAL);
function there(path: string, text = 'old'): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');

describe('what is moved to its name', () => {
  test('goes where nothing is, and makes its folders', async () => {
    const files = [await download('a.bin'), await download('b/c/d.bin', 'deep')];
    expect(moveProblems(files, folder, false)).toEqual([]);
    expect(moveIn(files, folder)).toBeNull();
    expect([read('a.bin'), read('b/c/d.bin'), existsSync(files[0]?.at ?? '')]).toEqual(['new', 'deep', false]);
    expect(lstatSync(join(folder, 'a.bin')).mode & 0o777).toBe(0o666 & ~process.umask());
  });

  test('goes over another file only if that is asked for, and over the same one always', async () => {
    there('a.bin');
    const files = [await download('a.bin')];
    expect(moveProblems(files, folder, false)).toEqual([
      'a.bin: there is another file of this name; --replace replaces it',
    ]);
    expect(moveProblems(files, folder, true)).toEqual([]);
    there('a.bin', 'new');
    expect(moveProblems(files, folder, false)).toEqual([]);
    expect(moveIn(files, folder)).toBeNull();
    expect(read('a.bin')).toBe('new');
  });

  test('goes through no link, and over no folder', async () => {
    mkdirSync(join(ROOT, `${count}.out`));
    mkdirSync(join(folder, 'taken'), { recursive: true });
    symlinkSync(join(ROOT, `${count}.out`), join(folder, 'out'));
    there('file');
    const files = [await download('out/a.bin'), await download('file/a.bin'), await download('taken')];
    for (const replace of [false, true])
      expect(moveProblems(files, folder, replace)).toEqual([
        `out/a.bin: ${folder}/out is no folder`,
        `file/a.bin: ${folder}/file is no folder`,
        'taken: there is a folder of this name',
      ]);
    for (const file of files.slice(0, 2)) expect(moveIn([file], folder)).toMatch(/is no folder$/);
    expect(existsSync(join(ROOT, `${count}.out/a.bin`))).toBe(false);
    // A link at the end is another file, and is replaced as one.
    symlinkSync(join(folder, 'file'), join(folder, 'link'));
    expect(moveProblems([await download('link')], folder, false)).toHaveLength(1);
  });

  test('is what was hashed', async () => {
    const file = await download('a.bin');
    expect(isUnchanged(file)).toBe(true);
    writeFileSync(file.at, 'other');
    expect(isUnchanged(file)).toBe(false);
    const words = 'a.bin: it changed in the quarantine after it was hashed';
    expect([moveProblems([file], folder, true), moveIn([file], folder)]).toEqual([[words], words]);
    expect(existsSync(join(folder, 'a.bin'))).toBe(false);
    rmSync(file.at);
    expect(isUnchanged(file)).toBe(false);
  });
});

describe('the quarantine', () => {
  test('lies beside the folder, for its owner only, and is made anew where it is', () => {
    expect(quarantine.folder).toBe(join(ROOT, `.${count}.sentinel-quarantine`));
    expect(lstatSync(quarantine.folder).mode & 0o777).toBe(0o700);
    expect(Quarantine.open(folder).folder).toBe(quarantine.folder);
    quarantine.leave();
    expect(existsSync(join(quarantine.folder, 'process'))).toBe(false);
    quarantine.remove();
    expect(existsSync(quarantine.folder)).toBe(false);
  });

  test('is that of one run at a time', () => {
    const file = join(quarantine.folder, 'process');
    for (const [owner, isRefused] of [
      [String(process.ppid), true],
      [String(process.pid), false],
      ['999999999', false],
      ['0', false],
      ['-1', false],
      ['text', false],
      ['1.5', false],
    ] as const) {
      writeFileSync(file, owner);
      if (isRefused) expect(() => Quarantine.open(folder)).toThrow(`another run (process ${owner})`);
      else expect(Quarantine.open(folder).folder).toBe(quarantine.folder);
    }
    expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
  });

  test('is no link', () => {
    quarantine.remove();
    mkdirSync(join(ROOT, `${count}.else`));
    symlinkSync(join(ROOT, `${count}.else`), quarantine.folder);
    expect(() => Quarantine.open(folder)).toThrow('it is a link, and has to be a folder');
    writeFileSync(join(ROOT, `${count}.file`), '');
    expect(() => Quarantine.open(join(ROOT, `${count}.file/x`))).toThrow('cannot make the quarantine beside');
  });

  test('takes what has the SHA-256 that the source says, and nothing else', async () => {
    const good = await download('a.bin', 'abc');
    expect([good.sha256, good.size, readFileSync(good.at, 'utf8')]).toEqual([sha256('abc'), 3, 'abc']);
    const lied = entry('b.bin', 'abc', { sha256: sha256('other') });
    await expect(quarantine.download(lied.found, 'v1', SIGNAL)).rejects.toMatchObject({
      code: 'changed',
      message: expect.stringContaining(`its bytes have the SHA-256 ${sha256('abc')}`),
    });
    const silent = await quarantine.download(entry('c.bin', 'abc', { sha256: null }).found, 'v1', SIGNAL);
    expect(silent.sha256).toBe(sha256('abc'));
  });

  test('goes on where it ended, if it is the same state', async () => {
    const text = 'x'.repeat(200_000);
    const first = entry('a.bin', text);
    const { at } = await quarantine.download(first.found, 'v1', SIGNAL);
    writeFileSync(at, text.slice(0, 150_000));
    const second = entry('a.bin', text);
    expect((await quarantine.download(second.found, 'v1', SIGNAL)).sha256).toBe(sha256(text));
    // The head is read each time.
    expect([first.read.bytes, second.read.bytes]).toEqual([65_536 + 200_000, 65_536 + 50_000]);
    // Another revision, and a state that tells nothing, begin from the start.
    const other = entry('a.bin', text);
    await quarantine.download(other.found, 'v2', SIGNAL);
    expect(other.read.bytes).toBe(first.read.bytes);
    for (const identity of [null, 'x/n.bin 200000']) {
      const unknown = () => entry('n.bin', text, { sha256: null, identity });
      await quarantine.download(unknown().found, 'v1', SIGNAL);
      const again = unknown();
      await quarantine.download(again.found, 'v1', SIGNAL);
      expect(again.read.bytes).toBe(first.read.bytes);
    }
    const stated = () => entry('s.bin', text, { sha256: null, identity: '"etag"' });
    await quarantine.download(stated().found, 'v1', SIGNAL);
    const again = stated();
    await quarantine.download(again.found, 'v1', SIGNAL);
    expect(again.read.bytes).toBe(65_536);
  });

  test('what an earlier run left of something else is read anew', async () => {
    const text = 'x'.repeat(100_000);
    const { at } = await quarantine.download(entry('a.bin', text).found, 'v1', SIGNAL);
    writeFileSync(at, 'y'.repeat(90_000));
    const again = entry('a.bin', text);
    expect((await quarantine.download(again.found, 'v1', SIGNAL)).sha256).toBe(sha256(text));
    writeFileSync(at, text + text);
    expect((await quarantine.download(entry('a.bin', text).found, 'v1', SIGNAL)).sha256).toBe(sha256(text));
    expect(lstatSync(at).size).toBe(100_000);
  });
});
