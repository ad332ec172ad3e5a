import { checkEntries, type HeaderCursor } from './cursor.js';
import { MAX_CODERS, MAX_CODER_STREAMS } from '../../model/limits.js';

/*
 * The headers of 7zFormat.txt (LZMA SDK, DOC/7zFormat.txt), as data. Property IDs lead each part; 0 ends it.
 */
const END = 0x00;
const HEADER = 0x01;
const ARCHIVE_PROPERTIES = 0x02;
const ADDITIONAL_STREAMS = 0x03;
const MAIN_STREAMS = 0x04;
const FILES = 0x05;
const PACK_INFO = 0x06;
const UNPACK_INFO = 0x07;
const SUBSTREAMS = 0x08;
const SIZES = 0x09;
const DIGESTS = 0x0a;
const FOLDER = 0x0b;
const UNPACK_SIZES = 0x0c;
const UNPACK_STREAMS = 0x0d;
const EMPTY_STREAM = 0x0e;
const NAMES = 0x11;
const ATTRIBUTES = 0x15;
const DUMMY = 0x19;
const ENCODED_HEADER = 0x17;

/** The upper half of the attributes is a Unix mode. */
const UNIX_MODE = 0x8000;

export interface Coder {
  /** The method's ID in hexadecimal digits. */
  readonly method: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly properties: Uint8Array;
}

/** What 7z calls a folder: coders that make one stream of bytes out of packed streams. */
export interface Folder {
  readonly coders: readonly Coder[];
  /** Which output feeds which input. */
  readonly pairs: readonly { readonly input: number; readonly output: number }[];
  /** The inputs that packed streams feed. */
  readonly packed: readonly number[];
  /** By output: its size. */
  sizes: readonly number[];
  crc: number | null;
}

/** One file's bytes within its folder. */
export interface SubStream {
  readonly offset: number;
  readonly size: number;
  readonly crc: number | null;
}

export interface Streams {
  /** Where the first packed stream lies behind the signature header. */
  readonly packPosition: number;
  readonly packSizes: readonly number[];
  readonly folders: readonly Folder[];
  /** By folder. */
  readonly subStreams: readonly (readonly SubStream[])[];
}

export interface FileEntry {
  readonly name: string | null;
  readonly hasStream: boolean;
  readonly unixMode: number | null;
}

export type Header =
  | { readonly kind: 'plain'; readonly streams: Streams; readonly files: readonly FileEntry[] }
  | { readonly kind: 'encoded'; readonly streams: Streams };

const NO_STREAMS: Streams = { packPosition: 0, packSizes: [], folders: [], subStreams: [] };

/** header: 01 [properties] [additional streams] [main streams] [files] 00, or 17 streams of the packed header */
export function readHeader(cursor: HeaderCursor): Header {
  const id = cursor.byte();
  if (id === ENCODED_HEADER) return { kind: 'encoded', streams: readStreams(cursor) };
  if (id !== HEADER) throw cursor.fail(`it starts with ${id}, 1 or 23 is expected`);
  let streams = NO_STREAMS;
  let files: FileEntry[] = [];
  for (const next of propertyIds(cursor)) {
    if (next === ARCHIVE_PROPERTIES) while (cursor.byte() !== END) cursor.take(cursor.number());
    else if (next === ADDITIONAL_STREAMS) readStreams(cursor);
    else if (next === MAIN_STREAMS) streams = readStreams(cursor);
    else if (next === FILES) files = readFiles(cursor);
    else throw cursor.fail(`property ${next} where streams or files are expected`);
  }
  return { kind: 'plain', streams, files };
}

/**
 * The IDs up to the end. One that stands again could make each byte of a header cost as much as all of its folders
 * (CWE-407), and is in no archive that 7-Zip writes.
 */
function* propertyIds(cursor: HeaderCursor): Generator<number, void> {
  const seen = new Set<number>();
  for (let id = cursor.byte(); id !== END; id = cursor.byte()) {
    if (seen.has(id) && id !== DUMMY) throw cursor.fail(`property ${id} stands twice`);
    seen.add(id);
    yield id;
  }
}

