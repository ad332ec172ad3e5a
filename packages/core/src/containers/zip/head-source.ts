import type { ByteSource } from '../../bytes/source.js';
import { HEAD_BYTES } from '../../model/format.js';
import type { CentralRecord } from './directory.js';
import { METHOD_STORED } from './facts.js';

/** Members whose heads are kept (CWE-770): 2 MB. Of those beyond, they are read once more. */
const MAX_HEADS = 4096;
/** Smaller members are read whole, for their checksum. */
const LARGE_BYTES = 64 * 1024;

/** A member of which the beginning is read, and mostly nothing else. */
export function hasHead({ method, compressed }: CentralRecord): boolean {
  return method === METHOD_STORED && compressed > LARGE_BYTES;
}

/**
 * An archive that remembers how its large members begin: they are read together with the local header before them, which
 * takes one read for a tensor in the place of two.
 */
export class HeadSource implements ByteSource {
  readonly #source: ByteSource;
  readonly #heads = new Map<number, Uint8Array>();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get size(): number {
    return this.#source.size;
  }

  get immediate(): boolean | undefined {
    return this.#source.immediate;
  }

  keep(offset: number, head: Uint8Array | null): void {
    if (head !== null && this.#heads.size < MAX_HEADS) this.#heads.set(offset, head);
  }

  read(offset: number, length: number): Uint8Array | Promise<Uint8Array> {
    const head = length <= HEAD_BYTES ? this.#heads.get(offset) : undefined;
    return head === undefined ? this.#source.read(offset, length) : head.subarray(0, length);
  }
}
