import { u32, u64 } from '../bytes/read.js';
import { FIXED_BYTES, LENGTH_BYTES, LINES } from './opcodes.js';

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
      const length = prefix === 1 ? (bytes[at + 1] as number) : prefix === 4 ? u32(bytes, at + 1) : u64(bytes, at + 1);
      this.to = this.from + length;
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
