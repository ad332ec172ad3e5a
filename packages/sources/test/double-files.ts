import { crc32 } from 'node:zlib';

/** Bytes of a file of the double: those at their offsets, zeros between them. Nothing of the rest exists anywhere. */
export class SparseFile {
  #size = 0;
  readonly #parts: { readonly at: number; readonly bytes: Uint8Array }[] = [];

  static of(bytes: Uint8Array): SparseFile {
    const file = new SparseFile();
    file.add(bytes);
    return file;
  }

  get size(): number {
    return this.#size;
  }

  add(bytes: Uint8Array): number {
    this.#parts.push({ at: this.#size, bytes });
    this.#size += bytes.length;
    return this.#size - bytes.length;
  }

  skip(length: number): void {
    this.#size += length;
  }

  read(start: number, end: number): Uint8Array {
    const out = new Uint8Array(Math.max(0, end - start));
    for (const { at, bytes } of this.#parts) {
      const from = Math.max(start, at);
      const to = Math.min(end, at + bytes.length);
      if (from < to) out.set(bytes.subarray(from - at, to - at), from - start);
    }
    return out;
  }
}

const joined = (...parts: readonly (Uint8Array | string)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));

function le(value: number, width: 1 | 2 | 4 | 8): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes.subarray(0, width);
}

const text = (value: string): Uint8Array => joined('X', le(value.length, 4), value);
const int = (value: number): Uint8Array => joined('J', le(value, 4));

/** The state dict that torch.save writes, in protocol 2. `view`: what the legacy format has behind the size of a storage. */
function stateDict(tensors: number, elements: number, view = ''): Uint8Array {
  const parts: (Uint8Array | string)[] = ['\x80\x02}('];
  for (let i = 0; i < tensors; i += 1) {
    const id = joined(text('storage'), 'ctorch\nFloatStorage\n', text(String(i)), text('cpu'), int(elements), view);
    const shape = joined(int(elements / 1024), int(1024), '\x86', int(1024), 'K\x01\x86');
    const call = joined('ctorch._utils\n_rebuild_tensor_v2\n((', id, 'tQK\x00', shape);
    parts.push(text(`layers.${i}.weight`), call, '\x89ccollections\nOrderedDict\n)RtR');
  }
  return joined(...parts, 'u.');
}

/** CRC-32 of zeros, which are not held. */
function crcOfZeros(length: number): number {
  const chunk = Buffer.alloc(Math.min(length, 2 ** 24));
  let crc = 0;
  for (let at = 0; at < length; at += chunk.length)
    crc = crc32(chunk.subarray(0, Math.min(chunk.length, length - at)), crc);
  return crc;
}

/** A checkpoint of PyTorch as its zip writer lays it out, with the fields of zip64 where they are needed. */
export function torchZip(tensors: number, bytesEach: number): SparseFile {
  const file = new SparseFile();
  const central: Uint8Array[] = [];
  const crc = crcOfZeros(bytesEach);
  const entry = (name: string, data: Uint8Array | null, size: number): void => {
    const at = file.size;
    const padding = (64 - ((at + 30 + name.length + 4) % 64)) % 64;
    const numbers = joined(le(data === null ? crc : crc32(data), 4), le(size, 4), le(size, 4));
    const extra = joined('FB', le(padding, 2), Buffer.alloc(padding, 'Z'));
    const head = Buffer.alloc(10);
    file.add(joined('PK\x03\x04', head, numbers, le(name.length, 2), le(extra.length, 2), name, extra));
    if (data === null) file.skip(size);
    else file.add(data);
    const isFar = at >= 0xffff_ffff;
    const wide = isFar ? joined(le(1, 2), le(8, 2), le(at, 8)) : new Uint8Array(0);
    const lengths = joined(le(name.length, 2), le(wide.length, 2), le(0, 2), le(0, 2), le(0, 2), le(0, 4));
    central.push(joined('PK\x01\x02', le(0, 2), head, numbers, lengths, le(isFar ? 0xffff_ffff : at, 4), name, wide));
  };
  const pickle = stateDict(tensors, bytesEach / 4);
  entry('model/data.pkl', pickle, pickle.length);
  for (let i = 0; i < tensors; i += 1) entry(`model/data/${i}`, null, bytesEach);
  entry('model/version', joined('3\n'), 2);
  const start = file.size;
  const directory = joined(...central);
  file.add(directory);
  const count = central.length;
  const record = file.add(
    joined(
      'PK\x06\x06',
      le(44, 8),
      le(45, 2),
      le(45, 2),
      le(0, 8),
      le(count, 8),
      le(count, 8),
      le(directory.length, 8),
      le(start, 8),
    ),
  );
  file.add(joined('PK\x06\x07', le(0, 4), le(record, 8), le(1, 4)));
  file.add(
    joined('PK\x05\x06', le(0, 4), le(0xffff, 2), le(0xffff, 2), le(0xffff_ffff, 4), le(0xffff_ffff, 4), le(0, 2)),
  );
  return file;
}

