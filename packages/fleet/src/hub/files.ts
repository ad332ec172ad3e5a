import { PassThrough, type Readable } from 'node:stream';
import { hubName } from '@artifact-sentinel/sources';
import type { Pool, Queries } from '../database/pool.js';
import { MAX_REMEMBERED, WHOLE_BYTES } from '../limits.js';
import type { FleetEvent } from '../model/ports.js';
import type { Copies, Copy } from './copies.js';
import type { Allowed } from './decision.js';
import { ChangedError, downloadChecked, type Judged } from './download.js';
import { readRange, type Span } from './ranges.js';
import { Refusal } from './refusal.js';
import { Remembered } from './remembered.js';
import { filesAt, markChanged } from './rows.js';
import { isRecord, type Pinned, type Upstream } from './upstream.js';

export interface FilesOptions {
  readonly pool: Pool;
  readonly upstream: Upstream;
  readonly copies: Copies;
  /** Address of the dashboard, without a slash at its end. */
  readonly publicUrl: string;
  readonly emit: (db: Queries, events: readonly FleetEvent[]) => Promise<void>;
}

export interface FileAnswer {
  readonly status: 200 | 206 | 416;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for none. */
  readonly body: Readable | null;
}

interface FileRequest {
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

interface Found extends Judged {
  readonly artifact: string;
  readonly intake: string;
}

/** Files behind LFS are above this size, unless a repository says otherwise. */
const LFS_BYTES = 10 * 1000 * 1000;

/** Files of revisions that are served. No byte leaves unless all bytes of its file are those that were analysed. */
export class Files {
  readonly #options: FilesOptions;
  /** Whether a file is behind LFS, by repository, commit and path. */
  readonly #lfs = new Remembered<boolean>(MAX_REMEMBERED, Infinity);

  constructor(options: FilesOptions) {
    this.#options = options;
  }

  /** What a listing said of a file. */
  note(pinned: Pinned, path: string, isLfs: boolean): void {
    this.#lfs.set(hubName(pinned, pinned.commit, path), isLfs);
  }

  async answer(pinned: Pinned, allowed: Allowed, request: FileRequest, signal: AbortSignal): Promise<FileAnswer> {
    const file = await this.#found(pinned, allowed, request.path);
    const etag = `"${await this.#etag(pinned, file, signal)}"`;
    const { size } = file;
    const headers: Record<string, string> = {
      'x-repo-commit': pinned.commit,
      etag,
      'x-linked-etag': etag,
      'x-linked-size': String(size),
      'accept-ranges': 'bytes',
      ...dispositionOf(file.path),
    };
    const isOther = request.ifRange !== undefined && request.ifRange !== etag;
    const span = request.method === 'HEAD' || isOther ? null : readRange(request.range, size);
    if (span === 'none')
      return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` }, body: null };
    if (request.method === 'HEAD')
      return { status: 200, headers: { ...headers, 'content-length': String(size) }, body: null };
    const isWhole = span === null || (span.start === 0 && span.end === size);
    if (size <= WHOLE_BYTES || (!isWhole && this.#isOfCopy(file, span)))
      return this.#fromCopy(pinned, file, isWhole ? null : span, headers, signal);
    return {
      status: 200,
      headers: { ...headers, 'content-length': String(size) },
      body: this.#through(pinned, file, signal),
    };
  }

  async #found(pinned: Pinned, { intake, states }: Allowed, path: string): Promise<Found> {
    const name = hubName(pinned, pinned.commit, path);
    const row = (await filesAt(this.#options.pool, intake, [path])).get(path);
    if (row === undefined) throw new Refusal(404, 'EntryNotFound', `${name} does not exist`);
    const { id, size, sha256, state } = row;
    if (!states.has(state) || size === null || sha256 === null) {
      const page = `${this.#options.publicUrl}/#/artifacts/${id}`;
      throw new Refusal(403, 'GatedRepo', `Sentinel refuses ${name}: it is ${state}. See ${page}`);
    }
    return { path, size, sha256, artifact: id, intake };
  }

  /** As on the Hub, so that caches which were filled there fit: SHA-256 behind LFS, else git's name of the bytes. Both are computed here. */
  async #etag(pinned: Pinned, file: Found, signal: AbortSignal): Promise<string> {
    if (file.size > WHOLE_BYTES || (await this.#isLfs(pinned, file, signal))) return file.sha256;
    const known = this.#options.copies.gitOid(file.sha256);
    if (known !== undefined) return known;
    const { gitOid, handle } = await this.#copy(pinned, file, signal);
    await handle.close();
    return gitOid;
  }

  async #isLfs(pinned: Pinned, { path, size }: Found, signal: AbortSignal): Promise<boolean> {
    const key = hubName(pinned, pinned.commit, path);
    const known = this.#lfs.get(key);
    if (known !== undefined) return known;
    const found = await this.#options.upstream.pathsInfo(pinned, [path], false, signal);
    const [entry] = Array.isArray(found) ? (found as readonly unknown[]) : [];
    const isLfs = isRecord(entry) && entry['path'] === path ? isRecord(entry['lfs']) : size > LFS_BYTES;
    this.#lfs.set(key, isLfs);
    return isLfs;
  }

