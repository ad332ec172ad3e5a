import { createHash, randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ReadError } from '@artifact-sentinel/core';
import type { ScanInput } from '@artifact-sentinel/core/internal';
import { SourceError } from '@artifact-sentinel/sources';
import { MAX_FILE_BYTES, READ_BYTES, SMALL_FILE_BYTES } from '../limits.js';
import type { BytesAt } from './messages.js';

/** Bytes that were read whole, hashed here. */
export interface Fetched {
  readonly sha256: string;
  readonly size: number;
  readonly at: BytesAt;
  /** The hash is that of these bytes; otherwise it is what the store has them under. */
  readonly isChecked: boolean;
  /** Removes them. */
  done(): Promise<void>;
}

/** Why bytes are not to be had, in words. */
export class BytesError extends Error {
  override readonly name = 'BytesError';
  /** Another try would end alike. */
  readonly isLasting: boolean;

  constructor(message: string, isLasting = false) {
    super(message);
    this.isLasting = isLasting;
  }
}

/**
 * Reads an open file of a source whole: small ones into memory, others into a temporary file. Closes it. Throws the SourceError
 * that ended a read, or a BytesError.
 */
export async function fetchInput(input: ScanInput, folder: string): Promise<Fetched> {
  const { source, size, problem } = input;
  try {
    if (source === null) throw new BytesError(problem?.reason ?? 'it cannot be opened', problem?.isLasting);
    if (size > MAX_FILE_BYTES) throw new BytesError(`it has more than ${MAX_FILE_BYTES} bytes`, true);
    return await fetched(slices(), size, folder);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    if (error.cause instanceof SourceError) throw error.cause;
    throw new BytesError(error.message);
  } finally {
    const changed = input.close?.() ?? null;
    // eslint-disable-next-line no-unsafe-finally -- bytes that changed while they were read are none
    if (changed !== null) throw new BytesError(changed);
  }
  async function* slices(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < size;) {
      const bytes = await source?.read(at, Math.min(READ_BYTES, size - at));
      if (bytes === undefined || bytes.length === 0) throw new BytesError('it ended before its size');
      at += bytes.length;
      yield bytes;
    }
  }
}

export async function fetchStream(stream: Readable, size: number, folder: string): Promise<Fetched> {
  return fetched(stream as AsyncIterable<Uint8Array>, size, folder);
}

/** The disk, the quota, or the largest file that the system allows. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String(error.code));
}

async function fetched(chunks: AsyncIterable<Uint8Array>, size: number, folder: string): Promise<Fetched> {
  const hash = createHash('sha256');
  if (size <= SMALL_FILE_BYTES) {
    const parts: Buffer[] = [];
    let got = 0;
    for await (const chunk of chunks) {
      got += chunk.length;
      if (got > size) throw new BytesError('it has more bytes than its size says');
      parts.push(Buffer.from(chunk));
    }
    const bytes = Buffer.concat(parts);
    return {
      sha256: hash.update(bytes).digest('hex'),
      size: bytes.length,
      at: { bytes },
      isChecked: true,
      done: () => Promise.resolve(),
    };
  }
  const path = join(folder, randomUUID());
  const file = await open(path, 'wx', 0o600);
  let written = 0;
  try {
    for await (const chunk of chunks) {
      written += chunk.length;
      if (written > size) throw new BytesError('it has more bytes than its size says');
      // A source lends its bytes until the next read.
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } catch (error) {
    await rm(path, { force: true });
    throw isFull(error) ? new BytesError('there is no room on the worker for its bytes') : error;
  } finally {
    await file.close();
  }
  return {
    sha256: hash.digest('hex'),
    size: written,
    at: { file: path },
    isChecked: true,
    done: () => rm(path, { force: true }),
  };
}
