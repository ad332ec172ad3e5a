import type { InflateRaw } from 'node:zlib';
import type { Platform } from '@artifact-sentinel/core';
import type { Inflater, InflateStep } from '@artifact-sentinel/core/internal';

/** As the core's decoders give it. */
const CHUNK_BYTES = 256 * 1024;
/** Chunks that may wait: the native decoder works on in its own thread while the first of them is analysed. */
const CHUNKS_AHEAD = 4;
/** Streams of less input cost more to hand over than to decode here. */
const SMALLEST_INPUT = 32 * 1024;

const NOTHING: InflateStep = { output: new Uint8Array(0), consumed: 0, done: false };

/**
 * zlib as Node brings it, on its own thread. It says exactly how many bytes of the input it used up (`bytesWritten`);
 * of broken data it does not put out the last bytes before the fault, so that the portable engine reads it again.
 */
export const nativeInflate: Platform['inflate'] = (portable) => () => {
  let inflater: Inflater | null = null;
  return {
    push(input) {
      inflater ??= input.length < SMALLEST_INPUT ? portable() : new NativeInflater();
      return inflater.push(input);
    },
    close: () => inflater?.close?.(),
  };
};

class NativeInflater implements Inflater {
  readonly #stream: InflateRaw = process.getBuiltinModule('node:zlib').createInflateRaw({
    chunkSize: CHUNK_BYTES,
  });
  readonly #ready: Buffer[] = [];
  /** Idle: the next input is to be written. Used up: it was, and the caller does not know yet. */
  #input: 'idle' | 'written' | 'used up' = 'idle';
  /** Bytes used up before that input. */
  #before = 0;
  #ended = false;
  #room: Uint8Array = NOTHING.output;
  #error: NodeJS.ErrnoException | null = null;
  #wake: () => void = () => {};

  constructor() {
    this.#stream.on('data', (bytes: Buffer) => {
      if (this.#ready.push(bytes) >= CHUNKS_AHEAD) this.#stream.pause();
      this.#wake();
    });
    this.#stream.on('end', () => {
      this.#ended = true;
      this.#wake();
    });
    this.#stream.on('error', (error) => {
      this.#error = error;
      this.#wake();
    });
  }

  /** Says that the input is used up only when it is: until then the same input comes again, and is not written again. */
  async push(input: Uint8Array): Promise<InflateStep> {
    if (this.#input === 'idle' && !this.#ended && this.#error === null) this.#write(input);
    for (;;) {
      const output = this.#ready.shift();
      if (output !== undefined) {
        this.#stream.resume();
        return { output, consumed: 0, done: false };
      }
      if (this.#error !== null) {
        // The end was asked for and is not there: what more input could bring is the caller's to say.
        if (this.#error.code === 'Z_BUF_ERROR') return NOTHING;
        return { ...NOTHING, error: this.#error.message, unsure: true };
      }
      if (this.#ended) return { ...NOTHING, consumed: this.#stream.bytesWritten - this.#before, done: true };
      if (this.#input === 'used up') {
        this.#input = 'idle';
        const consumed = this.#stream.bytesWritten - this.#before;
        this.#before += consumed;
        return { ...NOTHING, consumed };
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #write(input: Uint8Array): void {
    this.#input = 'written';
    if (input.length === 0) {
      // Where the data end with the input, the end shows only when it is asked for.
      this.#stream.end();
      return;
    }
    // A copy: the caller's buffer is filled anew while the thread may still hold it. The thread has one at a time.
    if (this.#room.length < input.length) this.#room = new Uint8Array(input.length);
    this.#room.set(input);
    this.#stream.write(this.#room.subarray(0, input.length), () => {
      this.#input = 'used up';
      this.#wake();
    });
  }

  close(): void {
    this.#stream.destroy();
  }
}
