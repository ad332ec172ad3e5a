/** Longest plausible number of arguments, variables or stack slots of a code object. */
const MAX_COUNT = 0xffff;
/** Header of a .pyc file: 16 bytes since Python 3.7, 12 since 3.3, 8 before. */
const PYC_HEADERS = [16, 12, 8];
/** TYPE_CODE of marshal, with and without FLAG_REF (Python/marshal.c). */
const TYPE_CODE = [0x63, 0xe3];
/** TYPE_STRING, the bytecode. */
const TYPE_STRING = [0x73, 0xf3];

/** Where marshal data with a code object begin: at once, or behind the header of a .pyc file. `bytes` may be the head of more. */
export function codeObjectAt(bytes: Uint8Array, size = bytes.length): number | null {
  if (isCodeObject(bytes, 0, size)) return 0;
  if (bytes[2] !== 0x0d || bytes[3] !== 0x0a) return null;
  return PYC_HEADERS.find((at) => isCodeObject(bytes, at, size)) ?? null;
}

/** TYPE_CODE, 4 to 6 counts of 32 bits (flags among them, by version), then the bytecode with its length. */
function isCodeObject(bytes: Uint8Array, at: number, size: number): boolean {
  if (!TYPE_CODE.includes(bytes[at] ?? 0)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let counts = 4; counts <= 6; counts += 1) {
    const code = at + 1 + 4 * counts;
    if (code + 5 > bytes.length) return false;
    if (!TYPE_STRING.includes(bytes[code] ?? 0)) continue;
    const length = view.getUint32(code + 1, true);
    if (length === 0 || length > size - code - 5) continue;
    const fits = Array.from({ length: counts - 1 }, (_, i) => view.getUint32(at + 1 + 4 * i, true)).every(
      (count) => count <= MAX_COUNT,
    );
    if (fits) return true;
  }
  return false;
}
