import type { Random } from '../../packages/core/test/random-pickle.js';

/** Numbers at which length and offset fields go wrong. */
const EDGES = [
  0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x1_0000, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff,
];
/** Largest input: small ones are quick, and every decoder shows its states within it. */
export const MOST_BYTES = 20 * 1024;

type Change = (
  bytes: Uint8Array,
  random: Random,
  others: readonly Uint8Array[],
  words: readonly Uint8Array[],
) => Uint8Array;

function spliced(bytes: Uint8Array, at: number, most: number, inserted: Uint8Array): Uint8Array {
  const removed = Math.min(most, bytes.length - at);
  const out = new Uint8Array(bytes.length - removed + inserted.length);
  out.set(bytes.subarray(0, at));
  out.set(inserted, at);
  out.set(bytes.subarray(at + removed), at + inserted.length);
  return out;
}

function number(random: Random): Uint8Array {
  const width = [1, 2, 4, 8][random(4)] ?? 1;
  const out = new Uint8Array(width);
  const value = EDGES[random(EDGES.length)] ?? 0;
  for (let i = 0; i < Math.min(width, 4); i += 1) out[i] = value >>> (8 * i);
  if (random(4) === 0) out.reverse();
  return out;
}

function repeated(part: Uint8Array, times: number): Uint8Array {
  const out = new Uint8Array(part.length * times);
  for (let i = 0; i < times; i += 1) out.set(part, i * part.length);
  return out;
}

const CHANGES: readonly Change[] = [
  (bytes, random) => {
    const at = random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    return bytes;
  },
  (bytes, random) => {
    bytes[random(bytes.length)] = random(256);
    return bytes;
  },
  (bytes, random) => {
    const value = number(random);
    const at = random(bytes.length);
    bytes.set(value.subarray(0, bytes.length - at), at);
    return bytes;
  },
  (bytes, random) => {
    // Lengths and counts lie near the beginning.
    const at = random(Math.min(64, bytes.length));
    bytes[at] = (bytes[at] ?? 0) + random(3) - 1;
    return bytes;
  },
  (bytes, random) =>
    spliced(
      bytes,
      random(bytes.length),
      0,
      Uint8Array.from({ length: 1 + random(8) }, () => random(256)),
    ),
  (bytes, random) => {
    const at = random(bytes.length);
    return spliced(bytes, at, 1 + random(16), new Uint8Array(0));
  },
  (bytes, random) => {
    const at = random(bytes.length);
    return spliced(bytes, random(bytes.length), 0, bytes.slice(at, at + 1 + random(64)));
  },
  (bytes, random) => bytes.slice(0, random(bytes.length)),
  (bytes, random, others) => {
    const other = others[random(others.length)] ?? bytes;
    const at = random(other.length);
    return spliced(bytes, random(bytes.length), 0, other.subarray(at, at + 1 + random(200)));
  },
  (bytes, random, others) => {
    const other = others[random(others.length)] ?? bytes;
    return spliced(
      bytes,
      random(bytes.length),
      0,
      other.length + bytes.length < MOST_BYTES ? other : new Uint8Array(0),
    );
  },
  (bytes, random, _others, words) => {
    const word = words[random(words.length)];
    return word === undefined ? bytes : spliced(bytes, random(bytes.length), random(2) * word.length, word);
  },
  (bytes, random, _others, words) => {
    // Nesting and counts: the same few bytes again and again.
    const at = random(bytes.length);
    const word = random(2) === 0 ? words[random(words.length)] : undefined;
    const part = word ?? bytes.slice(at, at + 1 + random(12));
    const times = 2 + random(random(8) === 0 ? 4000 : 40);
    return spliced(bytes, at, 0, repeated(part, Math.min(times, Math.floor(MOST_BYTES / part.length))));
  },
];

/** A seed; of two the smaller one, so that most inputs are quick. */
function chosen(random: Random, seeds: readonly Uint8Array[]): Uint8Array {
  const one = seeds[random(seeds.length)] ?? new Uint8Array(1);
  const two = seeds[random(seeds.length)] ?? one;
  return one.length < two.length ? one : two;
}

/** A changed copy of a seed: one change most of the time, sometimes many. */
export function mutated(random: Random, seeds: readonly Uint8Array[], words: readonly Uint8Array[]): Uint8Array {
  let bytes: Uint8Array = chosen(random, seeds).slice(0, MOST_BYTES);
  const changes = 1 + (random(3) === 0 ? random(12) : random(3));
  for (let i = 0; i < changes && bytes.length > 0; i += 1) {
    bytes = CHANGES[random(CHANGES.length)]?.(bytes, random, seeds, words) ?? bytes;
    if (bytes.length > MOST_BYTES) bytes = bytes.slice(0, MOST_BYTES);
  }
  return bytes;
}

/** Any bytes, behind a right beginning half of the time. */
export function anyBytes(random: Random, seeds: readonly Uint8Array[]): Uint8Array {
  const tail = Uint8Array.from({ length: random(random(8) === 0 ? 2000 : 120) }, () => random(256));
  if (random(2) === 0) return tail;
  const seed = seeds[random(seeds.length)] ?? tail;
  return spliced(tail, 0, 0, seed.subarray(0, random(Math.min(32, seed.length + 1))));
}

/** Bytes of inputs that are large on purpose: what is not linear shows here, and takes seconds. */
const LARGE_BYTES = 128 * 1024;

/** A seed with one part of it, or a word, again and again. */
export function enlarged(random: Random, seeds: readonly Uint8Array[], words: readonly Uint8Array[]): Uint8Array {
  const seed = chosen(random, seeds);
  const at = random(seed.length);
  const word = random(2) === 0 ? words[random(words.length)] : undefined;
  const part = word ?? seed.slice(at, at + 1 + random(16));
  const many = repeated(part, Math.floor((LARGE_BYTES >>> random(4)) / Math.max(1, part.length)));
  const whole = spliced(seed, random(2) === 0 ? at : random(seed.length), random(4), many);
  return random(4) === 0 ? spliced(whole, Math.max(0, whole.length - random(8)), 8, new Uint8Array(0)) : whole;
}
