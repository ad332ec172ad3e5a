import { randomUUID } from 'node:crypto';
import { createHash } from 'node:crypto';
import { pipeline, Readable, Transform } from 'node:stream';
import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { ObjectStore } from '../model/ports.js';
import { tooLarge } from './folder-store.js';

export interface S3StoreOptions {
  readonly bucket: string;
  /** Before each key, with its slash; empty for none. */
  readonly prefix: string;
  /** Of another server than Amazon's. */
  readonly endpoint: string | null;
  readonly region: string;
}

const HASH = /^[0-9a-f]{64}$/;
/** An object that is copied in one request is smaller than this. */
const COPY_BYTES = 5 * 2 ** 30;

/** Objects in an S3-compatible store. Credentials come as the client of AWS finds them: from the environment, files or the machine. */
export class S3Store implements ObjectStore {
  readonly #client: S3Client;
  readonly #options: S3StoreOptions;

  constructor(options: S3StoreOptions) {
    const { endpoint, region } = options;
    this.#options = options;
    this.#client = new S3Client({ region, ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }) });
  }

  async put(body: Readable, most: number): Promise<{ readonly sha256: string; readonly size: number }> {
    // The hash is known at the end: the bytes lie under another key until then.
    const incoming = `${this.#options.prefix}incoming/${randomUUID()}`;
    const hash = createHash('sha256');
    let size = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        size += chunk.length;
        hash.update(chunk);
        next(size > most ? tooLarge(most) : null, chunk);
      },
    });
    // Whatever ends the body before its end ends the upload, also a sender that goes without an error. What ended it is thrown below.
    pipeline(body, counted, () => undefined);
    const upload = new Upload({
      client: this.#client,
      params: { Bucket: this.#options.bucket, Key: incoming, Body: counted },
    });
    try {
      await upload.done();
      const sha256 = hash.digest('hex');
      await this.#rename(incoming, this.#key(sha256), size);
      return { sha256, size };
    } catch (error) {
      await upload.abort().catch(() => undefined);
      throw counted.errored ?? error;
    } finally {
      await this.#delete(incoming);
    }
  }

  async get(sha256: string): Promise<Readable | null> {
    return this.#read(this.#key(sha256));
  }

  async remove(sha256: string): Promise<void> {
    await this.#delete(this.#key(sha256));
  }

  async #rename(from: string, to: string, size: number): Promise<void> {
    const { bucket } = this.#options;
    if (size < COPY_BYTES) {
      await this.#client.send(new CopyObjectCommand({ Bucket: bucket, Key: to, CopySource: `${bucket}/${from}` }));
      return;
    }
    const Body = await this.#read(from);
    if (Body === null) throw new Error('an object that was just written is not there');
    await new Upload({ client: this.#client, params: { Bucket: bucket, Key: to, Body } }).done();
  }

  async #read(key: string): Promise<Readable | null> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#options.bucket, Key: key }));
      return Body instanceof Readable ? Body : null;
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchKey') return null;
      throw error;
    }
  }

  async #delete(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#options.bucket, Key: key }));
  }

  #key(sha256: string): string {
    if (!HASH.test(sha256)) throw new Error('not a SHA-256');
    return `${this.#options.prefix}${sha256.slice(0, 2)}/${sha256}`;
  }
}
