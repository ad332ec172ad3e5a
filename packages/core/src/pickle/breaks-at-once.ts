import { Decoder } from './decode.js';
import { canStartStream, opcode } from './opcodes.js';

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
 * Whether every reader stops at an unknown opcode before anything from `start` on names, calls, or ends: what noise does
 * within a few bytes. Walks opcodes only; false wherever that does not settle it.
 */
export function breaksAtOnce(bytes: Uint8Array, start: number): boolean {
  const header = new Decoder();
  for (let at = start; at < bytes.length; at = header.next) {
    const code = bytes[at] as number;
    if (opcode(code) === undefined) return true;
    if (DECIDES[code] === 1 || !header.decode(bytes, at)) return false;
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
  return newline >= 0 && breaksAtOnce(bytes, newline + 1);
}
