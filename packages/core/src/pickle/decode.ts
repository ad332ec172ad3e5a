import { FIXED_BYTES, LENGTH_BYTES, LINES } from './opcodes.js';

/** The length in front of an argument, of `LENGTH_BYTES` bytes; bytes that are not there count as zeros. `at`: of the opcode. */
export function lengthAt(bytes: Uint8Array, at: number, width: number): number {
  let length = 0;
  for (let i = width; i > 0; i -= 1) length = length * 256 + (bytes[at + i] ?? 0);
  return length;
}

/** Where the argument of one opcode lies. One object is used for many opcodes: the fields hold until the next `decode`. */
export class Decoder {
  /** The argument: behind its length, without the newline of a line. Of GLOBAL and INST the first line. */
  from = 0;
  to = 0;
  /** The second line of GLOBAL and INST. */
  secondFrom = 0;
  secondTo = 0;
  /** Behind the opcode and its argument. This and `to` may lie behind the bytes. */
  next = 0;

  /** False where the bytes do not suffice to tell: a length, or a newline, is not there. `at`: of the opcode. */
  decode(bytes: Uint8Array, at: number): boolean {
    const code = bytes[at] ?? 0;
    const prefix = LENGTH_BYTES[code] as number;
    this.from = at + 1 + prefix;
    if (prefix > 0) {
      if (this.from > bytes.length) return false;
      this.to = this.from + lengthAt(bytes, at, prefix);
      this.next = this.to;
      return true;
    }
    const lines = LINES[code] as number;
    if (lines === 0) {
      this.to = this.from + (FIXED_BYTES[code] as number);
      this.next = this.to;
      return true;
    }
    this.to = bytes.indexOf(NEWLINE, this.from);
    if (this.to < 0) return false;
    this.next = this.to + 1;
    if (lines === 1) return true;
    this.secondFrom = this.next;
    this.secondTo = bytes.indexOf(NEWLINE, this.secondFrom);
    this.next = this.secondTo + 1;
    return this.secondTo >= 0;
  }
}

const NEWLINE = 0x0a;
