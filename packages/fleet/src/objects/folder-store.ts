import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { RefusedError } from '../model/errors.js';
import type { ObjectStore } from '../model/ports.js';

const HASH = /^[0-9a-f]{64}$/;

/** Objects in a folder, by hash: `ab/ab12…`. Names from outside are part of no path. */
export class FolderStore implements ObjectStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async put(body: Readable, most: number): Promise<{ readonly sha256: string; readonly size: number }> {
    const incoming = join(this.#root, 'incoming');
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    const temporary = join(incoming, randomUUID());
    try {
      const written = await this.#write(temporary, body, most);
      const target = this.pathOf(written.sha256);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await rename(temporary, target);
      await syncFolder(dirname(target));
      return written;
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async get(sha256: string): Promise<Readable | null> {
    try {
      const file = await open(this.pathOf(sha256), 'r');
      return file.createReadStream({ autoClose: true });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  /** Where it lies, or would lie. */
  pathOf(sha256: string): string {
    if (!HASH.test(sha256)) throw new Error('not a SHA-256');
    return join(this.#root, sha256.slice(0, 2), sha256);
  }

  async #write(
    path: string,
    body: Readable,
    most: number,
  ): Promise<{ readonly sha256: string; readonly size: number }> {
    const file = await open(path, 'wx', 0o600);
    const hash = createHash('sha256');
    let size = 0;
    try {
      for await (const chunk of body) {
        const bytes = chunk as Buffer;
        size += bytes.length;
        if (size > most) throw tooLarge(most);
        hash.update(bytes);
        await file.writeFile(bytes);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { sha256: hash.digest('hex'), size };
  }
}

export function tooLarge(most: number): RefusedError {
  return new RefusedError(413, 'too-large', `it has more than ${most} bytes`);
}

/** The name is on the disk as well. Systems that cannot sync a folder do it on their own. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
