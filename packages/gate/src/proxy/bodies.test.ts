import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { UsageError } from '@artifact-sentinel/core/internal';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Held, HeldBody, readBody, type BodyOptions } from './body-reader.js';
import { PassingBody, type PassingOptions } from './passing.js';
import { drained, nextChunk, SpoolArea, SpoolFile, type SpoolOptions } from './spool.js';

const bytes = (text: string): Buffer => Buffer.from(text);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A request whose body is written here. */
function request(headers: Readonly<Record<string, string>> = {}): PassThrough & IncomingMessage {
  return Object.assign(new PassThrough(), { headers, complete: false }) as unknown as PassThrough & IncomingMessage;
}

/** What was written, and a stop for what is. */
function sink(highWaterMark = 16_384) {
  const parts: string[] = [];
  let go: (() => void) | null = null;
  let isHeld = false;
  const out = new Writable({
    highWaterMark,
    write(chunk: Buffer, _encoding, callback) {
      parts.push(chunk.toString());
      if (isHeld) go = callback;
      else callback();
    },
  });
  const hold = (): void => {
    isHeld = true;
  };
  const release = (): void => {
    isHeld = false;
    go?.();
  };
  return { out, parts, hold, release };
}

test('a held body is all of its pieces, without a copy of a single one', () => {
  const one = bytes('abc');
  expect(new HeldBody([one], 3).bytes).toBe(one);
  expect(new HeldBody([bytes('ab'), bytes('c'), bytes('de')], 5).bytes.toString()).toBe('abcde');
  expect(new HeldBody([], 0).bytes.length).toBe(0);
});

test('what is held has one bound', () => {
  const held = new Held(10);
  expect([held.take(10), held.take(1), held.bytes]).toEqual([true, false, 10]);
  held.give(4);
  expect([held.take(4), held.take(1), held.bytes]).toEqual([true, false, 10]);
});

describe('a body that is read whole', () => {
  const read = (given: Partial<BodyOptions> = {}) => {
    const held = new Held(1_000);
    const from = request();
    const end = readBody(from, { limit: 10, idleMs: 5_000, totalMs: 5_000, held, ...given });
    return { from, end, held };
  };

  test('up to its limit, and counts until it is given back', async () => {
    const { from, end, held } = read();
    from.write('abcd');
    from.end('efghij');
    const found = await end;
    expect(found.kind === 'whole' ? [found.body.bytes.toString(), found.body.length] : found).toEqual([
      'abcdefghij',
      10,
    ]);
    expect(held.bytes).toBe(10);
  });

  test('one byte more goes on', async () => {
    const { from, end, held } = read();
    from.write('abcdefghijk');
    const found = await end;
    expect(found.kind === 'more' ? found.head.toString() : found).toBe('abcdefghijk');
    expect([held.bytes, from.isPaused()]).toEqual([11, true]);
  });

  test.each([
    ['one that does not come', 'GATE-SLOW', { idleMs: 5 }, () => undefined],
    ['one that takes too long', 'GATE-SLOW', { totalMs: 5 }, () => undefined],
    ['one for which there is no room', 'GATE-BUSY', { held: new Held(3) }, (from: PassThrough) => from.write('abcd')],
    ['one whose client leaves', 'GATE-ABORTED', {}, (from: PassThrough) => from.destroy()],
    ['one that breaks', 'GATE-ABORTED', {}, (from: PassThrough) => from.destroy(new Error('reset'))],
  ] as const)('%s is %s, and nothing stays held', async (_what, rule, options, act) => {
    const { from, end, held } = read(options);
    if (!('held' in options)) from.write('abc');
    await new Promise((resolve) => setImmediate(resolve));
    act(from);
    const found = await end;
    expect(found.kind === 'failed' ? found.rule : found.kind).toBe(rule);
    expect('held' in options ? options.held.bytes : held.bytes).toBe(0);
    from.on('error', () => undefined);
  });

  test('one that drips for longer than it may ends at a chunk', async () => {
    const { from, end } = read({ idleMs: 1_000, totalMs: 30, limit: 10_000 });
    const drip = setInterval(() => from.write('a'), 5);
    const found = await end;
    clearInterval(drip);
    expect(found.kind === 'failed' ? found.rule : found.kind).toBe('GATE-SLOW');
  });
});

