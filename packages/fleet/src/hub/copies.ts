import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Slots } from '@artifact-sentinel/sources';
import { MAX_COPYING, MAX_REMEMBERED } from '../limits.js';
import type { Judged } from './download.js';
import { Remembered } from './remembered.js';

/** A whole file whose SHA-256 was checked when it was written. */
export interface Copy {
  /** What git calls these bytes: the ETag of a file that is not behind LFS. */
  readonly gitOid: string;
  /** It can be read though the copy is removed meanwhile. The caller closes it. */
  readonly handle: FileHandle;
}

interface Entry {
  readonly size: number;
  readonly gitOid: string;
}

/** Passes on the bytes of a file, all of them checked when it resolves. */
export type Fill = (take: (chunk: Uint8Array) => Promise<void>) => Promise<void>;

/**
 * Checked copies in a folder of this process: what is answered from them needs no trust in the source. The folder never has more
 * than `most` bytes; those that were not asked for longest go first.
 */
export class Copies {
  readonly #folder: string;
  readonly #most: number;
  readonly #entries = new Map<string, Entry>();
  readonly #filling = new Map<string, Promise<Entry>>();
  readonly #oids = new Remembered<string>(MAX_REMEMBERED, Infinity);
  readonly #slots = new Slots(MAX_COPYING);
  #bytes = 0;

  private constructor(folder: string, most: number) {
    this.#folder = folder;
    this.#most = most;
  }

  /** Empties the folder: what an earlier process left may not be whole. */
  static async at(folder: string, most: number): Promise<Copies> {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new Copies(folder, most);
  }

  takes(size: number): boolean {
    return size <= this.#most;
  }

  /** What git calls these bytes, where they were seen since the process started. */
  gitOid(sha256: string): string | undefined {
    return this.#oids.get(sha256);
  }

  /** The copy of a file, made by `fill` where there is none. Several that ask at once share it. */
  async of(file: Judged, fill: Fill): Promise<Copy> {
    for (;;) {
      const { gitOid } = await this.#entry(file, fill);
      const handle = await open(this.#pathOf(file.sha256), 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      // Removed for another one in between.
      if (handle !== null) return { gitOid, handle };
    }
  }

  async #entry(file: Judged, fill: Fill): Promise<Entry> {
    const { sha256 } = file;
    const known = this.#entries.get(sha256);
    if (known !== undefined) {
      this.#entries.delete(sha256);
      this.#entries.set(sha256, known);
      return known;
    }
    const running = this.#filling.get(sha256);
    if (running !== undefined) return running;
    const filling = this.#fill(file, fill).finally(() => this.#filling.delete(sha256));
    this.#filling.set(sha256, filling);
    return filling;
  }

  async #fill({ sha256, size }: Judged, fill: Fill): Promise<Entry> {
    const release = await this.#slots.take('');
    const temporary = join(this.#folder, `${randomUUID()}.part`);
    this.#bytes += size;
    try {
      await this.#makeRoom();
      const git = createHash('sha1').update(`blob ${size}\0`);
      const file = await open(temporary, 'wx', 0o600);
      try {
        await fill(async (chunk) => {
          git.update(chunk);
          await file.writeFile(chunk);
        });
      } finally {
        await file.close();
      }
      await rename(temporary, this.#pathOf(sha256));
      const entry = { size, gitOid: git.digest('hex') };
      this.#entries.set(sha256, entry);
      this.#oids.set(sha256, entry.gitOid);
      return entry;
    } catch (error) {
      this.#bytes -= size;
      await rm(temporary, { force: true });
      throw error;
    } finally {
      release();
    }
  }

  async #makeRoom(): Promise<void> {
    for (const [sha256, { size }] of this.#entries) {
      if (this.#bytes <= this.#most) return;
      this.#entries.delete(sha256);
      this.#bytes -= size;
      await rm(this.#pathOf(sha256), { force: true });
    }
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, sha256);
  }
}
