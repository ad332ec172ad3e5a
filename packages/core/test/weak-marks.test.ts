import { constants, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { memorySource, scan, type Report } from '../src/index.js';

/** os.system('id') in protocol 0 */
const SYSTEM = Buffer.from("cos\nsystem\n(S'id'\ntR.");

function scanned(name: string, bytes: Uint8Array): Promise<Report> {
  return scan([{ path: name, source: memorySource(bytes) }]);
}

describe('two bytes that begin like zlib', () => {
  test.each([
    ['text', 'x marks the spot, and more text follows here\n'],
    ['text that unpacks to a few bytes', 'x^2 + y^2 = r^2 is a circle of course and more\n'],
    ['text that begins with a number', '80 files were found, of which ten\n'],
    ['text of letters', 'HK is a place\n'],
  ])('%s is no artifact', async (_, text) => {
    const bytes = Buffer.from(text);
    expect(((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0)) % 31).toBe(0);
    const report = await scanned('notes.txt', bytes);
    expect(report).toMatchObject({ verdict: 'pass', artifacts: [], incomplete: [], summary: { skipped: 1 } });
  });

  test('an object of git is no artifact', async () => {
    const object = deflateSync(Buffer.from('blob 6\0hello\n'));
    expect(await scanned('.git/objects/ce/0136', object)).toMatchObject({ artifacts: [], incomplete: [] });
  });

  test('a name that promises a pickle keeps it incomplete', async () => {
    const report = await scanned('model.pkl', Buffer.from('x^2 + y^2 = r^2 is a circle of course and more\n'));
    expect(report.verdict).toBe('incomplete');
  });
});

/** What a loader that unpacks step by step gets of these bytes, as far as zlib gives anything. */
const unpacked = (bytes: Uint8Array): Buffer => inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });

describe('what such data hold is found, whole or not', () => {
  const flushed = deflateSync(SYSTEM, { finishFlush: constants.Z_SYNC_FLUSH });

  test.each([
    ['whole', deflateSync(SYSTEM)],
    ['broken off', flushed],
    ['corrupt behind the pickle', Buffer.concat([flushed, Buffer.from('\xff\xff\xff corrupt', 'latin1')])],
    ['without the end of the pickle', deflateSync(SYSTEM.subarray(0, -1), { finishFlush: constants.Z_SYNC_FLUSH })],
  ])('%s', async (_, bytes) => {
    expect(unpacked(bytes.subarray(0, flushed.length)).toString()).toContain('system');
    const report = await scanned('notes.txt', bytes);
    expect(report.verdict).toBe('fail');
    expect(report.findings.map(({ ruleId }) => ruleId)).toContain('PICKLE-EXEC');
  });

  test('more than chance unpacks to, and then a break, is incomplete', async () => {
    const text = Buffer.alloc(200_000, 'all work and no play ');
    const bytes = deflateSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
    expect(await scanned('notes.txt', bytes)).toMatchObject({ verdict: 'incomplete' });
    const short = deflateSync(text.subarray(0, 1_000), { finishFlush: constants.Z_SYNC_FLUSH });
    expect(await scanned('notes.txt', short)).toMatchObject({ artifacts: [] });
  });
});
