import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import type { Collected } from '@artifact-sentinel/core/internal';
import type { Queries, Transaction } from '../database/pool.js';
import { MAX_FACTS_BYTES } from '../limits.js';
import { shownUnder } from './readings.js';

export interface StoredFacts {
  readonly sha256: string;
  readonly reading: string;
  readonly analysis: string;
  /** JSON of a `Collected`, compressed with zlib. */
  readonly collected: Buffer;
}

interface FactsRow {
  readonly sha256: Buffer;
  readonly reading: string;
  readonly analysis: string;
  readonly collected: Buffer;
}

/** Null where there are none. `large`: they have more than `most` bytes, compressed, and were not fetched. */
export async function readFactsOf(
  db: Queries,
  { sha256, reading, analysis }: Pick<StoredFacts, 'sha256' | 'reading' | 'analysis'>,
  most: number,
): Promise<StoredFacts | 'large' | null> {
  const { rows } = await db.query<Omit<FactsRow, 'collected'> & { readonly collected: Buffer | null }>(
    `SELECT sha256, reading, analysis, CASE WHEN octet_length(collected) <= $4 THEN collected END AS collected
     FROM facts WHERE sha256 = $1 AND reading = $2 AND analysis = $3`,
    [Buffer.from(sha256, 'hex'), reading, analysis, most],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { collected } = row;
  return collected === null ? 'large' : stored({ ...row, collected });
}

function stored({ sha256, ...rest }: FactsRow): StoredFacts {
  return { sha256: sha256.toString('hex'), ...rest };
}

export interface NewFacts {
  readonly sha256: string;
  readonly size: number;
  readonly reading: string;
  readonly collected: Buffer;
  readonly inRepository: boolean;
  readonly durationMs: number;
}

/** Adds contents and facts. What is there stays: one analysis finds one thing in the same bytes. */
export async function insertFacts(
  transaction: Transaction,
  analysis: string,
  facts: readonly NewFacts[],
): Promise<void> {
  if (facts.length === 0) return;
  // In one order everywhere: two workers that add the same do not wait for each other in a circle.
  const sorted = facts.toSorted((a, b) => (a.sha256 + a.reading < b.sha256 + b.reading ? -1 : 1));
  await insertContents(transaction, sorted);
  await transaction.query(
    `INSERT INTO facts (sha256, reading, analysis, collected, duration_ms, in_repository)
     SELECT sha256, reading, $3, collected, duration_ms, in_repository
     FROM unnest($1::bytea[], $2::text[], $4::bytea[], $5::int[], $6::boolean[])
       AS row(sha256, reading, collected, duration_ms, in_repository)
     ON CONFLICT DO NOTHING`,
    [
      sorted.map(({ sha256 }) => Buffer.from(sha256, 'hex')),
      sorted.map(({ reading }) => reading),
      analysis,
      sorted.map(({ collected }) => collected),
      sorted.map(({ durationMs }) => Math.round(durationMs)),
      sorted.map(({ inRepository }) => inRepository),
    ],
  );
}

export async function insertContents(
  transaction: Queries,
  contents: readonly { readonly sha256: string; readonly size: number }[],
  isStored = false,
): Promise<void> {
  await transaction.query(
    `INSERT INTO contents (sha256, size, is_stored)
     SELECT DISTINCT ON (sha256) sha256, size, $3::boolean FROM unnest($1::bytea[], $2::bigint[]) AS row(sha256, size)
     ORDER BY sha256
     ON CONFLICT (sha256) DO ${isStored ? 'UPDATE SET is_stored = true WHERE NOT contents.is_stored' : 'NOTHING'}`,
    [contents.map(({ sha256 }) => Buffer.from(sha256, 'hex')), contents.map(({ size }) => size), isStored],
  );
}

const inflated = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);

/** Facts as of a file at `path`. */
export async function unpackFacts(facts: StoredFacts, path: string): Promise<Collected> {
  const json = await inflated(facts.collected, { maxOutputLength: MAX_FACTS_BYTES });
  return shownAt(json, facts, path);
}

/** The same; null where their JSON has more than `most` bytes. */
export async function unpackSmallFacts(facts: StoredFacts, path: string, most: number): Promise<Collected | null> {
  try {
    return shownAt(await inflated(facts.collected, { maxOutputLength: most }), facts, path);
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return null;
    throw error;
  }
}

function shownAt(json: Buffer, { sha256, reading }: StoredFacts, path: string): Collected {
  // Written by a worker of ours from a `Collected`, and by nobody else.
  return JSON.parse(shownUnder(json.toString('utf8'), sha256, reading, path)) as Collected;
}
