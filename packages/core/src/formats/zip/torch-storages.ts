import type { ByteRange } from '../../bytes/source.js';
import type { CentralRecord } from './directory.js';
import { METHOD_STORED } from './facts.js';
import { FLAG_DESCRIPTOR, FLAG_UTF8, LOCAL_SIZE } from './layout.js';

/** The storages of a checkpoint, by their keys, and the pickle that names them. */
export interface StorageRecords {
  readonly pickle: CentralRecord;
  readonly storages: ReadonlyMap<string, { readonly record: CentralRecord; readonly extent: ByteRange }>;
}

/** What may stand between the fixed part of a local header and the next record, beside name and data: the extra field that
 * aligns the data to 64 bytes, sizes of zip64, a data descriptor. */
const SLACK_BYTES = 192;
const REGULAR_FILE = 0o100000;
const FILE_TYPE = 0o170000;

/**
 * Records of the one directory of an archive, which begins at `directoryStart`, whose local headers may be left unread if
 * the pickle names them: `FOLDER/data/N` of a checkpoint, N in decimal digits, stored as they are, without anything
 * unusual in the directory, and with room for nothing but their local header before the next record. Null where the
 * archive is no plain checkpoint: TorchScript, a package, records outside of the folder, or names that are equal but for
 * their case. docs/remote-sources.md says what may be missed.
 */
export function storageRecords(records: readonly CentralRecord[], directoryStart: number): StorageRecords | null {
  const folder = /^[^/]*\//.exec(records[0]?.name ?? '')?.[0];
  if (folder === undefined || !isPlainCheckpoint(records, folder)) return null;
  const pickle = records.find(({ name }) => name === `${folder}data.pkl`);
  if (pickle === undefined || !isPlain(pickle)) return null;
  const storages = new Map<string, { record: CentralRecord; extent: ByteRange }>();
  const inOrder = records.toSorted((left, right) => left.localOffset - right.localOffset);
  for (const [i, record] of inOrder.entries()) {
    const { name, compressed, localOffset } = record;
    const key = /^data\/(\d+)$/.exec(name.slice(folder.length))?.[1];
    if (key === undefined || !isPlain(record)) continue;
    const next = inOrder[i + 1]?.localOffset ?? directoryStart;
    const slack = next - (localOffset + LOCAL_SIZE + name.length + compressed);
    if (localOffset < 0 || next > directoryStart || slack < 0 || slack > SLACK_BYTES) continue;
    storages.set(key, { record, extent: { start: localOffset, end: next } });
  }
  return storages.size === 0 ? null : { pickle, storages };
}

function isPlainCheckpoint(records: readonly CentralRecord[], folder: string): boolean {
  const names = new Set<string>();
  for (const { name } of records) {
    const record = name.slice(folder.length).toLowerCase();
    if (!name.startsWith(folder) || names.has(record)) return false;
    if (record === 'constants.pkl' || record.startsWith('code/') || record === '.data/extern_modules') return false;
    names.add(record);
  }
  return true;
}

/** Stored, regular, and described by the directory without ambiguity. */
function isPlain(record: CentralRecord): boolean {
  const type = record.unixMode & FILE_TYPE;
  return (
    record.method === METHOD_STORED &&
    record.compressed === record.uncompressed &&
    (record.flags & ~(FLAG_DESCRIPTOR | FLAG_UTF8)) === 0 &&
    record.oddName === null &&
    record.unicodeName === null &&
    record.zip64Problem === null &&
    !record.isDosFolder &&
    (type === 0 || type === REGULAR_FILE)
  );
}
