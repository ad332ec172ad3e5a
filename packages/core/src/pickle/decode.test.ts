import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decoder } from './decode.js';
import { FIXED_BYTES, LENGTH_BYTES, LINES, opcode, OPCODES } from './opcodes.js';

/** An opcode with an argument as a pickler writes it, and where its parts lie. */
const written = fc
  .tuple(fc.constantFrom(...OPCODES), fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 20 }))
  .map(([{ code, argument }, content, other]) => {
    const lineOf = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => (byte === 10 ? 11 : byte));
    if (argument === 'line') return { code, parts: [lineOf(content)], bytes: [code, ...lineOf(content), 10] };
    if (argument === 'two-lines') {
      const parts = [lineOf(content), lineOf(other)] as const;
      return { code, parts, bytes: [code, ...parts[0], 10, ...parts[1], 10] };
    }
    const size = /^(?:text|bytes)([148])$/.exec(argument)?.[1];
    if (size !== undefined) {
      const part = size === '1' ? content.subarray(0, 255) : content;
      const length = Array.from({ length: Number(size) }, (_, i) => (i < 4 ? (part.length >> (8 * i)) & 0xff : 0));
      return { code, parts: [part], bytes: [code, ...length, ...part] };
    }
    const width = { none: 0, u1: 1, u2: 2, i4: 4, u8: 8, f8: 8 }[argument as 'none'];
    const part = Uint8Array.from({ length: width }, (_, i) => content[i] ?? 0);
    return { code, parts: [part], bytes: [code, ...part] };
  });

describe('the decoder', () => {
  test('finds every argument that is there, wherever the opcode lies', () => {
    fc.assert(
      fc.property(written, fc.uint8Array({ maxLength: 9 }), fc.uint8Array({ maxLength: 9 }), (one, before, behind) => {
        const bytes = Uint8Array.from([...before, ...one.bytes, ...behind]);
        const header = new Decoder();
        expect(header.decode(bytes, before.length)).toBe(true);
        expect(header.next).toBe(before.length + one.bytes.length);
        expect([...bytes.subarray(header.from, header.to)]).toEqual([...(one.parts[0] ?? [])]);
        if (LINES[one.code] === 2)
          expect([...bytes.subarray(header.secondFrom, header.secondTo)]).toEqual([...(one.parts[1] ?? [])]);
      }),
      { numRuns: 2000 },
    );
  });

  test('never takes what is cut off for whole', () => {
    fc.assert(
      fc.property(written, fc.nat(), (one, cut) => {
        const length = 1 + (cut % Math.max(1, one.bytes.length - 1));
        fc.pre(length < one.bytes.length);
        const header = new Decoder();
        const isTold = header.decode(Uint8Array.from(one.bytes.slice(0, length)), 0);
        expect(isTold && header.next <= length).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test('knows one layout for each opcode, and none for what is no opcode', () => {
    for (let code = 0; code < 256; code += 1) {
      const kinds = [FIXED_BYTES[code], LENGTH_BYTES[code], LINES[code]].filter((value) => value !== 0).length;
      expect(kinds).toBe(opcode(code) === undefined || opcode(code)?.argument === 'none' ? 0 : 1);
    }
  });

  test('a length of eight bytes is no negative number and does not wrap', () => {
    const header = new Decoder();
    expect(header.decode(Uint8Array.of(0x8d, 255, 255, 255, 255, 255, 255, 255, 255), 0)).toBe(true);
    expect(header.next).toBeGreaterThan(2 ** 63);
    expect(header.decode(Uint8Array.of(0x58, 255, 255, 255, 255), 0)).toBe(true);
    expect(header.next).toBe(5 + 0xffff_ffff);
  });
});
