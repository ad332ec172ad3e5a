import { createHash, randomUUID } from 'node:crypto';
import type { SourceEntry, SourceProblem } from '@artifact-sentinel/sources';
import { isStorable, storableText } from '../database/storable.js';
import { MAX_PATH_BYTES } from '../limits.js';
import { readingOf } from '../verdicts/readings.js';

/** A file of a listing as it is written down. */
export interface ListedRow {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly reading: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly state: 'received' | 'incomplete';
  readonly reason: string | null;
  /** What the object is opened again by, where its source lists that. */
  readonly listed: SourceEntry['listed'] | null;
}

/** What a source lists; what it says of a file that cannot be looked at is an incomplete one. */
export function listedRow(entry: SourceEntry | SourceProblem): ListedRow {
  const { name } = entry;
  if (entry.kind === 'problem') return incompleteRow(name, name, entry.reason);
  const { path, size, sha256 } = entry;
  const why = whyNoPath(path);
  if (why !== null) return incompleteRow(path, name, why);
  const known = { path, name, size, sha256, listed: entry.listed ?? null };
  return { id: randomUUID(), ...known, reading: readingOf(path), state: 'received', reason: null };
}

/** Why a path cannot stand in the tables, in words; null where it can. Under another one its file would not be found again. */
function whyNoPath(path: string): string | null {
  if (!isStorable(path)) return 'its name has characters that cannot be stored, and it was not read';
  if (Buffer.byteLength(path) > MAX_PATH_BYTES)
    return `its path has more than ${MAX_PATH_BYTES} bytes, and it was not read`;
  return null;
}

function incompleteRow(path: string, name: string, reason: string): ListedRow {
  const held = whyNoPath(path) === null ? path : heldPath(path);
  const reading = readingOf(held);
  return {
    id: randomUUID(),
    path: held,
    name: storableText(name),
    reading,
    size: null,
    sha256: null,
    state: 'incomplete',
    reason,
    listed: null,
  };
}

const SHOWN = 200;

/** The beginning of a path, and a digest of all of it: no two paths become one. */
function heldPath(path: string): string {
  const digest = createHash('sha256').update(path, 'utf16le').digest('hex').slice(0, 16);
  return `${storableText(path.slice(0, SHOWN))}~${digest}`;
}
