import { bytesOf, concat } from './zip-builder.js';

export interface TarEntry {
  name: string;
  data?: Uint8Array | string;
  type?: string;
  link?: string;
  prefix?: string;
  /** What the size field says, when not the length of the data. */
  size?: number;
  /** The field as it stands, for base-256 and broken numbers. */
  sizeField?: Uint8Array;
  magic?: 'ustar' | 'gnu' | 'v7';
  checksum?: 'unsigned' | 'signed' | 'wrong';
}

function text(value: string, length: number): Uint8Array {
  const field = new Uint8Array(length);
  field.set(bytesOf(value).subarray(0, length));
  return field;
}

function octal(value: number, length: number): Uint8Array {
  return text(`${value.toString(8).padStart(length - 1, '0')}\0`, length);
}

const MAGIC = { ustar: 'ustar\x0000', gnu: 'ustar  \0', v7: '' };

function padded(data: Uint8Array): Uint8Array {
  return concat(data, new Uint8Array((512 - (data.length % 512)) % 512));
}

/** One header with its data, filled up to whole blocks. */
export function tarEntry(entry: TarEntry): Uint8Array {
  const data = typeof entry.data === 'string' ? bytesOf(entry.data) : (entry.data ?? new Uint8Array(0));
  const header = concat(
    text(entry.name, 100),
    octal(0o644, 8),
    octal(0, 8),
    octal(0, 8),
    entry.sizeField ?? octal(entry.size ?? data.length, 12),
    octal(0, 12),
    text('        ', 8),
    text(entry.type ?? '0', 1),
    text(entry.link ?? '', 100),
    text(MAGIC[entry.magic ?? 'ustar'], 8),
    new Uint8Array(80),
    text(entry.prefix ?? '', 155),
    new Uint8Array(12),
  );
  const signed = entry.checksum === 'signed';
  let sum = header.reduce((total, byte) => total + (signed && byte > 127 ? byte - 256 : byte), 0);
  if (entry.checksum === 'wrong') sum += 1;
  const digits = sum < 0 ? sum.toString(8) : sum.toString(8).padStart(6, '0');
  header.set(text(`${digits}\0 `, 8), 148);
  return concat(header, padded(data));
}

export function longName(name: string, type: 'L' | 'K' = 'L'): Uint8Array {
  return tarEntry({ name: '././@LongLink', type, magic: 'gnu', data: `${name}\0` });
}

export function pax(records: Readonly<Record<string, string>>, type: 'x' | 'g' = 'x'): Uint8Array {
  const lines = Object.entries(records).map(([key, value]) => {
    const body = ` ${key}=${value}\n`;
    let length = bytesOf(body).length + 1;
    while (bytesOf(`${length}${body}`).length !== length) length += 1;
    return `${length}${body}`;
  });
  return tarEntry({ name: '././@PaxHeader', type, data: lines.join('') });
}

export const TAR_END = new Uint8Array(1024);

/** A tar of entries (or of ready pieces), closed by two blocks of zeros. */
export function tarOf(...entries: readonly (TarEntry | Uint8Array)[]): Uint8Array {
  return concat(...entries.map((entry) => (entry instanceof Uint8Array ? entry : tarEntry(entry))), TAR_END);
}
