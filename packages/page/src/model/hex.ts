/** Bytes in a row: eight fit beside their text on a telephone. */
export const ROW_BYTES = 8;

export interface HexRow {
  /** Of its first byte. */
  readonly offset: number;
  /** Two digits for each byte, from the first on. */
  readonly digits: readonly string[];
  /** One character for each byte; a point for what is no printable ASCII. */
  readonly text: string;
}

/** Bytes as rows; `from` is the offset of the first one, which begins a row. */
export function hexRows(bytes: Uint8Array, from: number): HexRow[] {
  const rows: HexRow[] = [];
  for (let at = 0; at < bytes.length; at += ROW_BYTES) {
    const part = bytes.subarray(at, at + ROW_BYTES);
    const digits = Array.from(part, (byte) => byte.toString(16).padStart(2, '0'));
    const text = Array.from(part, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
    rows.push({ offset: from + at, digits, text });
  }
  return rows;
}

/** Rows that are shown around an offset: some before it, for the opcode is read in its context. */
export function windowAround(offset: number, rows: number): { readonly offset: number; readonly length: number } {
  const row = Math.floor(offset / ROW_BYTES);
  const first = Math.max(0, row - 3);
  return { offset: first * ROW_BYTES, length: rows * ROW_BYTES };
}
