import { describe, expect, test } from 'vitest';
import { inspected } from '../../test/inspect-kit.ts';

/** The rule, the signal and the offset of the refusal. */
async function refused(body: string | Buffer, contentType: string): Promise<string | null> {
  const found = await inspected({ body: Buffer.from(body), contentType });
  return found === null ? null : `${found.rule} ${found.signal} ${found.offset}`;
}

const CALL = "cposix\nsystem\n(S'true'\ntR.";

describe('prose', () => {
  const prose = (text: string): Promise<string | null> => refused(text, 'text/plain');

  test('with a call in it is refused', async () => {
    expect(await prose(`Dear all,\n${CALL}`)).toBe('GATE-PICKLE GLOBAL posix.system 10');
    // A call that does not end has to be one of a name that is known.
    expect(await prose(`Dear all,\n${CALL.slice(0, -1)}`)).toBe('GATE-PICKLE GLOBAL posix.system 10');
    expect(await prose('Dear all,\ncab\ncd\n)R.')).toBe('GATE-PICKLE GLOBAL of an unknown name 10');
  });

  test('that quotes a name is none', async () => {
    expect(await prose('Dear all,\ncposix\nsystem\nand so on.')).toBeNull();
    expect(await prose('Dear all,\ncab\ncd\n)R')).toBeNull();
  });
});

test('bytes that are no prose are refused for a name', async () => {
  expect(await refused(Buffer.from('\x80\xffcposix\nsystem\n0.', 'latin1'), 'application/octet-stream')).toBe(
    'GATE-PICKLE GLOBAL posix.system 2',
  );
});

test('a code object is refused in bytes, also where they are encoded', async () => {
  // TYPE_CODE, five counts, TYPE_STRING with its length.
  const code = Buffer.alloc(30);
  code[0] = 0xe3;
  [1, 0, 0, 2, 3].forEach((count, i) => code.writeUInt32LE(count, 1 + 4 * i));
  code[21] = 0xf3;
  code.writeUInt32LE(4, 22);
  const found = 'GATE-CODE marshal code object 0';
  expect(await refused(code, 'application/octet-stream')).toBe(found);
  expect(await refused(JSON.stringify([code.toString('base64')]), 'application/json')).toBe(found);
});