/** What torch.save wrote before 1.6: five pickles in a row, then the storages in the order of their keys. */
export function torchLegacy(tensors: number, bytesEach: number): SparseFile {
  const elements = bytesEach / 4;
  const keys = Array.from({ length: tensors }, (_, i) => String(i)).sort();
  const file = new SparseFile();
  file.add(joined('\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.'));
  file.add(joined('\x80\x02M\xe9\x03.'));
  file.add(joined('\x80\x02}(', text('protocol_version'), 'M\xe9\x03', text('little_endian'), '\x88u.'));
  file.add(stateDict(tensors, elements, 'N'));
  file.add(joined('\x80\x02](', ...keys.map(text), 'e.'));
  for (let i = 0; i < tensors; i += 1) {
    file.add(le(elements, 8));
    file.skip(bytesEach);
  }
  return file;
}

export function safetensors(tensors: number, bytesEach: number): SparseFile {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  for (let i = 0; i < tensors; i += 1)
    header[`layers.${i}.weight`] = {
      dtype: 'F32',
      shape: [bytesEach / 4],
      data_offsets: [i * bytesEach, (i + 1) * bytesEach],
    };
  const json = JSON.stringify(header);
  const padded = json.padEnd(Math.ceil(json.length / 8) * 8, ' ');
  const file = new SparseFile();
  file.add(joined(le(padded.length, 8), padded));
  file.skip(tensors * bytesEach);
  return file;
}

interface GgufOptions {
  /** Tokens of the vocabulary; their lengths are spread as those of a byte-pair vocabulary, the later ones are longer. */
  readonly words?: number;
  /** Pairs of tokens that are merged. */
  readonly merges?: number;
  /** Stands behind the vocabulary, where the converter of llama.cpp writes it. */
  readonly template?: string;
}

/** Version 3 with a few keys, a vocabulary, and tensors of 32-bit floats. */
export function gguf(
  tensors: number,
  bytesEach: number,
  { words = 1_000, merges = 0, template }: GgufOptions = {},
): SparseFile {
  const string = (value: string): Uint8Array => joined(le(value.length, 8), value);
  const strings = (key: string, count: number, least: number): Uint8Array =>
    Buffer.concat([
      string(key),
      joined(le(9, 4), le(8, 4), le(count, 8)),
      ...Array.from({ length: count }, (_, i) => string('w'.repeat(least + (i % 5) + Math.floor((4 * i) / count)))),
    ]);
  const numbers = (key: string, type: number): Uint8Array =>
    joined(string(key), le(9, 4), le(type, 4), le(words, 8), Buffer.alloc(4 * words));
  const pairs = [
    joined(string('general.architecture'), le(8, 4), string('llama')),
    joined(string('general.alignment'), le(4, 4), le(32, 4)),
    strings('tokenizer.ggml.tokens', words, 2),
    ...(merges === 0 ? [] : [numbers('tokenizer.ggml.scores', 6), numbers('tokenizer.ggml.token_type', 5)]),
    ...(merges === 0 ? [] : [strings('tokenizer.ggml.merges', merges, 4)]),
    ...(template === undefined ? [] : [joined(string('tokenizer.chat_template'), le(8, 4), string(template))]),
  ];
  const infos = Array.from({ length: tensors }, (_, i) =>
    joined(string(`blk.${i}.weight`), le(1, 4), le(bytesEach / 4, 8), le(0, 4), le(i * bytesEach, 8)),
  );
  const file = new SparseFile();
  file.add(joined('GGUF', le(3, 4), le(tensors, 8), le(pairs.length, 8), ...pairs, ...infos));
  file.skip((32 - (file.size % 32)) % 32);
  file.skip(tensors * bytesEach);
  return file;
}
