import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '@artifact-sentinel/core/internal';
import { isSystemError, systemReason } from '../system-error.js';
import { linesOf } from './lines.js';
import type { Item } from './list.js';
import type { Made, NewRecord } from './record.js';
import type { Shard } from './shard.js';

/** Where a record lies. */
interface Stored {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

const COPIED = 1 << 20;
/** Runs of one shard that end at the same time. */
const ATTEMPTS = 5;

/**
 * The records of one shard. Each run appends to a file of its own, a line a record, and a line before each scan; the last step
 * puts the records of all runs into one file, in the order of the list, and gives it its name. So a run that is ended loses
 * the source it was at, two runs of one shard at a time write no record twice, and who sees the file sees all of it.
 */
export class Journal {
  readonly #folder: string;
  readonly #name: string;
  readonly #made: string;
  readonly #done = new Map<string, Stored>();
  /** How many runs ended in the middle of a source. */
  readonly #lost = new Map<string, number>();
  readonly #own: string;
  #descriptor: number | null = null;
  #size = 0;

  private constructor(folder: string, shard: Shard, made: Made) {
    this.#folder = folder;
    this.#name = `shard-${shard.number}-of-${shard.of}`;
    this.#made = JSON.stringify(made);
    this.#own = join(folder, `.${this.#name}.${randomUUID()}.run`);
  }

  /** With what earlier runs have left in the folder. */
  static async open(folder: string, shard: Shard, made: Made): Promise<Journal> {
    const journal = new Journal(folder, shard, made);
    try {
      mkdirSync(folder, { recursive: true });
      await journal.#readAll();
    } catch (error) {
      throw asUsageError(folder, error);
    }
    return journal;
  }

  /** The file of all records. */
  get file(): string {
    return join(this.#folder, `${this.#name}.ndjson`);
  }

  isDone(id: string): boolean {
    return this.#done.has(id);
  }

  lostRuns(id: string): number {
    return this.#lost.get(id) ?? 0;
  }

  /** Before a scan: should the run end in the middle of it, the next one knows. */
  begin({ id }: Item): void {
    this.#append(JSON.stringify({ begun: id, made: this.#made }));
  }

  add(record: NewRecord): void {
    const offset = this.#size;
    const length = this.#append(oneLine(JSON.stringify(record)));
    this.#done.set(record.id, { file: this.#own, offset, length });
  }

  #append(line: string): number {
    try {
      this.#descriptor ??= openSync(this.#own, 'ax+', 0o666);
      const bytes = Buffer.from(`${line}\n`);
      for (let at = 0; at < bytes.length;) at += writeSync(this.#descriptor, bytes, at);
      this.#size += bytes.length;
      return bytes.length;
    } catch (error) {
      throw asUsageError(this.#folder, error);
    }
  }

  /** All records under their name. The files of the runs are removed. */
  async finish(items: readonly Item[]): Promise<void> {
    try {
      for (let attempts = 1; !this.#hasWritten(items, attempts); attempts += 1) await this.#readAll();
      for (const run of this.#runs()) removeIfPossible(run);
      if (this.#descriptor !== null) closeSync(this.#descriptor);
    } catch (error) {
      throw asUsageError(this.#folder, error);
    }
  }

  /** False where another run of the shard has finished meanwhile, and its file has what lay in those that are gone. */
  #hasWritten(items: readonly Item[], attempts: number): boolean {
    const temporary = join(this.#folder, `.${this.#name}.${randomUUID()}.tmp`);
    const target = openSync(temporary, 'wx', 0o666);
    const opened = new Map<string, number>();
    try {
      for (const { id } of items) {
        const stored = this.#done.get(id);
        // Every item was scanned before.
        if (stored === undefined) throw new Error(`no record of ${id}`);
        copy(this.#readerOf(stored.file, opened), stored, target);
      }
      fsyncSync(target);
      renameSync(temporary, this.file);
      return true;
    } catch (error) {
      if (attempts < ATTEMPTS && isSystemError(error) && error.code === 'ENOENT') return false;
      throw error;
    } finally {
      for (const reader of opened.values()) closeSync(reader);
      closeSync(target);
      rmSync(temporary, { force: true });
    }
  }

  #readerOf(file: string, opened: Map<string, number>): number {
    if (file === this.#own && this.#descriptor !== null) return this.#descriptor;
    const known = opened.get(file);
    if (known !== undefined) return known;
    const reader = openSync(file, 'r');
    opened.set(file, reader);
    return reader;
  }

  #runs(): string[] {
    return readdirSync(this.#folder)
      .filter((name) => name.startsWith(`.${this.#name}.`) && name.endsWith('.run'))
      .map((name) => join(this.#folder, name));
  }

  async #readAll(): Promise<void> {
    await this.#read(this.file, 'all');
    for (const run of this.#runs()) await this.#read(run, 'run');
  }

  async #read(file: string, kind: 'all' | 'run'): Promise<void> {
    let begun: string | null = null;
    try {
      for await (const { number, offset, bytes, isEnded } of linesOf(file)) {
        // A run that was ended, or goes on, may stand in the middle of a line.
        if (!isEnded && kind === 'run') break;
        const line = lineOf(bytes);
        if (line === null)
          throw new UsageError(`line ${number} of ${file} is no record of sentinel batch; use an empty folder`);
        if ('begun' in line) begun = line.made === this.#made ? line.begun : null;
        else {
          begun = null;
          const length = bytes.length + (isEnded ? 1 : 0);
          if (JSON.stringify(line.made) === this.#made && this.#done.get(line.id)?.file !== this.#own)
            this.#done.set(line.id, { file, offset, length });
        }
      }
    } catch (error) {
      // Another run of the same shard may have ended meanwhile.
      if (isSystemError(error) && error.code === 'ENOENT') return;
      throw error;
    }
    if (begun !== null && !this.#done.has(begun)) this.#lost.set(begun, this.lostRuns(begun) + 1);
  }
}

/** A system may keep a file that another run has open. */
function removeIfPossible(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** Readers that take these for the end of a line, such as str.splitlines of Python, see one line as well. */
const oneLine = (json: string): string =>
  json.replaceAll(/[\u0085\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);

function copy(reader: number, { offset, length }: Stored, target: number): void {
  const buffer = Buffer.allocUnsafe(Math.min(length, COPIED));
  for (let at = 0; at < length;) {
    const count = readSync(reader, buffer, 0, Math.min(buffer.length, length - at), offset + at);
    if (count === 0) throw new UsageError('the file of a run became shorter');
    for (let written = 0; written < count;) written += writeSync(target, buffer, written, count - written);
    at += count;
  }
}

type JournalLine = { readonly begun: string; readonly made: string } | { readonly id: string; readonly made: unknown };

function lineOf(bytes: Buffer): JournalLine | null {
  try {
    const value = JSON.parse(bytes.toString()) as Readonly<Record<string, unknown>> | null;
    if (value === null || typeof value !== 'object') return null;
    const { begun, made, id, recordVersion } = value;
    if (typeof begun === 'string' && typeof made === 'string') return { begun, made };
    return recordVersion === 1 && typeof id === 'string' ? { id, made } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function asUsageError(folder: string, error: unknown): unknown {
  return isSystemError(error) ? new UsageError(`cannot keep the records in ${folder}: ${systemReason(error)}`) : error;
}
