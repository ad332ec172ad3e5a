import type { Budget } from '../../bytes/budget.js';
import type { ByteRange, ByteSource } from '../../bytes/source.js';
import { readZip } from './container.js';
import { readsAlike } from './reads-alike.js';

/** Opcodes that push bytes, and how many bytes their length takes (pickletools: SHORT_BINBYTES, BINBYTES, BINBYTES8, BYTEARRAY8). */
const BYTES_OPCODES: readonly (readonly [code: number, width: number])[] = [
  [0x43, 1],
  [0x42, 4],
  [0x8e, 8],
  [0x96, 8],
];

/**
 * A zip archive near the end of a pickle that is exactly one of its byte strings, as an object writes it that keeps a saved
 * model (Keras). Null where the archive and such an opcode do not have the same bounds, or where who opens the whole
 * pickle as a zip sees another archive. The caller knows that the pickle ends where the source does.
 */
export async function zipInConstant(source: ByteSource, budget: Budget): Promise<ByteRange | null> {
  const archive = await readZip(source, budget);
  const { directories, gaps, size } = archive;
  if (directories.length === 0) return null;
  const start = gaps.find((gap) => gap.start === 0)?.end ?? 0;
  const end = gaps.find((gap) => gap.end === size)?.start ?? size;
  const head = (await source.read(Math.max(0, start - 9), Math.min(9, start))).slice();
  const isConstant = BYTES_OPCODES.some(([code, width]) => {
    const at = head.length - width - 1;
    if (at < 0 || head[at] !== code) return false;
    let length = 0;
    for (let i = width - 1; i >= 0; i -= 1) length = length * 256 + (head[at + 1 + i] ?? 0);
    return length === end - start;
  });
  return isConstant && (await readsAlike(archive, directories, { start, end }, budget)) ? { start, end } : null;
}
