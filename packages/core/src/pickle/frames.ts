import { Decoder } from './decode.js';
import { LENGTH_BYTES, LINES, opcode } from './opcodes.js';

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

/**
 * The reads that the opcode at `at` makes, offsets within `bytes`; the last may end behind the bytes. Undefined when
 * the bytes do not suffice to tell (a length or a newline is missing).
 */
export function readsOf(bytes: Uint8Array, at: number): readonly Read[] | undefined {
  const code = bytes[at] ?? 0;
  const header = new Decoder();
  if (!header.decode(bytes, at)) return undefined;
  const { from, to, secondFrom, next } = header;
  const start = at + 1;
  if (next === start) return [];
  if (LINES[code] === 2) {
    return [
      { start, end: secondFrom, piecewise: false },
      { start: secondFrom, end: next, piecewise: false },
    ];
  }
  if (LENGTH_BYTES[code] === 0) return [{ start, end: next, piecewise: false }];
  const isPiecewise = opcode(code)?.argument.startsWith('bytes') === true;
  return [
    { start, end: from, piecewise: false },
    { start: from, end: to, piecewise: isPiecewise },
  ];
}
