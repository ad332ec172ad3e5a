import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError, UsageError } from '@artifact-sentinel/core/internal';
import type { Writable } from 'node:stream';
import type { GateRule } from '../model/rules.js';

/** Bytes of one read while a file is sent on: what a socket takes at once. */
const SENT_BYTES = 64 * 1024;
/** A body that goes on for longer than others may has to come so fast at least, bytes in a second (CWE-400). */
export const SLOWEST_BYTES = 64 * 1024;

export interface SpoolOptions {
  readonly limit: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

export type SpoolEnd =
  | { readonly kind: 'file'; readonly file: SpoolFile }
  | { readonly kind: 'failed'; readonly rule: GateRule; readonly signal: string; readonly detail: string };

type Failure = Extract<SpoolEnd, { kind: 'failed' }>;

/**
 * Where large bodies lie until their verdict: files of the proxy alone, without a name as soon as they are open, so that
 * nothing is left of them even after a crash (CWE-377, CWE-459). One bound for all of them (CWE-770).
 */
export class SpoolArea {
  readonly #most: number;
  readonly #parent: string;
  #folder: string | null = null;
  bytes = 0;

  constructor(most: number, parent: string | null) {
    this.#most = most;
    this.#parent = parent ?? tmpdir();
  }

  /** Makes the folder, so that one that cannot be written to is known before the first body. Throws UsageError. */
  prepare(): void {
    try {
      this.#folder ??= this.#newFolder();
    } catch (error) {
      if (!isDiskFault(error)) throw error;
      throw new UsageError(`spool_folder: ${this.#parent} cannot be written to (${String(error.code)})`);
    }
  }