function readStreams(cursor: HeaderCursor): Streams {
  let pack = { packPosition: 0, packSizes: [] as number[] };
  let folders: Folder[] = [];
  let subStreams: SubStream[][] | null = null;
  for (const id of propertyIds(cursor)) {
    if (id === PACK_INFO) pack = readPackInfo(cursor);
    else if (id === UNPACK_INFO) folders = readFolders(cursor);
    else if (id === SUBSTREAMS) subStreams = readSubStreams(cursor, folders);
    else throw cursor.fail(`property ${id} where streams are expected`);
  }
  const whole = (folder: Folder): SubStream[] => [{ offset: 0, size: unpackedSize(folder), crc: folder.crc }];
  return { ...pack, folders, subStreams: subStreams ?? folders.map(whole) };
}

/** position, number of streams, [09 sizes], [0a digests], 00 */
function readPackInfo(cursor: HeaderCursor): { packPosition: number; packSizes: number[] } {
  const packPosition = cursor.number();
  const count = cursor.count('packed streams');
  let packSizes: number[] = [];
  for (const id of propertyIds(cursor)) {
    if (id === SIZES) packSizes = Array.from({ length: count }, () => cursor.number());
    else if (id === DIGESTS) cursor.digests(count);
    else throw cursor.fail(`property ${id} where packed streams are described`);
  }
  return { packPosition, packSizes };
}

/** 0b, number of folders, external 1, folders, 0c sizes of all outputs, [0a digests], 00 */
function readFolders(cursor: HeaderCursor): Folder[] {
  if (cursor.byte() !== FOLDER) throw cursor.fail('folders are expected');
  const count = cursor.count('folders');
  if (cursor.byte() !== 0) throw cursor.fail('its folders lie elsewhere, which no known program writes');
  let coders = 0;
  const folders = Array.from({ length: count }, () => {
    const folder = readFolder(cursor);
    coders += folder.coders.length;
    checkEntries(coders, 'coders');
    return folder;
  });
  for (const id of propertyIds(cursor)) {
    if (id === UNPACK_SIZES) {
      for (const folder of folders) {
        folder.sizes = folder.coders.flatMap((coder) => Array.from({ length: coder.outputs }, () => cursor.number()));
      }
    } else if (id === DIGESTS) {
      cursor.digests(count).forEach((crc, i) => (folders[i]!.crc = crc));
    } else throw cursor.fail(`property ${id} where folders are described`);
  }
  return folders;
}

/** number of coders, coders, pairs (one less than there are outputs), [packed inputs if there are several] */
function readFolder(cursor: HeaderCursor): Folder {
  const count = cursor.number();
  if (count === 0 || count > MAX_CODERS) throw cursor.fail(`${count} coders in a folder`);
  const coders = Array.from({ length: count }, () => readCoder(cursor));
  const inputs = sum(coders.map((coder) => coder.inputs));
  const outputs = sum(coders.map((coder) => coder.outputs));
  if (inputs > MAX_CODER_STREAMS || outputs > MAX_CODER_STREAMS || outputs - 1 > inputs)
    throw cursor.fail('too many streams in a folder');
  const pairs = Array.from({ length: outputs - 1 }, () => ({ input: cursor.number(), output: cursor.number() }));
  const packedCount = inputs - pairs.length;
  const packed =
    packedCount === 1
      ? [Array.from({ length: inputs }, (_, i) => i).find((i) => !pairs.some((pair) => pair.input === i)) ?? 0]
      : Array.from({ length: packedCount }, () => cursor.number());
  return { coders, pairs, packed, sizes: [], crc: null };
}

