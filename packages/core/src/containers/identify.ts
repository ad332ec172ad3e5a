import type { ByteSource } from '../bytes/source.js';
import { latin1, u16, u32 } from '../bytes/read.js';
import { isTarHeader } from './tar.js';

/** What the bytes are. The name decides only what to expect where the bytes say nothing. */
export type Format =
  | 'empty'
  | 'git-lfs-pointer'
  | 'zip'
  | 'tar'
  | 'gzip'
  | 'zlib'
  | 'bzip2'
  | 'xz'
  | 'lzma'
  | 'lz4'
  | 'zstd'
  | 'zfile'
  | '7z'
  | 'npy'
  | 'executorch'
  | 'pickle'
  | 'maybe-pickle' // nothing else explains the bytes: found out by trial
  | 'data'; // a known format that runs nothing: safetensors, HDF5, GGUF, images

export interface Identity {
  readonly format: Format;
  /** Where it is an opcode, the same bytes may be a pickle too. */
  readonly firstByte: number;
  /** What a reader that is told so takes the same bytes for, by marks that are weaker: a tar header, LZMA's. */
  readonly others: readonly Format[];
  /** A zip archive ends the same bytes (bytes before a zip are legal): it is looked at as well. */
  readonly zipBehind: boolean;
}

export const HEAD_BYTES = 512; // a tar header
const END_RECORD = 22;
const MAX_COMMENT = 65_535;
const ZIP64_LOCATOR = 20;

/** Longest first bytes of formats that hold no code for any loader that we know of. */
const DATA_MAGIC: readonly (readonly number[])[] = [
  [0x89, 0x48, 0x44, 0x46], // HDF5
  [0x47, 0x47, 0x55, 0x46], // GGUF
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x7f, 0x45, 0x4c, 0x46], // ELF
  [0x25, 0x50, 0x44, 0x46], // PDF
  [0x53, 0x52, 0, 4], // IDL's SAVE, which is called .sav
  [0x53, 0x52, 0, 6], // the same, compressed
  [0x24, 0x46, 0x4c, 0x32], // SPSS, .sav
  [0x24, 0x46, 0x4c, 0x33], // SPSS, compressed
];

export async function identify(source: ByteSource): Promise<Identity> {
  const head = (await source.read(0, HEAD_BYTES)).slice();
  const { format, others } = identifyHead(head);
  if (format === 'empty') return { format, firstByte: 0, others: [], zipBehind: false };
  const zipBehind = format !== 'zip' && (await hasZipBehind(source));
  return { format, firstByte: head[0] ?? 0, others, zipBehind };
}

/** What the first bytes say, and what they are by weaker marks; `head` in full, or up to `HEAD_BYTES`. */
export function identifyHead(head: Uint8Array): Pick<Identity, 'format' | 'others'> {
  const format = byHead(head);
  return { format, others: otherFormats(head, format) };
}

/** What the first bytes say, and nothing else is read; at once where they are at hand. */
export function formatOfHead(source: ByteSource): Format | Promise<Format> {
  const read = source.read(0, HEAD_BYTES);
  return read instanceof Promise ? read.then(byHead) : byHead(read);
}

/** False while the end is not known. */
export async function hasZipBehind(source: ByteSource): Promise<boolean> {
  return Number.isFinite(source.size) && source.size > END_RECORD && endsAsZip(source);
}

function otherFormats(head: Uint8Array, format: Format): Format[] {
  const others: Format[] = [];
  if (format !== 'tar' && isTarHeader(head)) others.push('tar');
  if ((format === 'pickle' || format === 'maybe-pickle' || format === 'data') && maybeLzma(head)) others.push('lzma');
  return others;
}

/**
 * LZMA alone has no magic: properties lc + 9 * (lp + 5 * pb), a dictionary size, a length, and data whose first byte is
 * 0. liblzma takes any that fit when Python's lzma.open is to find out, as pandas does for .xz.
 */
function maybeLzma(head: Uint8Array): boolean {
  const properties = head[0] ?? 0xff;
  const isEmpty = head.subarray(5, 13).every((byte) => byte === 0);
  return (
    head.length > 17 &&
    head[13] === 0 &&
    !isEmpty &&
    properties < 225 &&
    (properties % 9) + (Math.floor(properties / 9) % 5) <= 4
  );
}

function starts(head: Uint8Array, magic: readonly number[]): boolean {
  if (head.length < magic.length) return false;
  for (let i = 0; i < magic.length; i += 1) if (head[i] !== magic[i]) return false;
  return true;
}

const LFS = [...'version https://git-lfs.github.com/spec/'].map((char) => char.charCodeAt(0));