  /** The rest of a body behind `head`, to its end or its limit. */
  async fill(request: IncomingMessage, head: Buffer, options: SpoolOptions): Promise<SpoolEnd> {
    let file: SpoolFile;
    try {
      file = new SpoolFile(await this.#open(), this);
    } catch (error) {
      return diskFault(error);
    }
    let isWhole = false;
    try {
      const failure = await copy(request, head, file, options);
      isWhole = failure === null;
      return failure ?? { kind: 'file', file };
    } finally {
      if (!isWhole) await file.close();
    }
  }

  take(bytes: number): boolean {
    if (this.bytes + bytes > this.#most) return false;
    this.bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.bytes -= bytes;
  }

  async #open(): Promise<FileHandle> {
    this.#folder ??= this.#newFolder();
    let path = join(this.#folder, randomUUID());
    let handle: FileHandle;
    try {
      handle = await open(path, 'wx+', 0o600);
    } catch (error) {
      // Who cleans up behind programs takes folders that look empty for long: as those of files without a name do.
      if (!isDiskFault(error) || error.code !== 'ENOENT') throw error;
      this.#folder = this.#newFolder();
      path = join(this.#folder, randomUUID());
      handle = await open(path, 'wx+', 0o600);
    }
    try {
      await unlink(path);
    } catch (error) {
      // Where open files cannot lose their name, the folder goes with all of them when the gate ends.
      if (!isDiskFault(error)) throw error;
    }
    return handle;
  }

  /** For this process alone (0700), by a name that nobody can know before. */
  #newFolder(): string {
    return mkdtempSync(join(this.#parent, 'sentinel-gate-'));
  }

  close(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}

/** One body on disk. */
export class SpoolFile {
  readonly #handle: FileHandle;
  readonly #area: SpoolArea;
  readonly #hash = createHash('sha256');
  #sha256: string | null = null;
  #closed = false;
  size = 0;

  constructor(handle: FileHandle, area: SpoolArea) {
    this.#handle = handle;
    this.#area = area;
  }

  get sha256(): string {
    this.#sha256 ??= this.#hash.digest('hex');
    return this.#sha256;
  }

  /** False where there is no room for it. */
  async append(bytes: Buffer): Promise<boolean> {
    if (!this.#area.take(bytes.length)) return false;
    const at = this.size;
    this.size += bytes.length;
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
    return true;
  }

  /** As many bytes as were asked for: fewer only at the end. */
  async read(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, this.size - offset)));
    for (let done = 0; done < buffer.length;) {
      const { bytesRead } = await this.#handle.read(buffer, done, buffer.length - done, offset + done);
      if (bytesRead === 0) throw new InputError('a spooled body is shorter than it was', offset + done);
      done += bytesRead;
    }
    return buffer;
  }

  /** Writes all of it, as fast as the other side takes it, and ends; stops where the other side is gone. */
  async sendTo(out: Writable): Promise<void> {
    for (let at = 0; at < this.size && !out.destroyed && !this.#closed;) {
      const bytes = await this.read(at, SENT_BYTES);
      at += bytes.length;
      if (!out.destroyed && !out.write(bytes)) await drained(out);
    }
    if (!out.destroyed) out.end();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#area.give(this.size);
    await this.#handle.close();
  }
}

/** Resolves where it takes more, or takes nothing any more. */
export function drained(out: Writable): Promise<void> {
  if (out.destroyed || !out.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      out.off('drain', done);
      out.off('close', done);
      resolve();
    };
    out.on('drain', done);
    out.on('close', done);
  });
}

/** Null where all of the body is in the file. */
async function copy(
  request: IncomingMessage,
  head: Buffer,
  file: SpoolFile,
  { limit, idleMs, totalMs }: SpoolOptions,
): Promise<Failure | null> {
  const start = performance.now();
  const full = failed('GATE-BUSY', 'spool', 'too many large bodies are being held');
  try {
    if (!(await file.append(head))) return full;
    for (;;) {
      const chunk = await nextChunk(request, idleMs);
      if (chunk === 'slow') return failed('GATE-SLOW', 'body', 'the body took too long to arrive');
      if (chunk === 'gone') return failed('GATE-ABORTED', 'aborted', 'the client left before the body was complete');
      if (chunk === null) return null;
      if (file.size + chunk.length > limit) return failed('GATE-SIZE', 'body', `a body of more than ${limit} bytes`);
      if (!(await file.append(chunk))) return full;
      if (performance.now() - start > totalMs + (file.size / SLOWEST_BYTES) * 1_000)
        return failed('GATE-SLOW', 'body', 'the body took too long to arrive');
    }
  } catch (error) {
    return diskFault(error);
  }
}

/** What comes next; null at the end. Nothing is read from the socket while nobody asks. */
export function nextChunk(request: IncomingMessage, idleMs: number): Promise<Buffer | null | 'slow' | 'gone'> {
  return new Promise((resolve) => {
    const settle = (result: Buffer | null | 'slow' | 'gone'): void => {
      clearTimeout(timer);
      request.off('readable', look);
      request.off('end', onEnd);
      request.off('error', onGone);
      request.off('close', onGone);
      resolve(result);
    };
    const onEnd = (): void => settle(null);
    const onGone = (): void => settle(request.complete && request.readableEnded ? null : 'gone');
    const look = (): void => {
      const chunk: unknown = request.read();
      if (chunk instanceof Buffer) settle(chunk);
    };
    const timer = setTimeout(() => settle('slow'), idleMs);
    if (request.readableEnded) {
      settle(null);
      return;
    }
    if (request.destroyed) {
      settle('gone');
      return;
    }
    request.on('readable', look);
    request.on('end', onEnd);
    request.on('error', onGone);
    request.on('close', onGone);
    look();
  });
}

function failed(rule: GateRule, signal: string, detail: string): Failure {
  return { kind: 'failed', rule, signal, detail };
}

function isDiskFault(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

function diskFault(error: unknown): Failure {
  if (!isDiskFault(error)) throw error;
  return failed('GATE-BUSY', 'spool', 'a large body cannot be held: the disk does not take it');
}
