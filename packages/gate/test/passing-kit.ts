import { Ahead } from '../src/inspect/feed.ts';
import { inspectRequest } from '../src/inspect/walker.ts';
import { DEFAULT_INSPECTION_LIMITS } from '../src/model/limits.ts';
import type { Refusal } from '../src/model/rules.ts';
import { ANY_ROUTE } from './inspect-kit.ts';

export const PICKLE = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
export const PICKLE4 = Buffer.from('\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.', 'latin1');

/** Bytes as tensors have them, by a generator that is the same everywhere. */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  const words = new Int32Array(Math.floor(length / 4));
  let state = seed;
  for (let at = 0; at < words.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    words[at] = state ^ (state >>> 15);
  }
  Buffer.from(words.buffer).copy(bytes);
  return bytes;
}

/** What most bodies begin with: made once. */
const BEGINNING = noise(4 * 2 ** 20);

export function placed(pickle: Buffer, at: number, length: number): Buffer {
  const body = length > BEGINNING.length ? noise(length) : Buffer.from(BEGINNING.subarray(0, length));
  pickle.copy(body, at);
  return body;
}

export interface Passed {
  readonly refusal: Refusal | null;
  /** What had gone on when it was decided. */
  readonly settled: number;
  /** Most bytes that were at hand at a time. */
  readonly held: number;
}

/** The answer for a body that comes in pieces of these sizes, again and again. */
export async function passed(
  body: Buffer,
  contentType: string,
  sizes: readonly number[] = [65_536],
  more: { readonly infer?: number; readonly declared?: boolean; readonly coding?: string } = {},
): Promise<Passed> {
  let step = 0;
  let settled = 0;
  let held = 0;
  const feed = new Ahead(more.declared === true ? body.length : 2 ** 31, async (offset, length, clean) => {
    settled = clean;
    const size = Math.min(length, sizes[step % sizes.length] ?? 1);
    step += 1;
    const piece = body.subarray(offset, offset + size);
    held = Math.max(held, offset + piece.length - clean);
    return piece;
  });
  const infer = more.infer === undefined ? null : String(more.infer);
  const { refusal } = await inspectRequest(
    {
      route: 'any',
      contentType,
      contentEncoding: more.coding ?? null,
      inferHeaderLength: infer,
      query: '',
      body: Buffer.alloc(0),
    },
    { ...ANY_ROUTE, limits: DEFAULT_INSPECTION_LIMITS, ...(infer === null ? {} : { protocol: 'v2-infer' as const }) },
    null,
    feed,
  );
  return { refusal, settled: refusal === null ? body.length : settled, held };
}
