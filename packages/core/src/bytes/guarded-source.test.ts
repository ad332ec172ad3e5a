import { expect, test, vi } from 'vitest';
import { InputError, LimitError, ReadError } from '../model/errors.js';
import { GuardedSource } from './guarded-source.js';
import { Interrupt } from './interrupt.js';
import { memorySource, type ByteSource } from './source.js';

const BYTES = Uint8Array.from({ length: 100 }, (_, i) => i);

/** A source of a caller that does not keep to the types. */
const answering = (answer: (offset: number, length: number) => unknown): GuardedSource =>
  new GuardedSource({ size: 100, read: answer as () => Uint8Array });

test('gives the bytes of the source, and asks for none behind its end', async () => {
  const read = vi.fn<ByteSource['read']>((offset, length) => BYTES.subarray(offset, offset + length));
  const source = answering(read);
  expect(source.read(10, 5)).toEqual(BYTES.subarray(10, 15));
  expect(source.read(98, 50)).toEqual(BYTES.subarray(98));
  expect(source.read(100, 1)).toHaveLength(0);
  expect(source.read(200, 1)).toHaveLength(0);
  expect(source.read(5, 0)).toHaveLength(0);
  expect(read.mock.calls).toEqual([
    [10, 5],
    [98, 2],
  ]);
  const later = answering(async (offset, length) => BYTES.subarray(offset, offset + length));
  expect(await later.read(10, 5)).toEqual(BYTES.subarray(10, 15));
});

test('bytes are counted', () => {
  let count = 0;
  const source = new GuardedSource(memorySource(BYTES), { onBytes: (bytes) => (count += bytes) });
  void source.read(0, 10);
  void source.read(95, 10);
  expect(count).toBe(15);
});

class Thenable {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  // eslint-disable-next-line unicorn/no-thenable -- what other libraries call a promise
  then(onDone: (value: unknown) => void): void {
    onDone(this.#value);
  }
}

const ANSWERS: readonly (readonly [string, (offset: number, length: number) => unknown, string])[] = [
  ['too little', () => BYTES.subarray(0, 3), '10 bytes were asked for, 3 came'],
  ['nothing', () => BYTES.subarray(0, 0), '10 bytes were asked for, 0 came'],
  ['too much', () => BYTES, '10 bytes were asked for, 100 came'],
  ['a text', () => 'ten bytes!', 'a read gave a string instead of a Uint8Array'],
  ['an ArrayBuffer', () => new ArrayBuffer(10), 'a read gave ArrayBuffer instead of a Uint8Array'],
  ['undefined', () => undefined, 'a read gave undefined instead of a Uint8Array'],
  ['an object without a class', () => Object.create(null) as unknown, 'a read gave an object instead of a Uint8Array'],
];

test.each(ANSWERS)(
  'an answer that is %s is a ReadError at its offset, at once or later',
  async (_what, answer, said) => {
    expect(() => answering(answer).read(7, 10)).toThrow(new ReadError(said, 7));
    await expect(answering(async () => answer(7, 10)).read(7, 10)).rejects.toThrow(new ReadError(said, 7));
    // A promise of another realm or library is one too.
    await expect(answering(() => new Thenable(answer(7, 10))).read(7, 10)).rejects.toThrow(new ReadError(said, 7));
  },
);

test('what a read throws is a ReadError with its words, and told', async () => {
  const faults: InputError[] = [];
  const throwing = (error: unknown) => (): never => {
    throw error;
  };
  const guarded = (read: () => never | Promise<never>) =>
    new GuardedSource({ size: 100, read }, { onFault: (error) => faults.push(error) });
  expect(() => guarded(throwing(new Error('ECONNRESET'))).read(7, 1)).toThrow(
    new ReadError('cannot be read: ECONNRESET', 7),
  );
  expect(() => guarded(throwing(null)).read(7, 1)).toThrow(new ReadError('cannot be read: null', 7));
  await expect(guarded(() => Promise.reject(new Error('503'))).read(8, 1)).rejects.toThrow(ReadError);
  expect(faults.map(({ offset }) => offset)).toEqual([7, 7, 8]);
  // Errors that the analysis knows are left as they are.
  const own = new InputError('bad sector', 3);
  expect(() => guarded(throwing(own)).read(0, 1)).toThrow(own);
  const limit = new LimitError('depth', 'too deep');
  expect(() => guarded(throwing(limit)).read(0, 1)).toThrow(limit);
  expect(faults).toHaveLength(4);
});

test('a read that is never answered ends with the signal', async () => {
  const controller = new AbortController();
  const interrupt = new Interrupt(controller.signal, () => 0);
  const source = new GuardedSource({ size: 100, read: () => new Promise<never>(() => undefined) }, { interrupt });
  const reason = new Error('enough');
  const reading = source.read(0, 10);
  controller.abort(reason);
  await expect(reading).rejects.toBe(reason);
  expect(() => source.read(0, 10)).toThrow(reason);
});

test('a source that can be aborted lets the event loop have a turn, and is not read at once', async () => {
  let time = 0;
  const interrupt = new Interrupt(new AbortController().signal, () => time);
  const source = new GuardedSource(memorySource(BYTES), { interrupt });
  expect(source.immediate).toBeUndefined();
  let turns = 0;
  setTimeout(() => (turns += 1), 0);
  expect(source.read(0, 1)).toBeInstanceOf(Uint8Array);
  time = 1000;
  expect(await source.read(0, 1)).toEqual(BYTES.subarray(0, 1));
  expect(turns).toBe(1);
  expect(source.read(0, 1)).toBeInstanceOf(Uint8Array);
});
