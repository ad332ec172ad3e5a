import { opcode, type Argument } from './opcodes.js';

/**
 * What the readers do at the end of a frame (CPython up to 3.14 at least; see `_Unpickler_ReadFromFile` and
 * `pickle._Unframer`). The C unpickler on a file without peek holds the frame in a buffer; a read that crosses its
 * end drops the unread rest and takes the whole argument anew from behind the frame. Byte strings are copied
 * piecewise and do not shift.
 */

/** One read of an opcode's argument: `piecewise` ones take what the buffer holds and go on behind it. */
export interface Read {
  readonly start: number;
  readonly end: number;
  readonly piecewise: boolean;
}

const FIXED: Readonly<Partial<Record<Argument, number>>> = { u1: 1, u2: 2, i4: 4, u8: 8, f8: 8 };
const PREFIX: Readonly<Partial<Record<Argument, number>>> = {
  text1: 1,
  bytes1: 1,
  text4: 4,
  bytes4: 4,
  text8: 8,
  bytes8: 8,
};

/**
 * The reads that the opcode at `at` makes, offsets within `bytes`; the last may end behind the bytes. Undefined when
 * the bytes do not suffice to tell (a length or a newline is missing).
 */
export function readsOf(bytes: Uint8Array, at: number): readonly Read[] | undefined {
  const argument = opcode(bytes[at] ?? 0)?.argument ?? 'none';
  const start = at + 1;
  if (argument === 'none') return [];
  const fixed = FIXED[argument];
  if (fixed !== undefined) return [{ start, end: start + fixed, piecewise: false }];
  if (argument === 'line' || argument === 'two-lines') {
    const first = bytes.indexOf(10, start);
    if (first < 0) return undefined;
    const reads: Read[] = [{ start, end: first + 1, piecewise: false }];
    if (argument === 'line') return reads;
    const second = bytes.indexOf(10, first + 1);
    if (second < 0) return undefined;
    reads.push({ start: first + 1, end: second + 1, piecewise: false });
    return reads;
  }
  const prefix = PREFIX[argument] ?? 0;
  if (start + prefix > bytes.length) return undefined;
  let length = 0;
  for (let i = prefix - 1; i >= 0; i -= 1) length = length * 256 + (bytes[start + i] ?? 0);
  return [
    { start, end: start + prefix, piecewise: false },
    { start: start + prefix, end: start + prefix + length, piecewise: argument.startsWith('bytes') },
  ];
}
