import { expect, test } from 'vitest';
import { noise, passed } from '../../test/passing-kit.ts';

const RECORD = Buffer.from('PK\x05\x06', 'latin1');
const LENGTH = 600_000;

/** Noise without the mark of a zip archive, and the mark at an offset. */
async function refusedAt(offset: number): Promise<readonly [string | undefined, number | null | undefined]> {
  const body = noise(LENGTH);
  RECORD.copy(body, offset);
  const { refusal } = await passed(body, 'application/octet-stream');
  return [refusal?.signal, refusal?.offset];
}

test('the end of a zip archive behind other bytes is refused at its offset, as far as a comment may follow it', async () => {
  expect(await refusedAt(LENGTH - 22)).toEqual(['zip', LENGTH - 22]);
  expect(await refusedAt(LENGTH - 22 - 65_535)).toEqual(['zip', LENGTH - 22 - 65_535]);
  expect(await refusedAt(LENGTH - 22 - 65_535 - 1)).toEqual([undefined, undefined]);
});

test.each([
  ['gzip', Buffer.from([0x1f, 0x8b, 8, 0])],
  ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
])('what begins as %s data does not pass', async (signal, mark) => {
  const body = noise(LENGTH);
  mark.copy(body);
  const { refusal } = await passed(body, 'application/octet-stream');
  expect(refusal?.signal).toBe(signal);
  expect(refusal?.detail).toContain('compressed data');
});