/** A minute more for each 3,932,160 bytes. */
const LARGE = { limit: 5_000_000, held: new Held(100_000_000) };

describe('a body that passes', () => {
  const passing = (
    head: string,
    given: Partial<PassingOptions> = {},
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const held = new Held(1_000);
    held.take(head.length);
    const from = request(headers);
    const to = sink();
    const counts = { opened: 0, written: 0 };
    const body = new PassingBody(from, bytes(head), {
      limit: 100,
      idleMs: 5_000,
      totalMs: 60_000,
      held,
      open: () => {
        counts.opened += 1;
        return to.out;
      },
      onWritten: () => {
        counts.written += 1;
      },
      ...given,
    });
    return { from, to, held, body, counts };
  };
  const text = async (body: PassingBody, offset: number, length: number): Promise<string | null> => {
    const found = await body.read(offset, length);
    return found === null ? null : Buffer.from(found).toString();
  };

  test('is as long as it says, and not longer than it may be', () => {
    expect(passing('', {}, { 'content-length': '7' }).body.most).toBe(7);
    expect(passing('', {}, { 'content-length': '700' }).body.most).toBe(100);
    expect(passing('').body.most).toBe(100);
    expect(passing('', { limit: Infinity }).body.most).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('is read one chunk at a time, from what has come first', async () => {
    const { from, body, held } = passing('abcd');
    expect([body.isBegun, await text(body, 1, 2), await text(body, 3, 9), body.isBegun]).toEqual([
      false,
      'bc',
      'd',
      true,
    ]);
    from.write('efg');
    expect([await text(body, 4, 9), body.size, held.bytes]).toEqual(['efg', 7, 7]);
    // No more than was asked for, in the first piece and in a later one.
    expect([await text(body, 2, 9), await text(body, 5, 1), await text(body, 6, 1)]).toEqual(['cd', 'f', 'g']);
    body.settle(3);
    expect([await text(body, 3, 9), await text(body, 5, 1)]).toEqual(['d', 'f']);
    from.end();
    expect([await text(body, 7, 1), await text(body, 7, 1), body.fault]).toEqual(['', '', null]);
    expect(body.sha256).toBe(sha256('abcdefg'));
  });

  test('goes on as far as it is settled, and is given back so', async () => {
    const { from, to, body, held, counts } = passing('abcd');
    from.write('efg');
    await body.read(4, 1);
    expect([body.settle(0), counts]).toEqual([true, { opened: 0, written: 0 }]);
    expect([body.settle(2), to.parts.join(''), held.bytes]).toEqual([true, 'ab', 5]);
    expect([body.settle(6), to.parts.join(''), held.bytes]).toEqual([true, 'abcdef', 1]);
    expect(counts).toEqual({ opened: 1, written: 2 });
    // Back, beyond what came, and what is no offset.
    expect([body.settle(5), body.settle(8), body.settle(6.5), body.settle(Number.NaN)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([body.settle(6), body.settle(7), to.parts.join(''), held.bytes]).toEqual([true, true, 'abcdefg', 0]);
    expect([body.isWhole, to.out.writableEnded]).toEqual([false, false]);
    body.finish();
    expect([body.isWhole, to.out.writableEnded, counts.opened]).toEqual([true, true, 1]);
  });

  test('that is finished at once is written whole; an empty one is opened too', () => {
    const one = passing('abc');
    one.body.finish();
    expect([one.to.parts.join(''), one.held.bytes, one.counts]).toEqual(['abc', 0, { opened: 1, written: 1 }]);
    const none = passing('');
    none.body.finish();
    expect([none.counts, none.to.out.writableEnded]).toEqual([{ opened: 1, written: 0 }, true]);
  });

  test.each([
    ['GATE-SIZE', {}, (from: PassThrough) => from.write('a'.repeat(97))],
    ['GATE-BUSY', { limit: 5_000 }, (from: PassThrough) => from.write('a'.repeat(997))],
    ['GATE-ABORTED', {}, (from: PassThrough) => from.destroy()],
    ['GATE-SLOW', { idleMs: 5 }, () => undefined],
    ['GATE-SLOW', { totalMs: -1_000 }, (from: PassThrough) => from.write('a')],
    ['GATE-SLOW', { ...LARGE, totalMs: -61_000 }, (from: PassThrough) => from.write(Buffer.alloc(3_840_000))],
  ] as const)('ends with %s, and is not read on', async (rule, options, act) => {
    const { from, body } = passing('abcd', options);
    act(from);
    expect([await text(body, 4, 1), body.fault?.rule]).toEqual([null, rule]);
    expect(await text(body, 0, 1)).toBeNull();
    expect(await body.passRest()).toMatchObject({ rule });
    expect(body.isWhole).toBe(false);
  });

  test('may take longer for what is large', async () => {
    const { from, body } = passing('abcd', { ...LARGE, totalMs: -30_000 });
    from.write(Buffer.alloc(3_840_000));
    expect([(await body.read(4, 9))?.length, body.fault]).toEqual([9, null]);
  });

  test('to its last byte it may be as long as the limit', async () => {
    const { from, body } = passing('abcd');
    from.write('a'.repeat(96));
    expect([(await text(body, 4, 200))?.length, body.fault]).toEqual([96, null]);
  });

  test('that nobody waits for gives back what is held, once, and nobody reads it', async () => {
    const { from, body, held, to } = passing('abcd', { idleMs: 60_000 });
    from.write('efg');
    await body.read(4, 1);
    body.settle(2);
    const waiting = body.read(7, 1);
    body.abandon();
    body.abandon();
    expect([await waiting, held.bytes, body.isAbandoned, body.signal.aborted]).toEqual([null, 0, true, true]);
    expect([body.settle(4), to.parts.join(''), body.fault]).toEqual([true, 'ab', null]);
  });

  test('that is given up before its next bytes are asked for waits for none', async () => {
    const one = passing('abcd', { idleMs: 60_000 });
    one.body.settle(4);
    const reading = one.body.read(4, 1);
    one.body.abandon();
    expect(await reading).toBeNull();
    const two = passing('abcd', { idleMs: 60_000 });
    const rest = two.body.passRest();
    two.body.abandon();
    expect([await rest, two.body.isWhole, two.to.out.writableEnded, two.held.bytes]).toEqual([null, false, false, 0]);
  });

  test('the rest of it passes without inspection', async () => {
    const { from, to, body, held } = passing('abcd');
    const rest = body.passRest();
    from.write('efg');
    from.end('hi');
    expect([await rest, to.parts.join(''), held.bytes, body.isWhole]).toEqual([null, 'abcdefghi', 0, true]);
    expect(to.out.writableEnded).toBe(true);
  });

  test('the rest ends where the server behind is gone', async () => {
    const { to, body } = passing('abcd');
    to.out.destroy();
    expect([await body.passRest(), body.isWhole]).toEqual([null, false]);
  });

  test('nothing is read from the client before the server has taken what was written', async () => {
    const held = new Held(1_000_000);
    const from = request();
    const to = sink(4);
    to.hold();
    const body = new PassingBody(from, bytes('abcdefgh'), {
      limit: 100,
      idleMs: 5_000,
      totalMs: 60_000,
      held,
      open: () => to.out,
      onWritten: () => undefined,
    });
    body.settle(8);
    from.write('ij');
    let isRead = false;
    const reading = body.read(8, 2).then((found) => {
      isRead = true;
      return found;
    });
    for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect([isRead, body.size]).toEqual([false, 8]);
    to.release();
    expect(Buffer.from((await reading) ?? []).toString()).toBe('ij');
  });
});

describe('bodies on disk', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const spool = async (
    most: number,
    act: (from: PassThrough) => void,
    given: Partial<SpoolOptions> = {},
    head = 'abcd',
  ) => {
    const folder = mkdtempSync(join(tmpdir(), 'bodies-test-'));
    folders.push(folder);
    const area = new SpoolArea(most, folder);
    const from = request();
    act(from);
    const end = await area.fill(from, bytes(head), { limit: 100, idleMs: 5_000, totalMs: 60_000, ...given });
    return { area, end, folder };
  };

  test('are what came, and leave nothing behind', async () => {
    const { area, end, folder } = await spool(100, (from) => {
      from.write('efg');
      from.end('hi');
    });
    if (end.kind !== 'file') throw new Error(end.rule);
    const { file } = end;
    expect([file.size, area.bytes, file.sha256, file.sha256]).toEqual([9, 9, sha256('abcdefghi'), sha256('abcdefghi')]);
    const at = async (offset: number, length: number): Promise<string> => (await file.read(offset, length)).toString();
    expect([await at(0, 100), await at(2, 3), await at(8, 5), await at(9, 1), await at(20, 1)]).toEqual([
      'abcdefghi',
      'cde',
      'i',
      '',
      '',
    ]);
    const to = sink();
    await file.sendTo(to.out);
    expect([to.parts.join(''), to.out.writableEnded]).toEqual(['abcdefghi', true]);
    expect(readdirSync(folder).flatMap((name) => readdirSync(join(folder, name)))).toEqual([]);
    await file.close();
    await file.close();
    expect(area.bytes).toBe(0);
    area.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['GATE-BUSY', 3, {}, () => undefined],
    ['GATE-BUSY', 8, {}, (from: PassThrough) => from.write('efghi')],
    ['GATE-SIZE', 1_000, {}, (from: PassThrough) => from.write('a'.repeat(97))],
    ['GATE-SLOW', 1_000, { idleMs: 5 }, () => undefined],
    ['GATE-SLOW', 1_000, { totalMs: -1_000 }, (from: PassThrough) => from.write('a')],
    [
      'GATE-SLOW',
      5_000_000,
      { limit: 5_000_000, totalMs: -61_000 },
      (from: PassThrough) => from.write(Buffer.alloc(3_840_000)),
    ],
    ['GATE-ABORTED', 1_000, {}, (from: PassThrough) => from.destroy()],
  ] as const)('%s with room for %i bytes gives its room back', async (rule, most, options, act) => {
    const { area, end } = await spool(most, act, options);
    expect([end.kind === 'failed' ? end.rule : end.kind, area.bytes]).toEqual([rule, 0]);
    area.close();
  });

  test('that end in a fault of the program give their room back, and are no refusal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bodies-test-'));
    folders.push(folder);
    const area = new SpoolArea(100, folder);
    const from = Object.assign(request(), {
      on: () => {
        throw new TypeError('a fault of ours');
      },
    });
    await expect(area.fill(from, bytes('abcd'), { limit: 100, idleMs: 5_000, totalMs: 60_000 })).rejects.toThrow(
      'a fault of ours',
    );
    expect(area.bytes).toBe(0);
    area.close();
  });

  test('may take longer where they are large', async () => {
    const more = { limit: 5_000_000, totalMs: -30_000 };
    const { area, end } = await spool(5_000_000, (from) => from.end(Buffer.alloc(3_840_000)), more);
    expect([end.kind, area.bytes]).toEqual(['file', 3_840_004]);
    if (end.kind === 'file') await end.file.close();
    area.close();
  });

  test('are written and read as far as the system takes and gives at a time', async () => {
    const disk = Buffer.alloc(20);
    const handle = {
      write: async (from: Buffer, at: number, length: number, to: number) => ({
        bytesWritten: from.copy(disk, to, at, at + Math.min(length, 3)),
      }),
      read: async (to: Buffer, at: number, length: number, from: number) => ({
        bytesRead: from > 10 ? 0 : disk.copy(to, at, from, from + Math.min(length, 3)),
      }),
      close: async () => undefined,
    };
    const area = new SpoolArea(100, null);
    const file = new SpoolFile(handle as unknown as FileHandle, area);
    expect([await file.append(bytes('abcdefg')), await file.append(bytes('hijklmnop'))]).toEqual([true, true]);
    expect((await file.read(1, 8)).toString()).toBe('bcdefghi');
    // Somebody cut it.
    await expect(file.read(4, 12)).rejects.toThrow('a spooled body is shorter than it was');
  });

  test('are sent as fast as the other side takes them, and no further where it is gone', async () => {
    const all = Buffer.alloc(150_000, 'x');
    const { area, end } = await spool(1_000_000, (from) => from.end(all), { limit: 1_000_000 }, '');
    if (end.kind !== 'file') throw new Error(end.rule);
    const slow = sink(1);
    slow.hold();
    const sending = end.file.sendTo(slow.out);
    await vi.waitFor(() => expect(slow.parts).toHaveLength(1));
    expect(slow.out.writableLength).toBe(64 * 1024);
    slow.release();
    await sending;
    expect([slow.parts.join('').length, slow.out.writableEnded]).toEqual([150_000, true]);
    const gone = sink(1);
    gone.hold();
    const left = end.file.sendTo(gone.out);
    await vi.waitFor(() => expect(gone.parts).toHaveLength(1));
    gone.out.destroy();
    await left;
    expect([gone.parts.length, gone.out.writableEnded]).toEqual([1, false]);
    await end.file.close();
    area.close();
  });

  test('are for the proxy alone', async () => {
    const { area, folder, end } = await spool(100, (from) => from.end());
    const [own = ''] = readdirSync(folder);
    expect([own.startsWith('sentinel-gate-'), statSync(join(folder, own)).mode & 0o777]).toEqual([true, 0o700]);
    if (end.kind === 'file') await end.file.close();
    area.close();
  });

  test('that break by a fault of ours are no refusal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bodies-test-'));
    folders.push(folder);
    const area = new SpoolArea(100, folder);
    const filling = area.fill(request(), { length: 1 } as Buffer, { limit: 100, idleMs: 5_000, totalMs: 5_000 });
    await expect(filling).rejects.toThrow(TypeError);
    area.close();
  });

  test('to the last byte there is room', async () => {
    const { area, end } = await spool(100, (from) => from.end('a'.repeat(96)));
    expect([end.kind, area.bytes]).toEqual(['file', 100]);
    if (end.kind === 'file') await end.file.close();
    area.close();
  });

  test('a folder that cannot be written to refuses bodies, and is known before the first one', async () => {
    const area = new SpoolArea(100, '/nowhere/at/all');
    expect(() => area.prepare()).toThrow(new UsageError('spool_folder: /nowhere/at/all cannot be written to (ENOENT)'));
    const end = await area.fill(request(), bytes('a'), { limit: 100, idleMs: 5_000, totalMs: 5_000 });
    expect(end).toMatchObject({ kind: 'failed', rule: 'GATE-BUSY', signal: 'spool' });
  });
});

