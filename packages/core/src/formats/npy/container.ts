import { TAIL, within } from '../../model/origin.js';
import type { Budget } from '../../bytes/budget.js';
import { latin1, readExact, u16, u32 } from '../../bytes/read.js';
import { sliceSource, type ByteSource } from '../../bytes/source.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import { memberPath, type Member, type Opened } from '../members/container.js';
import { readNpyHeader } from './descr.js';
import { MAX_NPY_HEADER } from '../../model/limits.js';

/*
 * numpy/lib/format.py
 *
 *   0  "\x93NUMPY"  | 6 major | 7 minor | 8 header length: 2 bytes in version 1, 4 in versions 2 and 3
 *   a Python dict literal {'descr': …, 'fortran_order': …, 'shape': (…), } padded with blanks to a newline
 *   the array's data; where the dtype holds objects: one pickle
 */
const MAGIC_BYTES = 8;

/** The text of the header, where it begins, and where the data do. Throws InputError, UnsupportedError and LimitError. */
export async function npyHeader(
  source: ByteSource,
): Promise<{ readonly header: string; readonly headerAt: number; readonly start: number }> {
  const magic = await readExact(source, 0, MAGIC_BYTES, 'the npy magic and version');
  const major = magic[6] ?? 0;
  if (major < 1 || major > 3) throw new UnsupportedError(`npy version ${major} is not known`, 6);
  const width = major === 1 ? 2 : 4;
  const lengthField = await readExact(source, MAGIC_BYTES, width, 'the length of the npy header');
  const length = width === 2 ? u16(lengthField, 0) : u32(lengthField, 0);
  if (length > MAX_NPY_HEADER)
    throw new LimitError('MAX_NPY_HEADER', `an npy header of ${length} bytes, more than ${MAX_NPY_HEADER}`);
  const headerAt = MAGIC_BYTES + width;
  const raw = await readExact(source, headerAt, length, 'the npy header');
  const header = major === 3 ? new TextDecoder().decode(raw) : latin1(raw);
  return { header, headerAt, start: headerAt + length };
}

/** An npy file: nothing where the data is plain, its pickle where the dtype holds objects. */
export async function* npy(member: Member, budget: Budget): AsyncGenerator<Opened, void> {
  const { header, headerAt, start } = await npyHeader(member.source);
  budget.ledger.claim(member.source, 0, start, 'parsed');
  const { items, itemSize, objects } = readNpyHeader(header, headerAt);
  if (objects) {
    budget.countMember();
    yield {
      kind: 'member',
      member: { ...member, depth: member.depth + 1, origin: within(member.origin), role: 'npy', start },
    };
    return;
  }
  budget.ledger.claim(member.source, start, start + items * itemSize, 'array-data');
  yield* checkEnd(member, start, start + items * itemSize);
}

async function* checkEnd(member: Member, start: number, end: number): AsyncGenerator<Opened, void> {
  // A compressed file is decoded to its end anyway, a member of a zip is not for this.
  if (member.packed?.declared === null) await member.source.read(end, 1);
  const { size: known } = member.source;
  const size = Number.isFinite(known) ? known : (member.packed?.declared ?? known);
  if (size < end)
    throw new InputError(
      `truncated: the array needs ${end - start} bytes, ${size - start} are there`,
      start,
      'truncated',
    );
  if (Number.isFinite(size) ? size > end : member.packed?.declared === null) {
    // numpy.save may be called several times on one file; the bytes behind an array are analysed like a file of their own.
    const name = Number.isFinite(size) ? `[bytes ${end}-${size - 1}]` : `[bytes ${end}-]`;
    yield {
      kind: 'member',
      member: {
        path: memberPath(member.path, name),
        name,
        source: sliceSource(member.source, end, size - end),
        depth: member.depth + 1,
        origin: TAIL,
      },
    };
  }
}
