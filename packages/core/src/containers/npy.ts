import type { Budget } from '../bytes/budget.js';
import { latin1, readExact, u16, u32 } from '../bytes/read.js';
import { sliceSource } from '../bytes/source.js';
import { InputError, UnsupportedError } from '../model/errors.js';
import { memberPath, type Member, type Opened } from './container.js';
import { parseDescr } from './npy-descr.js';

/*
 * numpy/lib/format.py
 *
 *   0  "\x93NUMPY"  | 6 major | 7 minor | 8 header length: 2 bytes in version 1, 4 in versions 2 and 3
 *   a Python dict literal {'descr': …, 'fortran_order': …, 'shape': (…), } padded with blanks to a newline
 *   the array's data; where the dtype holds objects: one pickle
 */
const MAGIC_BYTES = 8;
/** numpy itself refuses longer headers unless told otherwise (`_MAX_HEADER_SIZE` = 10,000); wide records need more. */
const MAX_HEADER = 1 << 20;

/** An npy file: nothing where the data is plain, its pickle where the dtype holds objects. */
export async function* npy(member: Member, budget: Budget): AsyncGenerator<Opened, void> {
  const magic = await readExact(member.source, 0, MAGIC_BYTES, 'the npy magic and version');
  const major = magic[6] ?? 0;
  if (major < 1 || major > 3) throw new UnsupportedError(`npy version ${major} is not known`, 6);
  const width = major === 1 ? 2 : 4;
  const lengthField = await readExact(member.source, MAGIC_BYTES, width, 'the length of the npy header');
  const length = width === 2 ? u16(lengthField, 0) : u32(lengthField, 0);
  if (length > MAX_HEADER) throw new InputError(`the npy header claims ${length} bytes`, MAGIC_BYTES);
  const headerAt = MAGIC_BYTES + width;
  const raw = await readExact(member.source, headerAt, length, 'the npy header');
  const header = major === 3 ? new TextDecoder().decode(raw) : latin1(raw);
  const start = headerAt + length;
  const descr = valueOf(header, 'descr');
  const shape = valueOf(header, 'shape');
  if (descr === null || shape === null) throw new InputError("the npy header needs 'descr' and 'shape'", headerAt);
  const items = shapeItems(shape);
  if (items === null) throw new InputError(`the shape ${shape.slice(0, 80)} of the npy header is no tuple of sizes`, headerAt);
  const layout = parseDescr(descr);
  if (layout === null) throw new UnsupportedError(`the dtype ${descr.slice(0, 80)} is not known`, headerAt);
  if (layout.objects) {
    budget.countMember();
    yield { kind: 'member', member: { ...member, depth: member.depth + 1, role: 'npy', start } };
    return;
  }
  const end = start + items * layout.itemSize;
  if (Number.isFinite(member.source.size)) yield* checkEnd(member, start, end);
}

async function* checkEnd(member: Member, start: number, end: number): AsyncGenerator<Opened, void> {
  const { size } = member.source;
  if (size < end) throw new InputError(`truncated: the array needs ${end - start} bytes, ${size - start} are there`, start);
  if (size > end) {
    // numpy.save may be called several times on one file; whatever follows is looked at like a file of its own.
    const name = `[bytes ${end}-${size - 1}]`;
    yield {
      kind: 'member',
      member: { path: memberPath(member.path, name), name, source: sliceSource(member.source, end, size - end), depth: member.depth + 1, stray: true },
    };
  }
}

/** The text of one value of the header's dict literal, brackets balanced. */
function valueOf(header: string, key: string): string | null {
  const match = new RegExp(`['"]${key}['"]\\s*:\\s*`).exec(header);
  if (match === null) return null;
  const start = match.index + match[0].length;
  let depth = 0;
  let quote = '';
  for (let i = start; i < header.length; i += 1) {
    const char = header[i] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
      continue;
    }
    if (char === "'" || char === '"') quote = char;
    else if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char) && depth > 0) depth -= 1;
    else if (depth === 0 && (char === ',' || char === '}')) return header.slice(start, i);
  }
  return null;
}

function shapeItems(shape: string): number | null {
  // Blanks go first: a pattern that takes them in two places tries a megabyte of them again and again (CWE-1333).
  const bare = shape.replaceAll(/\s+/g, ' ').replaceAll(/ ?([(),]) ?/g, '$1');
  if (!/^\((?:\d+L?,)*(?:\d+L?)?\)$/.test(bare)) return null;
  const items = (bare.match(/\d+/g) ?? []).reduce((product, size) => product * Number(size), 1);
  // 0 times a number beyond all floats.
  return Number.isNaN(items) ? null : items;
}
