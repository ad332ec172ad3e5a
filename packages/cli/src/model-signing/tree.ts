import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError } from '@artifact-sentinel/core/internal';
import { Refusal } from '../attest/dsse.js';
import { isSystemError, systemReason } from '../system-error.js';
import { SINGLE_FILE, type Manifest, type Resource } from './manifest.js';

/** Never signed: what version control keeps beside a model. */
const GIT = ['.git', '.gitattributes', '.github', '.gitignore'];
const CHUNK = 1024 * 1024;

export interface TreeOptions {
  /** Paths from the root of the model that are not compared, beside those of the signer and of git. */
  readonly ignored: readonly string[];
  readonly ignoresUnsigned: boolean;
  /** The bundle: it may lie in the model. */
  readonly bundle: string;
}

export interface CheckedTree {
  readonly files: number;
  readonly bytes: number;
  /** Paths that are there and that no signature covers. */
  readonly uncovered: readonly string[];
}

/** Paths below the model, in order of the walk. */
class Walk {
  readonly uncovered: string[] = [];
  readonly #root: string;
  readonly #manifest: Manifest;
  readonly #ignored: ReadonlySet<string>;
  readonly #bundle: string | null;

  constructor(root: string, manifest: Manifest, { ignored, bundle }: TreeOptions) {
    this.#root = root;
    this.#manifest = manifest;
    this.#ignored = new Set([...GIT, ...manifest.ignored, ...ignored].map((path) => path.replace(/\/$/, '')));
    this.#bundle = realOf(bundle);
  }

  /** Every file of the model by its path from the root. A link is followed only where the signer said so. */
  *files(): Generator<string> {
    // Each folder with those above it, by what they are: a link may lead back to one of them.
    const waiting: { path: string; above: readonly string[] }[] = [{ path: '', above: [] }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const full = join(this.#root, next.path);
      const self = this.#manifest.followsLinks ? realOf(full) : null;
      if (self !== null && next.above.includes(self))
        throw new Refusal(`${next.path} leads back to a folder that holds it`);
      const above = self === null ? [] : [...next.above, self];
      for (const name of namesIn(full)) {
        const path = next.path === '' ? name : `${next.path}/${name}`;
        const file = join(this.#root, path);
        if (this.#ignored.has(path)) {
          this.uncovered.push(path);
          continue;
        }
        const stats = this.#stats(path, file);
        if (stats.isDirectory()) waiting.push({ path, above });
        else if (!stats.isFile()) throw new Refusal(`${path} is neither a file nor a folder`);
        else if (this.#bundle === null || realOf(file) !== this.#bundle) yield path;
      }
    }
  }

  #stats(path: string, file: string): ReturnType<typeof statSync> & object {
    try {
      const stats = lstatSync(file);
      if (!stats.isSymbolicLink()) return stats;
      if (!this.#manifest.followsLinks) throw new Refusal(`${path} is a link, and the signer followed none`);
      return statSync(file);
    } catch (error) {
      if (isSystemError(error)) throw new Refusal(`${path} cannot be read: ${systemReason(error)}`);
      throw error;
    }
  }
}

function realOf(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}

/** Names of a folder. One that is no UTF-8 cannot have been signed: the manifest is JSON. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { encoding: 'buffer' }).map((name) => {
      if (!isUtf8(name)) throw new Refusal(`a name in ${folder} is no UTF-8, and cannot have been signed`);
      return name.toString('utf8');
    });
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot read the folder ${folder}: ${systemReason(error)}`);
    throw error;
  }
}

/** Refuses a file whose parts are not those that were signed, to its last byte. Its size. */
function checkFile(path: string, file: string, parts: readonly Resource[], manifest: Manifest): number {
  const noFollow = manifest.followsLinks ? 0 : (constants.O_NOFOLLOW ?? 0);
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | noFollow);
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot read ${file}: ${systemReason(error)}`);
    throw error;
  }
  try {
    const { size, mtimeMs } = fstatSync(descriptor);
    if (!fstatSync(descriptor).isFile()) throw new Refusal(`${path} is no file`);
    const end = parts.at(-1)?.end ?? null;
    if (end !== null && end !== size) throw new Refusal(`${path} has ${size} bytes, and ${end} were signed`);
    const chunk = Buffer.allocUnsafeSlow(CHUNK);
    let at = 0;
    for (const part of parts) {
      const hash = createHash(manifest.hash);
      const stop = part.end ?? Number.MAX_SAFE_INTEGER;
      while (at < stop) {
        const got = readSync(descriptor, chunk, 0, Math.min(CHUNK, stop - at), at);
        if (got === 0) break;
        hash.update(chunk.subarray(0, got));
        at += got;
      }
      if (hash.digest('hex') !== part.digest) throw new Refusal(`${path} is not the file that was signed`);
    }
    const after = fstatSync(descriptor);
    if (at !== size || after.size !== size || after.mtimeMs !== mtimeMs)
      throw new UsageError(`${file} changed while it was hashed`);
    return size;
  } catch (error) {
    if (isSystemError(error)) throw new UsageError(`cannot read ${file}: ${systemReason(error)}`);
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** The name under which a model of one file was signed. */
function singleName(model: string, { files }: Manifest): string {
  const [name, more] = [...files.keys()];
  if (more !== undefined) throw new Refusal(`${model} is one file, and ${files.size} were signed`);
  if (name !== SINGLE_FILE && name !== basename(model))
    throw new Refusal(`${model} is called otherwise than the signed file, ${name ?? ''}`);
  return name;
}

/** Compares a model with its manifest: every signed file is there as it was, and nothing else is. */
export function checkTree(model: string, manifest: Manifest, options: TreeOptions): CheckedTree {
  const stats = statSync(model, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`${model}: no such file or folder`);
  const { files } = manifest;
  if (!stats.isDirectory()) {
    const parts = files.get(singleName(model, manifest)) ?? [];
    return { files: 1, bytes: checkFile(model, model, parts, { ...manifest, followsLinks: true }), uncovered: [] };
  }
  const walk = new Walk(model, manifest, options);
  const left = new Set(files.keys());
  const unsigned: string[] = [];
  let bytes = 0;
  for (const path of walk.files()) {
    const parts = files.get(path);
    if (parts !== undefined) {
      bytes += checkFile(path, join(model, path), parts, manifest);
      left.delete(path);
    } else if (manifest.shardSize === null || statSync(join(model, path)).size > 0) {
      // A file without bytes has no parts that could be signed.
      unsigned.push(path);
    } else walk.uncovered.push(path);
  }
  const [missing] = left;
  if (missing !== undefined) throw new Refusal(`${missing} was signed, and is not there${more(left.size)}`);
  const [extra] = unsigned;
  if (extra !== undefined && !options.ignoresUnsigned)
    throw new Refusal(
      `${extra} is there, and was not signed${more(unsigned.length)}; --ignore-unsigned-files takes it`,
    );
  return { files: files.size, bytes, uncovered: [...walk.uncovered, ...unsigned] };
}

const more = (count: number): string => (count === 1 ? '' : `, and ${count - 1} more`);
