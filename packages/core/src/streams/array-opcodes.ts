import { Decoder } from '../pickle/decode.js';
import { opcode } from '../pickle/opcodes.js';

/** So many bytes at the offset of an array are read to decide whether it is worth a run. */
export const ARRAY_WINDOW = 64;
const NAMES = new Set(['GLOBAL', 'INST', 'STACK_GLOBAL', 'EXT1', 'EXT2', 'EXT4']);
/** What `mayNameSomething` does with an opcode: nothing goes on so, it names something, it is stepped over. */
const NONE = 0;
const NAME = 1;
const STEPS = Uint8Array.from({ length: 256 }, (_, code) => {
  const name = opcode(code)?.name;
  if (name === undefined || name === 'STOP') return NONE;
  return NAMES.has(name) ? NAME : 2;
});

/**
 * Whether bytes may be opcodes that name something: they are opcodes as far as one can see, up to the first that does.
 * Numbers are none after a few bytes, so that few arrays of honest files are run. `bytes`: the first of `length`, which are
 * looked at from `from` on.
 */
export function mayNameSomething(bytes: Uint8Array, from: number, length: number): boolean {
  const seen = Math.min(bytes.length, length);
  const isCut = seen < length;
  const window = bytes.subarray(0, seen);
  const header = new Decoder();
  let at = from;
  for (; at < seen; at = header.next) {
    const step = STEPS[window[at] as number] as number;
    if (step === NONE) return false;
    if (step === NAME) return true;
    if (!header.decode(window, at)) return isCut;
  }
  return at < length;
}
