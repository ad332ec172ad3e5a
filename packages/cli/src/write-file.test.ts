import fs, {
  chmodSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { folderOfTest } from '../../../oracles/folder-of-test.js';
import { withSignalsHeld } from './signals.js';
import { descriptorOf, writeFile, writeNewFile } from './write-file.js';

const folder = (): string => folderOfTest('sentinel-write-');
const read = (file: string): string => readFileSync(file, 'utf8');

/** Calls of the system that do something else in one test. Files share their modules: no module is replaced. */
const own = { ...fs };
afterEach(() => {
  Object.assign(fs, { writeSync: own.writeSync, renameSync: own.renameSync, linkSync: own.linkSync });
  syncBuiltinESMExports();
  vi.restoreAllMocks();
});
function replaced(calls: Partial<typeof fs>): void {
  Object.assign(fs, calls);
  syncBuiltinESMExports();
}
type Written = (descriptor: number, bytes: Uint8Array, from: number) => number;
/** Refuses the first calls, or all of them. */
function refuse(code: string, times = Infinity, then: Written = () => 0): Written & (() => never) {
  let left = times;
  const call: Written = (...given) => {
    left -= 1;
    if (left < 0) return then(...given);
    throw Object.assign(new Error(`${code}: refused`), { code, errno: -1, syscall: 'call' });
  };
  return call as Written & (() => never);
}

test.each([
  ['/dev/fd/3', 3],
  ['/proc/self/fd/12', 12],
  ['/dev/stderr', 2],
  ['/dev/stdin', null],
  ['/dev/fd/x', null],
  ['/dev/fd/1234567', null],
  ['a/dev/fd/3', null],
])('%s is descriptor %s', (file, descriptor) => expect(descriptorOf(file)).toBe(descriptor));

describe('a file', () => {
  test('that is new, and that is there, with its mode; nothing is left beside it', async () => {
    const at = folder();
    const file = join(at, 'a');
    await writeFile(file, 'one');
    expect(read(file)).toBe('one');
    chmodSync(file, 0o640);
    const { ino } = statSync(file);
    await writeFile(file, '2');
    expect([read(file), statSync(file).mode & 0o777, readdirSync(at)]).toEqual(['2', 0o640, ['a']]);
    expect(statSync(file).ino).not.toBe(ino);
  });

  test.runIf(process.getuid?.() === 0)('keeps its owner and its group', async () => {
    const at = folder();
    for (const [name, uid, gid] of [
      ['both', 4321, 1234],
      ['owner', 4321, 0],
      ['group', 0, 1234],
    ] as const) {
      const file = join(at, name);
      writeFileSync(file, 'one');
      fs.chownSync(file, uid, gid);
      await writeFile(file, 'two');
      expect([statSync(file).uid, statSync(file).gid, read(file)]).toEqual([uid, gid, 'two']);
    }
  });

  test('behind a link is written to, and the link stays; one that leads nowhere gets its target', async () => {
    const at = folder();
    writeFileSync(join(at, 'a'), 'one');
    symlinkSync('a', join(at, 'link'));
    await writeFile(join(at, 'link'), 'two');
    symlinkSync('b', join(at, 'dangling'));
    await writeFile(join(at, 'dangling'), 'three');
    expect([read(join(at, 'a')), read(join(at, 'b'))]).toEqual(['two', 'three']);
    for (const name of ['link', 'dangling']) expect(lstatSync(join(at, name)).isSymbolicLink()).toBe(true);
    expect(readdirSync(at).toSorted()).toEqual(['a', 'b', 'dangling', 'link']);
  });

  test('that is an input stays, and what was made for the report goes', async () => {
    const at = folder();
    writeFileSync(join(at, 'a'), 'one');
    await expect(writeFile(join(at, 'a'), 'two', { isInput: () => true })).rejects.toThrow(
      'it is an input of this run',
    );
    expect(read(join(at, 'a'))).toBe('one');
    symlinkSync('b', join(at, 'dangling'));
    await expect(writeFile(join(at, 'dangling'), 'x', { isInput: () => true })).rejects.toThrow('it is an input');
    expect(readdirSync(at).toSorted()).toEqual(['a', 'dangling']);
    await writeFile(join(at, 'a'), 'two', { isInput: () => false });
    expect(read(join(at, 'a'))).toBe('two');
    // What is no file is never an input.
    await writeFile('/dev/null', 'x', { isInput: () => true });
  });

  test('in a folder that takes no replacement is overwritten, to its new length', async () => {
    const at = folder();
    const file = join(at, 'a');
    writeFileSync(file, 'long text');
    const { ino } = statSync(file);
    replaced({ renameSync: refuse('EXDEV') });
    await writeFile(file, 'new');
    expect([read(file), statSync(file).ino, readdirSync(at)]).toEqual(['new', ino, ['a']]);
    // What else the system says is no reason to overwrite.
    replaced({ renameSync: refuse('EIO') });
    await expect(writeFile(file, 'other')).rejects.toThrow(`cannot write ${file}: `);
    expect([read(file), readdirSync(at)]).toEqual(['new', ['a']]);
  });

  test('that cannot be written is bad usage, and nothing is left', async () => {
    const at = folder();
    mkdirSync(join(at, 'm'));
    await expect(writeFile(join(at, 'm'), 'x')).rejects.toMatchObject({ name: 'UsageError' });
    await expect(writeFile(join(at, 'none', 'a'), 'x')).rejects.toThrow(`cannot write ${join(at, 'none', 'a')}: `);
    replaced({ writeSync: refuse('ENOSPC') });
    await expect(writeFile(join(at, 'a'), 'x')).rejects.toMatchObject({ name: 'UsageError' });
    expect(readdirSync(at)).toEqual(['m']);
  });

  test('that is written bit by bit, and by one who has to wait', async () => {
    const file = join(folder(), 'a');
    const small: Written = (descriptor, bytes, from) =>
      own.writeSync(descriptor, bytes, from, Math.min(2, bytes.length - from));
    replaced({ writeSync: refuse('EAGAIN', 1, small) });
    await writeFile(file, 'abcde');
    expect(read(file)).toBe('abcde');
  });
});

describe('a new file', () => {
  test('is written where nothing has its name', async () => {
    const at = folder();
    const file = join(at, 'a');
    expect(await writeNewFile(file, 'one', 0o600)).toBe('written');
    expect(await writeNewFile(file, 'two')).toBe('exists');
    expect([read(file), statSync(file).mode & 0o777, readdirSync(at)]).toEqual(['one', 0o600, ['a']]);
    symlinkSync('none', join(at, 'link'));
    expect(await writeNewFile(join(at, 'link'), 'x')).toBe('exists');
    await expect(writeNewFile(join(at, 'none', 'a'), 'x')).rejects.toMatchObject({ name: 'UsageError' });
  });

  test('is copied where a file has one name only', async () => {
    const at = folder();
    replaced({ linkSync: refuse('EPERM') });
    expect(await writeNewFile(join(at, 'a'), 'one')).toBe('written');
    expect(await writeNewFile(join(at, 'a'), 'two')).toBe('exists');
    expect([read(join(at, 'a')), readdirSync(at)]).toEqual(['one', ['a']]);
    replaced({ linkSync: refuse('EIO') });
    await expect(writeNewFile(join(at, 'b'), 'x')).rejects.toMatchObject({ name: 'UsageError' });
    expect(readdirSync(at)).toEqual(['a']);
  });
});

describe('what is no file', () => {
  test('a descriptor is written on from where it is, and stays open', async () => {
    const file = join(folder(), 'a');
    const descriptor = openSync(file, 'w');
    fs.writeSync(descriptor, 'one,');
    await writeFile(`/dev/fd/${descriptor}`, 'two');
    fs.writeSync(descriptor, ',three');
    closeSync(descriptor);
    expect(read(file)).toBe('one,two,three');
    const forReading = openSync(file, 'r');
    onTestFinished(() => closeSync(forReading));
    await expect(writeFile(`/dev/fd/${forReading}`, 'x')).rejects.toThrow('it is not open for writing');
  });

  test('a reader of a pipe may go early; a file is not read like that', async () => {
    replaced({ writeSync: refuse('EPIPE') });
    await writeFile('/dev/null', 'x');
    const file = join(folder(), 'a');
    await expect(writeFile(file, 'x')).rejects.toThrow('cannot write');
  });

  test('a socket is connected to', async () => {
    const path = join(folder(), 's');
    let taken = '';
    const server = createServer((socket) => {
      socket.on('data', (bytes) => {
        taken += String(bytes);
      });
      socket.on('end', () => socket.end());
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
    onTestFinished(() => void server.close());
    await writeFile(path, 'report');
    expect(taken).toBe('report');
  });
});

describe('signals', () => {
  const NAMES = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const count = (): number[] => NAMES.map((name) => process.listenerCount(name));

  test('none: the process goes on, and nobody listens any more', async () => {
    const before = count();
    const during: number[][] = [];
    await withSignalsHeld(() => void during.push(count()));
    expect(during[0]).toEqual(before.map((listeners) => listeners + 1));
    expect(count()).toEqual(before);
    await expect(
      withSignalsHeld(() => {
        throw new Error('no room');
      }),
    ).rejects.toThrow('no room');
    expect(count()).toEqual(before);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s ends the process once the file is written, as a shell shows it', async (name, code) => {
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => true);
    const exit = vi.spyOn(process, 'exit').mockImplementation((given) => {
      throw new Error(`exit ${given}`);
    });
    let isWritten = false;
    await expect(
      withSignalsHeld(() => {
        process.emit(name, name);
        process.emit('SIGINT', 'SIGINT');
        expect(kill).not.toHaveBeenCalled();
        isWritten = true;
      }),
    ).rejects.toThrow(`exit ${code}`);
    expect([isWritten, kill.mock.calls, exit.mock.calls]).toEqual([true, [[process.pid, name]], [[code]]]);
  });
});