/** flags 1 (size of the ID: 4 bits, 10 several streams, 20 properties), ID, [inputs, outputs], [size, properties] */
function readCoder(cursor: HeaderCursor): Coder {
  const flags = cursor.byte();
  if (flags & 0xc0) throw cursor.fail('a coder with flags that are not defined');
  const method = Array.from(cursor.take(flags & 15), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const inputs = flags & 0x10 ? cursor.number() : 1;
  const outputs = flags & 0x10 ? cursor.number() : 1;
  if (inputs > MAX_CODER_STREAMS || outputs > MAX_CODER_STREAMS) throw cursor.fail('too many streams in a coder');
  const properties = flags & 0x20 ? cursor.take(cursor.number()).slice() : new Uint8Array(0);
  return { method, inputs, outputs, properties };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The size of what a folder makes: of the output that feeds no other coder. */
export function unpackedSize(folder: Folder): number {
  const last = folder.sizes.findIndex((_, output) => !folder.pairs.some((pair) => pair.output === output));
  return folder.sizes[last] ?? 0;
}

/** [0d numbers of files], [09 sizes of all but the last of each folder], [0a digests not known yet], 00 */
function readSubStreams(cursor: HeaderCursor, folders: readonly Folder[]): SubStream[][] {
  let counts = folders.map(() => 1);
  let sizes: number[][] | null = null;
  let digests: (number | null)[] = [];
  for (const id of propertyIds(cursor)) {
    if (id === UNPACK_STREAMS) {
      counts = folders.map(() => cursor.count('files'));
      checkEntries(sum(counts), 'files');
    } else if (id === SIZES) sizes = folders.map((folder, i) => subSizes(cursor, unpackedSize(folder), counts[i]!));
    else if (id === DIGESTS)
      digests = cursor.digests(sum(folders.map((folder, i) => unknownDigests(folder, counts[i]!))));
    else throw cursor.fail(`property ${id} where files in folders are described`);
  }
  let nextDigest = 0;
  return folders.map((folder, i) => {
    const count = counts[i]!;
    if (count > 1 && sizes === null) throw cursor.fail('files of a folder without their sizes');
    let offset = 0;
    return Array.from({ length: count }, (_, file) => {
      const size = sizes?.[i]?.[file] ?? unpackedSize(folder);
      const crc = unknownDigests(folder, count) === 0 ? folder.crc : (digests[nextDigest++] ?? null);
      offset += size;
      return { offset: offset - size, size, crc };
    });
  });
}

/** A folder of one file shares its digest. */
function unknownDigests(folder: Folder, count: number): number {
  return count === 1 && folder.crc !== null ? 0 : count;
}

function subSizes(cursor: HeaderCursor, total: number, count: number): number[] {
  const sizes: number[] = [];
  let left = total;
  for (let i = 1; i < count; i += 1) {
    const size = cursor.number();
    if (size > left) throw cursor.fail(`a file of ${size} bytes in a folder with ${left} left`);
    sizes.push(size);
    left -= size;
  }
  if (count > 0) sizes.push(left);
  return sizes;
}

/** number of files, properties (ID 1, size, data), 00 */
function readFiles(cursor: HeaderCursor): FileEntry[] {
  const count = cursor.count('files');
  let names: string[] = [];
  let empty: boolean[] = [];
  let modes: (number | null)[] = [];
  for (const id of propertyIds(cursor)) {
    const property = cursor.sub(cursor.number());
    if (id === NAMES) names = readNames(property, count);
    else if (id === EMPTY_STREAM) empty = property.bits(count);
    else if (id === ATTRIBUTES) modes = readModes(property, count);
  }
  return Array.from({ length: count }, (_, i) => ({
    name: names[i] ?? null,
    hasStream: empty[i] !== true,
    unixMode: modes[i] ?? null,
  }));
}

/** external 1, names in UTF-16LE, each with a zero behind it */
function readNames(property: HeaderCursor, count: number): string[] {
  if (property.byte() !== 0) throw property.fail('its names lie elsewhere, which no known program writes');
  const text = new TextDecoder('utf-16le').decode(property.take(property.left));
  const names = text.split('\0');
  // Behind the last zero lies nothing.
  if (names.length - 1 < count) throw property.fail(`${count} files, ${names.length - 1} names`);
  return names.slice(0, count);
}

/** which are defined, external 1, attributes 4 each: those of Windows, the upper half a Unix mode if 8000 is set */
function readModes(property: HeaderCursor, count: number): (number | null)[] {
  const defined = property.defined(count);
  if (property.byte() !== 0) return [];
  return defined.map((isDefined) => {
    const attributes = isDefined ? property.word() : 0;
    return attributes & UNIX_MODE ? attributes >>> 16 : null;
  });
}
