/** Longest plausible number of arguments, variables or stack slots of a code object. */
const MAX_COUNT = 0xffff;
/** Header of a .pyc file: 16 bytes since Python 3.7, 12 since 3.3, 8 before. */
const PYC_HEADERS = [16, 12, 8];
/** FLAG_REF of marshal, which may be on any type (Python/marshal.c). */
const FLAG_REF = 0x80;
const TYPE_CODE = 0x63;
/** TYPE_STRING, the bytecode. */
const TYPE_STRING = 0x73;

/**
 * Where marshal data hold a code object: at once, behind the header of a .pyc file, or in lists, tuples, sets and maps. `bytes`
 * may be the head of more.
 */
export function codeObjectAt(bytes: Uint8Array, size = bytes.length): number | null {
  if (isCodeObject(bytes, 0, size)) return 0;
  if (bytes[2] === 0x0d && bytes[3] === 0x0a) {
    const behind = PYC_HEADERS.find((at) => isCodeObject(bytes, at, size));
    if (behind !== undefined) return behind;
  }
  return CONTAINERS.has((bytes[0] ?? 0) & ~FLAG_REF) ? codeWithin(bytes, size) : null;
}

/** TYPE_LIST, TYPE_TUPLE, TYPE_SMALL_TUPLE, TYPE_DICT, TYPE_SET, TYPE_FROZENSET, TYPE_SLICE. */
const CONTAINERS: ReadonlySet<number> = new Set(Buffer.from('[(){<>:'));

/** Bytes of a type's argument where they are always the same. */
const FIXED = new Int8Array(256).fill(-1);
for (const byte of Buffer.from('0NFTS.{:')) FIXED[byte] = 0;
for (const byte of Buffer.from('i[(<>r')) FIXED[byte] = 4;
for (const byte of Buffer.from('Ig')) FIXED[byte] = 8;
FIXED[0x29] = 1;
FIXED[0x79] = 16;

/** Objects one behind the other: what they are in does not matter for what follows them. */
function codeWithin(bytes: Uint8Array, size: number): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < bytes.length;) {
    if (isCodeObject(bytes, at, size)) return at;
    const type = (bytes[at] as number) & ~FLAG_REF;
    const fixed = FIXED[type] as number;
    if (fixed !== -1) {
      at += 1 + fixed;
      continue;
    }
    if (at + 5 > bytes.length) return null;
    switch (type) {
      // TYPE_STRING, TYPE_INTERNED, TYPE_UNICODE, TYPE_ASCII, TYPE_ASCII_INTERNED.
      case TYPE_STRING:
      case 0x74:
      case 0x75:
      case 0x61:
      case 0x41:
        at += 5 + view.getUint32(at + 1, true);
        break;
      // TYPE_SHORT_ASCII with its interned form, TYPE_FLOAT.
      case 0x7a:
      case 0x5a:
      case 0x66:
        at += 2 + (bytes[at + 1] as number);
        break;
      // TYPE_LONG: digits of 15 bits.
      case 0x6c:
        at += 5 + 2 * Math.abs(view.getInt32(at + 1, true));
        break;
      default:
        return null;
    }
  }
  return null;
}

/** TYPE_CODE, 4 to 6 counts of 32 bits (flags among them, by version), then the bytecode with its length. */
function isCodeObject(bytes: Uint8Array, at: number, size: number): boolean {
  if (((bytes[at] ?? 0) & ~FLAG_REF) !== TYPE_CODE) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let counts = 4; counts <= 6; counts += 1) {
    const code = at + 1 + 4 * counts;
    if (code + 5 > bytes.length) return false;
    if (((bytes[code] as number) & ~FLAG_REF) !== TYPE_STRING) continue;
    const length = view.getUint32(code + 1, true);
    if (length === 0 || length > size - code - 5) continue;
    const fits = Array.from({ length: counts - 1 }, (_, i) => view.getUint32(at + 1 + 4 * i, true)).every(
      (count) => count <= MAX_COUNT,
    );
    if (fits) return true;
  }
  return false;
}