test('a folder of bodies on disk is made once, made anew where somebody took it, and gone at the end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bodies-test-'));
  const area = new SpoolArea(100, folder);
  area.prepare();
  const [first] = readdirSync(folder);
  area.prepare();
  expect(readdirSync(folder)).toEqual([first]);
  rmSync(join(folder, first ?? ''), { recursive: true });
  const from = request();
  from.end();
  const end = await area.fill(from, bytes('ab'), { limit: 100, idleMs: 5_000, totalMs: 5_000 });
  expect(end.kind).toBe('file');
  if (end.kind === 'file') await end.file.close();
  expect(readdirSync(folder)).not.toContain(first);
  area.close();
  area.close();
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});

test('what comes next of a request', async () => {
  const from = request();
  from.write('abc');
  expect(await nextChunk(from, 5_000)).toEqual(bytes('abc'));
  expect(await nextChunk(from, 5)).toBe('slow');
  from.end();
  expect(await nextChunk(from, 5_000)).toBeNull();
  expect(await nextChunk(from, 5_000)).toBeNull();
  const gone = request();
  gone.destroy();
  expect(await nextChunk(gone, 5_000)).toBe('gone');
  // All of it had come, and nobody had read it.
  const unread = Object.assign(request(), { complete: true });
  const waiting = nextChunk(unread, 5_000);
  unread.destroy();
  expect(await waiting).toBe('gone');
  for (const event of ['readable', 'end', 'error', 'close'])
    expect([event, from.listenerCount(event)]).toEqual([event, request().listenerCount(event)]);
});

test('a side that takes no more is waited for, and one that is gone is not', async () => {
  const to = sink(2);
  await drained(to.out);
  to.hold();
  to.out.write('abcdef');
  let isDone = false;
  const waiting = drained(to.out).then(() => (isDone = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect(isDone).toBe(false);
  to.release();
  await waiting;
  const gone = sink(2);
  gone.hold();
  gone.out.write('abcdef');
  const left = drained(gone.out);
  gone.out.destroy();
  await left;
  await drained(gone.out);
});
