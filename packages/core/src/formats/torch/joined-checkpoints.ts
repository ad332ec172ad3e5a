import type { Budget } from '../../bytes/budget.js';
import { latin1, u16, u32, u64 } from '../../bytes/read.js';
import type { ByteSource } from '../../bytes/source.js';
import {
  CENTRAL_SIGNATURE,
  END_SIGNATURE,
  END_SIZE,
  LOCAL_SIGNATURE,
  LOCAL_SIZE,
  ZIP64_END_SIGNATURE,
  ZIP64_END_SIZE,
  ZIP64_LOCATOR_SIGNATURE,
  ZIP64_LOCATOR_SIZE,
} from '../zip/layout.js';

/*
 * A data file of a distributed checkpoint (torch/distributed/checkpoint/filesystem.py, `_write_item`): what torch.save
 * writes for each tensor, one archive right behind the other. The reader takes each by its offset in `.metadata`.
 */

const FIRST_RECORD = 'archive/data.pkl';
const TAIL = END_SIZE + ZIP64_LOCATOR_SIZE + ZIP64_END_SIZE;

export interface Part {
  readonly start: number;
  readonly end: number;
}

interface Tail extends Part {
  readonly directory: number;
  /** Where readers that count from the start of the file would look for the directory and the zip64 record. */
  readonly absolute: readonly number[];
  readonly zip64: number | null;
}

/**
 * The archives of which the file consists, without a byte between them, if all of them begin like checkpoints of
 * torch.save, and if a reader that takes the file for one archive finds the directory of one of them or none. Null otherwise.
 */
export async function joinedCheckpoints(source: ByteSource, budget: Budget): Promise<readonly Part[] | null> {
  if (!Number.isFinite(source.size)) return null;
  const tails: Tail[] = [];
  for (let end = source.size; end > 0;) {
    budget.checkTime();
    const tail = await tailOf(source, end);
    if (tail === null || !(await beginsAsCheckpoint(source, tail.start))) return null;
    tails.push(tail);
    end = tail.start;
  }
  if (tails.length < 2) return null;
  const known = new Set(tails.flatMap((tail) => [tail.directory, tail.zip64]));
  for (const at of new Set(tails.flatMap((tail) => tail.absolute))) {
    budget.checkTime();
    if (at + 4 > source.size) continue;
    const signature = u32(await source.read(at, 4), 0);
    if ((signature === CENTRAL_SIGNATURE || signature === ZIP64_END_SIGNATURE) && !known.has(at)) return null;
  }
  return tails.toReversed().map(({ start, end }) => ({ start, end }));
}

async function tailOf(source: ByteSource, end: number): Promise<Tail | null> {
  const from = Math.max(0, end - TAIL);
  const bytes = (await source.read(from, end - from)).slice();
  const at = bytes.length - END_SIZE;
  if (at < 0 || u32(bytes, at) !== END_SIGNATURE || u16(bytes, at + 20) !== 0) return null;
  const locator = at - ZIP64_LOCATOR_SIZE;
  if (locator < 0 || u32(bytes, locator) !== ZIP64_LOCATOR_SIGNATURE) {
    return placed(source, end, from + at, u32(bytes, at + 12), u32(bytes, at + 16), null);
  }
  const record = locator - ZIP64_END_SIZE;
  if (record < 0 || u32(bytes, record) !== ZIP64_END_SIGNATURE) return null;
  const zip64 = { at: from + record, said: u64(bytes, locator + 8) };
  const tail = await placed(source, end, zip64.at, u64(bytes, record + 40), u64(bytes, record + 48), zip64);
  // Where the locator leads nowhere, PyTorch goes by the fields of the end record itself.
  return tail === null ? null : { ...tail, absolute: [...tail.absolute, u32(bytes, at + 16)] };
}

async function placed(
  source: ByteSource,
  end: number,
  directoryEnd: number,
  size: number,
  offset: number,
  zip64: { readonly at: number; readonly said: number } | null,
): Promise<Tail | null> {
  const directory = directoryEnd - size;
  const start = directory - offset;
  if (start < 0 || directory <= start || (zip64 !== null && zip64.said !== zip64.at - start)) return null;
  if (u32(await source.read(directory, 4), 0) !== CENTRAL_SIGNATURE) return null;
  const absolute = zip64 === null ? [offset] : [offset, zip64.said];
  return { start, end, directory, absolute, zip64: zip64?.at ?? null };
}

async function beginsAsCheckpoint(source: ByteSource, start: number): Promise<boolean> {
  const header = await source.read(start, LOCAL_SIZE + FIRST_RECORD.length);
  return (
    u32(header, 0) === LOCAL_SIGNATURE &&
    u16(header, 26) === FIRST_RECORD.length &&
    latin1(header, LOCAL_SIZE, LOCAL_SIZE + FIRST_RECORD.length) === FIRST_RECORD
  );
}
