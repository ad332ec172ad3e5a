import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ByteSource } from '@artifact-sentinel/core';
import { UsageError, type ScanInput } from '@artifact-sentinel/core/internal';
import { identityOf, isSystemError, pathOf, systemReason } from '@artifact-sentinel/core/node/internal';
import { SourceError, type SourceEntry } from '@artifact-sentinel/sources';

/** One request. */
const CHUNK_BYTES = 8 * 1024 * 1024;

/** A file as it was downloaded, and not yet placed. */
export interface Downloaded {
  /** Within the source. */
  readonly path: string;
  /** As reports have it. */
  readonly name: string;
  /** In the quarantine. */
  readonly at: string;
  readonly size: number;
  readonly sha256: string;
  /** What the source claims, which is the same; null where it claims none. */
  readonly claimed: string | null;
  /** Of the very bytes that were hashed, see `ScanInput`. */
  readonly identity: string;
}

/**
 * A folder of its own beside the one that files are to be placed in, on the same file system. Files lie there under a hash of
 * what they are: no name of a stranger is a name there. What a run leaves behind is what the next one goes on with.
 */
export class Quarantine {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes it, or finds what an earlier run left. One run at a time has it. */
  static open(target: string): Quarantine {
    const full = resolve(target);
    const parent = dirname(full);
    try {
      mkdirSync(parent, { recursive: true });
      const isMount = existsSync(full) && statSync(full).dev !== statSync(parent).dev;
      const folder = join(isMount ? full : parent, `.${basename(full)}.sentinel-quarantine`);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (lstatSync(folder).isSymbolicLink()) throw new UsageError(`${folder}: it is a link, and has to be a folder`);
      chmodSync(folder, 0o700);
      const quarantine = new Quarantine(folder);
      quarantine.#claim();
      return quarantine;
    } catch (error) {
      if (isSystemError(error))
        throw new UsageError(`cannot make the quarantine beside ${target}: ${systemReason(error)}`);
      throw error;
    }
  }

  #claim(): void {
    const file = join(this.folder, 'process');
    if (existsSync(file)) {
      const pid = Number(readFileSync(file, 'utf8'));
      if (Number.isSafeInteger(pid) && pid > 0 && pid !== process.pid && isRunning(pid))
        throw new UsageError(`${this.folder}: another run (process ${pid}) is fetching into it`);
      rmSync(file);
    }
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  }

  /** Ends the run's hold on it; what is there stays. */
  leave(): void {
    rmSync(join(this.folder, 'process'), { force: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Downloads a file, going on where an earlier run ended if the source shows that it is the same state. Throws a
   * `SourceError`: also for bytes that are not those of the SHA-256 that the source claims.
   */
  async download(entry: SourceEntry, revision: string, signal: AbortSignal): Promise<Downloaded> {
    const { path, size, sha256 } = entry;
    const key = createHash('sha256')
      .update(JSON.stringify([revision, path, size, sha256]))
      .digest('hex');
    const at = join(this.folder, key);
    const first = await this.#attempt(entry, at, signal);
    if (isAsClaimed(first)) return first;
    rmSync(at, { force: true });
    // What an earlier run left may have been of something else.
    const second = first.resumed ? await this.#attempt(entry, at, signal) : first;
    if (isAsClaimed(second)) return second;
    rmSync(at, { force: true });
    throw new SourceError(
      'changed',
      `${entry.name}: its bytes have the SHA-256 ${second.sha256}, and the source says ${second.claimed}`,
    );
  }

  async #attempt(entry: SourceEntry, at: string, signal: AbortSignal): Promise<Attempt> {
    const input = await entry.open(signal);
    if (input.source === null)
      throw new SourceError('status', input.problem?.reason ?? `${entry.name}: it cannot be read`);
    try {
      return await this.#copy(entry, input, input.source, at);
    } finally {
      input.close?.();
    }
  }

  async #copy(entry: SourceEntry, input: ScanInput, source: ByteSource, at: string): Promise<Attempt> {
    const { size } = source;
    const head = await source.read(0, Math.min(size, 64 * 1024));
    const state = `${at}.state`;
    // The state is known once something is read. One that is made of name and size tells nothing.
    const { identity = null } = input;
    const stated = entry.sha256 ?? (identity?.startsWith(`${entry.name} `) === true ? null : identity);
    const isSame = stated !== null && existsSync(state) && readFileSync(state, 'utf8') === stated;
    if (stated === null) rmSync(state, { force: true });
    else writeFileSync(state, stated);
    const file = await open(at, isSame && existsSync(at) ? 'r+' : 'w+', 0o600);
    try {
      const hash = createHash('sha256');
      const start = isSame ? await hashThere(file, size, hash) : 0;
      for (let offset = start; offset < size;) {
        const end = Math.min(size, offset + CHUNK_BYTES);
        const bytes = end <= head.length ? head.subarray(offset, end) : await source.read(offset, end - offset);
        if (bytes.length !== end - offset) throw new SourceError('bad-answer', `${entry.name}: it ends early`);
        await file.write(bytes, 0, bytes.length, offset);
        hash.update(bytes);
        offset = end;
      }
      await file.truncate(size);
      await file.sync();
      const stats = await file.stat();
      return {
        path: entry.path,
        name: entry.name,
        at,
        size,
        sha256: hash.digest('hex'),
        // Some sources say it with the bytes only.
        claimed: entry.sha256 ?? input.claimedSha256 ?? null,
        identity: identityOf(stats),
        resumed: start > 0,
      };
    } finally {
      await file.close();
    }
  }
}

interface Attempt extends Downloaded {
  /** A part of it was there. */
  readonly resumed: boolean;
}

function isAsClaimed({ sha256, claimed }: Attempt): boolean {
  return claimed === null || sha256 === claimed;
}

/** Hashes what is there of a file, at most its size: where the next byte belongs. */
async function hashThere(file: FileHandle, size: number, hash: ReturnType<typeof createHash>): Promise<number> {
  const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
  let offset = 0;
  while (offset < size) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size - offset), offset);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    offset += bytesRead;
  }
  return offset;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (isSystemError(error)) return error.code === 'EPERM';
    throw error;
  }
}

/** Whether a downloaded file is still the one that was hashed. */
export function isUnchanged({ at, identity }: Downloaded): boolean {
  const stats = lstatSync(pathOf(at), { throwIfNoEntry: false });
  return stats?.isFile() === true && identityOf(stats) === identity;
}