  /** Whether a part of a large file is answered from a copy of all of it. */
  #isOfCopy(file: Found, span: Span | null): boolean {
    // A download that goes on is begun anew: clients take a 200 for that (huggingface_hub: http_get). The bytes that the client
    // has were passed on before all of them were checked, and no client checks what it puts together.
    if (span?.isOpen === true) return false;
    if (this.#options.copies.takes(file.size)) return true;
    throw new Refusal(
      403,
      'GatedRepo',
      `Sentinel serves no part of ${file.path}: only all of its ${file.size} bytes can be checked, and there is no room for a copy. Download the whole file (HF_HUB_ENABLE_HF_TRANSFER=0)`,
    );
  }

  async #fromCopy(
    pinned: Pinned,
    file: Found,
    span: Span | null,
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<FileAnswer> {
    const { handle } = await this.#copy(pinned, file, signal);
    const { size } = file;
    const { start, end } = span ?? { start: 0, end: size };
    const length = { ...headers, 'content-length': String(end - start) };
    if (size === 0) {
      await handle.close();
      return { status: 200, headers: length, body: null };
    }
    const body = handle.createReadStream({ start, end: end - 1, autoClose: true });
    if (span === null) return { status: 200, headers: length, body };
    return { status: 206, headers: { ...length, 'content-range': `bytes ${start}-${end - 1}/${size}` }, body };
  }

  /** `signal` is that of one client: a copy that others wait for too is finished for them. */
  async #copy(pinned: Pinned, file: Found, signal: AbortSignal): Promise<Copy> {
    signal.throwIfAborted();
    const { upstream, copies } = this.#options;
    const own = new AbortController();
    try {
      return await copies.of(file, (take) => downloadChecked(upstream, pinned, file, own.signal, take));
    } catch (error) {
      throw await this.#failed(pinned, file, error);
    }
  }

  /** Straight through, but for the last bytes: they go once the hash of all agrees. Otherwise the connection breaks before its end. */
  #through(pinned: Pinned, file: Found, signal: AbortSignal): Readable {
    const out = new PassThrough({ highWaterMark: 2 ** 18 });
    const own = new AbortController();
    const ended = AbortSignal.any([own.signal, signal]);
    out.once('close', () => own.abort());
    let held: Uint8Array | null = null;
    const write = async (chunk: Uint8Array): Promise<void> => {
      if (out.destroyed) throw new Error('the client went away');
      if (out.write(chunk)) return;
      await new Promise<void>((resolve) => {
        const done = (): void => {
          out.off('drain', done);
          out.off('close', done);
          resolve();
        };
        out.on('drain', done);
        out.on('close', done);
      });
    };
    const pass = async (): Promise<void> => {
      await downloadChecked(this.#options.upstream, pinned, file, ended, async (chunk) => {
        if (held !== null) await write(held);
        held = chunk;
      });
      if (held !== null) await write(held);
      out.end();
    };
    pass().catch(async (error: unknown) => {
      const failed = await this.#failed(pinned, file, error).catch((inner: unknown) => inner);
      out.destroy(failed instanceof Error ? failed : new Error(String(failed)));
    });
    return out;
  }

  /** Notes bytes that are others than those that were analysed, and says so. */
  async #failed(pinned: Pinned, { artifact, intake, path, sha256, size }: Found, error: unknown): Promise<unknown> {
    if (!(error instanceof ChangedError)) return error;
    const name = hubName(pinned, pinned.commit, path);
    const reason = `the Hub gave other bytes to the gate: ${error.message}`;
    const { pool, emit } = this.#options;
    await markChanged(pool, { intake, artifact, reason, detail: { name, sha256, size } }, (db, followed) =>
      emit(db, [
        { kind: 'artifact.state', artifact, state: 'rejected' },
        ...followed.map(({ intake: id, verdict }) => ({ kind: 'intake.done' as const, intake: id, verdict })),
      ]),
    );
    const page = `${this.#options.publicUrl}/#/artifacts/${artifact}`;
    return new Refusal(403, 'GatedRepo', `Sentinel refuses ${name}: ${reason}. See ${page}`);
  }
}

/** Nothing of these files is ever shown by a browser in the name of the dashboard's origin. */
function dispositionOf(path: string): Readonly<Record<string, string>> {
  const name = (path.split('/').at(-1) ?? '').replace(/[^\w.-]/g, '_').slice(0, 200);
  return {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}";`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  };
}
