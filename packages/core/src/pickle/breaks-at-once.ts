import { Decoder } from './decode.js';
import { mayBeUtf8, StackDepth, UTF8 } from './may-act.js';
import { canStartStream, LINES, opcode } from './opcodes.js';

const PERSID = 0x50;
const NEWLINE = 0x0a;

/** Opcodes behind which it takes the machine to say what a stream does. */
const DECIDES = Uint8Array.from({ length: 256 }, (_, code) =>
  /^(?:STOP|PERSID|BINPERSID|GLOBAL|INST|STACK_GLOBAL|EXT[124]|REDUCE|BUILD|OBJ|NEWOBJ|NEWOBJ_EX|FRAME|NEXT_BUFFER)$/.test(
    opcode(code)?.name ?? '',
  )
    ? 1
    : 0,
);

/**
 * Whether every reader stops before anything from `start` on names, calls, or ends: at an unknown opcode, at one that takes
 * more than lies on the stack, at a text that is no UTF-8. Noise does so within a few bytes. False wherever that does not settle it.
 * `depth`: values that lie on the stack at `start`.
 */
export function breaksAtOnce(bytes: Uint8Array, start: number, depth = 0): boolean {
  const header = new Decoder();
  const stack = new StackDepth(depth);
  for (let at = start; at < bytes.length; at = header.next) {
    const code = bytes[at] as number;
    if (opcode(code) === undefined) return true;
    // An opcode of lines reads them first; the pure Python reader looks a name up before it takes a mark.
    if (LINES[code] === 0 && !stack.apply(code)) return true;
    if (DECIDES[code] === 1 || !header.decode(bytes, at)) return false;
    if (LINES[code] !== 0 && !stack.apply(code)) return true;
    if (UTF8[code] === 1 && header.to <= bytes.length && !mayBeUtf8(bytes, header.from, header.to)) return true;
  }
  return false;
}

/**
 * The same for bytes of another format, from the first one on: where even that can start nothing, or is the PERSID as which
 * a zip file begins. A persistent ID counts only in what goes on as a stream.
 */
export function endsInNothing(bytes: Uint8Array): boolean {
  const [first] = bytes;
  if (first === undefined) return false;
  if (!canStartStream(first)) return true;
  if (first !== PERSID) return breaksAtOnce(bytes, 0);
  const newline = bytes.indexOf(NEWLINE);
  return newline >= 0 && breaksAtOnce(bytes, newline + 1, 1);
}
