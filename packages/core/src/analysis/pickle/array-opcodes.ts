import { opcode } from './opcodes.js';

/** So many bytes at the place of an array are read to decide whether it is worth a run. */
export const ARRAY_WINDOW = 64;
/** What `mayNameSomething` does with an opcode: nothing begins so, it names something, its argument is a line. */
const NONE = 255;
const NAME = 254;
const LINE = 253;
/** The argument has a length in front, in so many bytes. */
const SIZED = 240;
const LENGTHS: Readonly<Record<string, number>> = { none: 0, u1: 1, u2: 2, i4: 4, u8: 8, f8: 8 };
const NAMES = new Set(['GLOBAL', 'INST', 'STACK_GLOBAL', 'EXT1', 'EXT2', 'EXT4']);
/** One of these for each byte, or the length of the argument. */
const STEPS = Uint8Array.from({ length: 256 }, (_, code) => {
  const op = opcode(code);
  if (op === undefined || op.name === 'STOP') return NONE;
  if (NAMES.has(op.name)) return NAME;
  // GLOBAL and INST, which have two lines, are names.
  if (op.argument === 'line') return LINE;
  return LENGTHS[op.argument] ?? SIZED + Number(op.argument.at(-1));
});

/**
 * Whether bytes may be opcodes that name something: they are opcodes as far as one can see, up to the first that does.
 * Numbers are none after a few bytes, so that few arrays of honest files are run. `bytes`: the first of `length`, which are
 * looked at from `from` on.
 */
export function mayNameSomething(bytes: Uint8Array, from: number, length: number): boolean {
  const seen = Math.min(bytes.length, length);
  const isCut = seen < length;
  let at = from;
  while (at < seen) {
    const step = STEPS[bytes[at] as number] as number;
    if (step === NONE) return false;
    if (step === NAME) return true;
    at += 1;
    if (step === LINE) {
      const feed = bytes.indexOf(0x0a, at);
      if (feed < 0 || feed >= seen) return isCut;
      at = feed + 1;
    } else if (step < SIZED) at += step;
    else {
      const size = step - SIZED;
      if (at + size > seen) return isCut;
      let jump = 0;
      for (let i = size - 1; i >= 0; i -= 1) jump = jump * 256 + (bytes[at + i] as number);
      at += size + jump;
      if (at > length) return false;
    }
  }
  return at < length;
}
