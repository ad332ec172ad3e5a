/** A running checksum over the bytes given to `update`. */
export interface Checksum {
  update(bytes: Uint8Array): void;
  /** As written in a file: hexadecimal digits, most significant first. */
  hex(): string;
}

export function hex32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