/** Marks by which formats are told, in the order in which they are asked for. */
const MAGIC: readonly (readonly [Format, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 3, 4]],
  ['zip', [0x50, 0x4b, 5, 6]],
  ['zip', [0x50, 0x4b, 6, 6]],
  ['npy', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
  ['gzip', [0x1f, 0x8b]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['lz4', [0x02, 0x21, 0x4c, 0x18]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
];
const MAGIC_BY_FIRST = Array.from({ length: 256 }, (_, first) => {
  const marks = MAGIC.filter(([, magic]) => magic[0] === first);
  return marks.length === 0 ? null : marks;
});
const BZIP2 = [0x42, 0x5a, 0x68];
const SKIPPABLE_FRAME = [0x2a, 0x4d, 0x18];

function byHead(head: Uint8Array): Format {
  if (head.length === 0) return 'empty';
  const first = head[0] ?? 0;
  const second = head[1] ?? 0;
  // One byte 0x80 alone is an empty map of MessagePack, as spaCy's models have it in several files; no stream ends so soon.
  if (first === 0x80 && second <= 5 && head.length > 1) return 'pickle';
  for (const [format, magic] of MAGIC_BY_FIRST[first] ?? []) if (starts(head, magic)) return format;
  if (first === 0x42 && starts(head, BZIP2) && (head[3] ?? 0) >= 0x31 && (head[3] ?? 0) <= 0x39) return 'bzip2';
  // Skippable frames may stand before frames of either; both readers jump over them.
  if (first >= 0x50 && first <= 0x5f && starts(head.subarray(1), SKIPPABLE_FRAME)) return 'zstd';
  if (first === 0x5a && isZfile(head)) return 'zfile';
  if (isTarHeader(head)) return 'tar';
  if (first === LFS[0] && starts(head, LFS)) return 'git-lfs-pointer';
  // No opcode is 'x', so that bytes beginning with a zlib header are no pickle (RFC 1950, 2.2).
  if ((first & 0x0f) === 8 && first >> 4 <= 7 && ((first << 8) | second) % 31 === 0 && first !== 0x28) return 'zlib';
  // ']' is an opcode and NUL is none: joblib tells lzma-alone by these two bytes.
  if (first === 0x5d && second === 0) return 'lzma';
  if (isExecutorch(head)) return 'executorch';
  if (isSafetensors(head)) return 'data';
  for (const magic of DATA_MAGIC) if (first === magic[0] && starts(head, magic)) return 'data';
  return 'maybe-pickle';
}

/** joblib takes the two letters for enough, and 19 bytes for a length if Python's int(text, 16) does. */
function isZfile(head: Uint8Array): boolean {
  return starts(head, [0x5a, 0x46]) && head.length > 21 && /^[\s0-9a-f_x+-]+$/i.test(latin1(head, 2, 21));
}

/** A FlatBuffer with the file identifier of ExecuTorch, "ET" and two digits; its root lies within reach. */
function isExecutorch(head: Uint8Array): boolean {
  return head.length >= 8 && /^ET\d\d$/.test(latin1(head, 4, 8)) && u32(head, 0) >= 8;
}

/** An 8-byte length, then a JSON object. */
function isSafetensors(head: Uint8Array): boolean {
  return (
    head.length > 9 &&
    u32(head, 4) === 0 &&
    u32(head, 0) > 1 &&
    head[8] === 0x7b &&
    (head[9] === 0x22 || head[9] === 0x7d)
  );
}

/**
 * An end of central directory record in the tail with a directory where zipfile looks for one (APPNOTE 4.3.16): it
 * neither counts the entries nor cares for the length of the comment.
 */
async function endsAsZip(source: ByteSource): Promise<boolean> {
  const quick = Math.min(source.size, END_RECORD);
  const last = await source.read(source.size - quick, quick);
  if (starts(last, [0x50, 0x4b, 5, 6])) return true;
  const length = Math.min(source.size, END_RECORD + MAX_COMMENT + 1);
  const tail = (await source.read(source.size - length, length)).slice();
  for (let at = tail.lastIndexOf(0x50); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf(0x50, at - 1)) {
    if (tail[at + 1] !== 0x4b || tail[at + 2] !== 5 || tail[at + 3] !== 6 || at + END_RECORD > tail.length) continue;
    const entries = u16(tail, at + 10);
    const directory = u32(tail, at + 12);
    const fits = u16(tail, at + 8) <= entries && (directory === 0xffff_ffff || directory >= entries * 46);
    if (fits && at + END_RECORD + u16(tail, at + 20) <= tail.length) return true;
    const record = source.size - length + at;
    for (const place of [record - directory, u32(tail, at + 16), record - ZIP64_LOCATOR]) {
      if (place < 0) continue;
      const bytes = await source.read(place, 4);
      if (starts(bytes, [0x50, 0x4b, 1, 2]) || starts(bytes, [0x50, 0x4b, 6, 7])) return true;
    }
  }
  return false;
}

const PICKLE = 'a pickle or an archive that holds one';
/** What the ends of names promise. */
const EXPECTED = new Map<string, string>([
  ...['pkl', 'pickle', 'joblib', 'dill', 'cloudpickle', 'pt', 'pth', 'ckpt', 'sav', 'torchscript', 'ptl'].map(
    (end) => [end, PICKLE] as const,
  ),
  ...['npz', 'zip', 'mar', 'whl', 'egg', 'nemo', 'skops'].map((end) => [end, 'an archive'] as const),
  ['pt2', 'an archive of torch.export'],
  ['pte', 'an ExecuTorch program'],
  ['npy', 'a numpy array'],
  ['tar', 'a tar archive'],
  ['gz', 'gzip data'],
  ['tgz', 'gzip data'],
  ['bz2', 'bzip2 data'],
  ['xz', 'xz or lzma data'],
  ['lzma', 'xz or lzma data'],
  ['lz4', 'an lz4 frame'],
  ['zst', 'zstd data'],
  ['7z', 'a 7z archive'],
]);
/** The longest of them, so that no long name is copied. */
const LONGEST_END = 11;

/** What a file of this name must be, for messages; null where the name promises nothing. */
export function expectedBy(name: string): string | null {
  const dot = name.lastIndexOf('.');
  if (dot < 0 || name.length - dot - 1 > LONGEST_END) return null;
  return EXPECTED.get(name.slice(dot + 1).toLowerCase()) ?? null;
}
