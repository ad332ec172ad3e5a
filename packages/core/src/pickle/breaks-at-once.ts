import { u32 } from '../bytes/read.js';
import { Decoder } from './decode.js';
import { breaksInLines } from './broken-lines.js';
import { mayBeUtf8, StackDepth, UTF8 } from './may-act.js';
import { canStartStream, LINES, opcode, opcodesOf } from './opcodes.js';

const PERSID = 0x50;
const NEWLINE = 0x0a;
const EXT1 = 0x82;
const EXT4 = 0x84;

/** Opcodes behind which it takes the machine to say what a stream does. */
const DECIDES = opcodesOf(
  'STOP PERSID BINPERSID GLOBAL INST STACK_GLOBAL REDUCE BUILD OBJ NEWOBJ NEWOBJ_EX FRAME EXT1 EXT2 EXT4',
);

/** What is known of bytes in which a stream begins. */
export interface Beginning {
  /** Values that lie on the stack there; none by default. */
  readonly depth?: number;
  /** Nothing follows the bytes: an argument that is cut ends every reader. */
  readonly isWhole?: true;
  /**
   * A code of the extension registry that nothing calls counts for nothing: in what neither has PROTO nor ends (`inBytes` of
   * plausibility/body.ts).
   */
  readonly passesCodes?: true;
}

/**
 * Whether every reader stops before anything from `start` on names, calls, or ends: at an unknown opcode, at one that takes more than
 * lies on the stack, at a text or a line that cannot be decoded, at the end of the bytes. Noise does so within a few bytes. False
 * wherever that does not settle it.
 */
export function breaksAtOnce(
  bytes: Uint8Array,
  start: number,
  { depth = 0, isWhole, passesCodes }: Beginning = {},
): boolean {
  const header = new Decoder();
  const stack = new StackDepth(depth);
  for (let at = start; at < bytes.length; at = header.next) {
    const code = bytes[at] as number;
    if (opcode(code) === undefined) return true;
    const hasLines = LINES[code] !== 0;
    // An opcode of lines reads them first; the pure Python reader looks a name up before it takes a mark.
    if (!hasLines && !stack.apply(code)) return true;
    const isThere = header.decode(bytes, at);
    if (!isThere && isWhole !== true) return false;
    if (hasLines && breaksInLines(bytes, code, header, isThere)) return true;
    if (code >= EXT1 && code <= EXT4) {
      if (header.to <= bytes.length && isNoCode(bytes, header)) return true;
      if (passesCodes !== true) return false;
    } else if (DECIDES[code] === 1) return false;
    if (!isThere) return true;
    if (hasLines && !stack.apply(code)) return true;
    if (UTF8[code] === 1 && header.to <= bytes.length && !mayBeUtf8(bytes, header.from, header.to)) return true;
  }
  return isWhole === true;
}

/** Codes of the registry are 1 and more (copyreg.add_extension); readers stop at others (`load_extension`, `get_extension`). */
function isNoCode(bytes: Uint8Array, { from, to }: Decoder): boolean {
  return to - from === 4 ? (u32(bytes, from) | 0) <= 0 : bytes.subarray(from, to).every((byte) => byte === 0);
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
  return newline >= 0 && breaksAtOnce(bytes, newline + 1, { depth: 1 });
}
