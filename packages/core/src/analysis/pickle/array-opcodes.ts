import { opcode } from './opcodes.js';

/** So many bytes at the place of an array are read to decide whether it is worth a run. */
export const ARRAY_WINDOW = 64;
const LENGTHS: Readonly<Record<string, number>> = { none: 0, u1: 1, u2: 2, i4: 4, u8: 8, f8: 8 };
/** What names something. */
const NAMES = new Set(['GLOBAL', 'INST', 'STACK_GLOBAL', 'EXT1', 'EXT2', 'EXT4']);

/**
 * Whether bytes may be opcodes that name something: they are opcodes as far as one can see, up to the first that does.
 * Numbers are none after a few bytes, so that few arrays of honest files are run. `bytes`: the first of `length`.
 */
export function mayNameSomething(bytes: Uint8Array, length: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isCut = bytes.length < length;
  let at = 0;
  while (at < bytes.length) {
    const op = opcode(bytes[at] ?? 0);
    if (op === undefined || op.name === 'STOP') return false;
    if (NAMES.has(op.name)) return true;
    at += 1;
    // GLOBAL and INST, which have two lines, are names.
    if (op.argument === 'line') {
      const feed = bytes.indexOf(0x0a, at);
      if (feed < 0) return isCut;
      at = feed + 1;
      continue;
    }
    const fixed = LENGTHS[op.argument];
    if (fixed !== undefined) {
      at += fixed;
      continue;
    }
    const digits = op.argument.at(-1);
    const size = digits === '1' ? 1 : digits === '4' ? 4 : 8;
    if (at + size > bytes.length) return isCut;
    const jump =
      size === 1 ? view.getUint8(at) : size === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
    at += size + jump;
    if (at > length) return false;
  }
  return at < length;
}
