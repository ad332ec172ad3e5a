import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collect } from '../collect.js';
import { memorySource } from '../bytes/source.js';
import { breaksAtOnce, endsInNothing } from './breaks-at-once.js';
import { Decoder } from './decode.js';
import { UTF8 } from './may-act.js';
import { OPCODES } from './opcodes.js';
import { utf8Surrogates } from './text.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

test.each([
  ['an unknown opcode', '\x80\x04\x01', true],
  ['behind plain values', '\x80\x02]K\x07a\xfe', true],
  ['behind a string', '\x80\x04\x8c\x02ab\xff', true],
  ['behind a long string', '\x80\x03X\x02\0\0\0ab\xff', true],
  ['behind a line', '\x80\x02I12\n\xff', true],
  ['a call before it', '\x80\x02cposix\nsystem\n\xff', false],
  ['a computed name before it', '\x80\x04\x8c\x01a\x8c\x01b\x93\xff', false],
  ['a code of the registry', '\x80\x02\x82\x01\xff', false],
  ['a frame', '\x80\x04\x95\x01\0\0\0\0\0\0\0\xff', false],
  ['a string that is longer than what is there', '\x80\x03X\xff\0\0\0ab', false],
  ['a text that cannot be decoded, and an end', '\x80\x04\x8c\x03\0\0\x80.', true],
  ['an end', '\x80\x02N.\xff', false],
  // What takes more than lies there is where every reader stops: nothing behind it counts.
  ['a value less than a pair needs', 'N\x86cos\nx\n', true],
  ['a POP of nothing', '0cos\nx\n', true],
  ['items without a list below the mark', '(Necos\nx\n', true],
  ['a mark that is missing', 'Ntcos\nx\n', true],
  ['a memo line with nothing to put', 'p0\ncos\nx\n', true],
  ['a pair', 'NN\x86cos\nx\n', false],
  ['a persistent ID', 'Pa\n\xff', false],
  ['a code of the registry that is 0', '\x82\0cos\nx\n', true],
  ['one of two bytes that is 0', '\x83\0\0cos\nx\n', true],
  ['one of two bytes', '\x83\0\x01\xff', false],
  ['one of four bytes that is 0', '\x84\0\0\0\0cos\nx\n', true],
  ['one of four bytes', '\x84\0\0\0\x01\xff', false],
  ['one of four bytes below 0', '\x84\0\0\0\x80cos\nx\n', true],
  ['one that is cut', '\x83\0', false],
])('%s', (_name, text, expected) => {
  expect(breaksAtOnce(bytesOf(text), 0)).toBe(expected);
});

test.each<readonly [string, string, Parameters<typeof breaksAtOnce>[2], boolean]>([
  ['codes count for nothing where that is said', '\x82\x01\xff', { passesCodes: true }, true],
  ['but for those of 0, which end every reader', '\x82\0.', { passesCodes: true }, true],
  ['and leave a value', '\x82\x01.', { passesCodes: true }, false],
  ['values that lie there are taken', '0\xff', { depth: 1 }, true],
  ['so many of them', '\x86cos\nx\n', { depth: 1 }, true],
  ['and no more', '\x86cos\nx\n', { depth: 2 }, false],
  ['a cut argument ends every reader', 'X\xff\0\0\0ab', { isWhole: true }, true],
  ['a cut name does not settle it', 'cos\nsys', { isWhole: true }, false],
])('%s', (_name, text, beginning, expected) => {
  expect(breaksAtOnce(bytesOf(text), 0, beginning)).toBe(expected);
});

test('only what stands from the start on counts', () => {
  expect(breaksAtOnce(bytesOf('.\xff'), 1)).toBe(true);
  expect(breaksAtOnce(bytesOf('\xff.'), 1)).toBe(true);
  expect(breaksAtOnce(bytesOf('\xffN.'), 1)).toBe(false);
});

test.each<readonly [string, string, boolean]>([
  ['nothing at all', '', false],
  ['what begins no stream', '\xff\xd8', true],
  ['a zip file', 'PK\x03\x04\n\xff', true],
  ['a persistent ID that goes on as a stream', 'Pa\n.', false],
  ['a persistent ID from which two are taken', 'Pa\n\x86.', true],
  ['a persistent ID without an end', 'Pabc', false],
  ['a persistent ID of no length', 'P\n0\xff', true],
  ['a stream', '\x80\x04N.', false],
  ['a stream that breaks', '\x80\x04\xff', true],
])('bytes of another format end in nothing: %s', (_name, text, expected) => {
  expect(endsInNothing(bytesOf(text))).toBe(expected);
});

/** A text that no reader takes: the machine goes on behind one that nothing uses, and finds too much rather than too little. */
function hasBrokenText(bytes: Uint8Array): boolean {
  const header = new Decoder();
  for (let at = 0; at < bytes.length && header.decode(bytes, at); at = header.next)
    if (UTF8[bytes[at] ?? 0] === 1 && utf8Surrogates(bytes.subarray(header.from, header.to)) === null) return true;
  return false;
}

test('where it says so, the machine finds nothing', async () => {
  const opcode = fc.constantFrom(...OPCODES.map(({ code }) => code));
  const byte = fc.oneof({ weight: 3, arbitrary: opcode }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 255 }) });
  let broken = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(byte, { minLength: 1, maxLength: 40 }), async (rest) => {
      const bytes = Uint8Array.from([0x80, 4, ...rest, 0x0a, 0x2e]);
      if (!breaksAtOnce(bytes, 0)) return;
      broken += 1;
      const { streams } = await collect({ path: 'piece', source: memorySource(bytes), size: bytes.length });
      // Streams that begin further behind are none of this one.
      const own = streams.filter(({ stream }) => stream.offset === 0);
      for (const { stream, facts } of own) {
        expect(stream.end === 'error' || hasBrokenText(bytes)).toBe(true);
        expect(facts.filter(({ kind }) => kind === 'pickle.global' || kind === 'pickle.dynamic')).toEqual([]);
      }
    }),
    { numRuns: 3_000 },
  );
  expect(broken).toBeGreaterThan(300);
});

test('bytes that end before anything is settled break where they are all there are', () => {
  for (const open of [Uint8Array.of(0x4e), Uint8Array.of(0x28, 0x4e, 0x4e), Uint8Array.of()]) {
    expect(breaksAtOnce(open, 0)).toBe(false);
    expect(breaksAtOnce(open, 0, { isWhole: true })).toBe(true);
  }
});
