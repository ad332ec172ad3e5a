import { op, pickle, pickleOf, repeat, type Op } from '../../../packages/core/test/kit.js';

/** A way to make a scanner work: its cost is measured while `n` doubles. */
export interface Case {
  readonly name: string;
  /** Name of the file, which promises what it is. */
  readonly file: string;
  /** The first `n`; each further one is twice the one before. */
  readonly from: number;
  readonly doublings: number;
  readonly make: (n: number) => Uint8Array;
  /** What a reason of the largest file says: it must be incomplete, and for this. */
  readonly stops?: string;
}

export const text = (value: string): Op => op.binUnicode(value);
export const numbered = (n: number, make: (i: number) => Op): Op =>
  pickleOf(Array.from({ length: n }, (_, i) => make(i)));
/** Inert here as everywhere: nothing loads it. */
export const call = pickle(op.global('os', 'system'), op.binUnicode('id'), op.tuple1, op.reduce);

/** Builds up a run of opcodes between PROTO 4 and STOP. */
export const proto4 = (...ops: readonly Op[]): Uint8Array => pickle(op.proto(4), ...ops, op.stop);
export const proto2 = (...ops: readonly Op[]): Uint8Array => pickle(op.proto(2), ...ops, op.stop);

export function pickleCase(name: string, from: number, make: (n: number) => Uint8Array, doublings = 3): Case {
  return { name, file: 'model.pkl', from, doublings, make };
}

/** [a, a] where a is the level below: 2^n leaves in n levels. */
export function laughs(n: number, dup: boolean): Uint8Array {
  const level = dup ? pickle(op.dup, op.tuple2) : pickle(op.binPut(0), op.binGet(0), op.tuple2);
  return proto2(text('lol'), repeat(n, level));
}

export const framed = (n: number, length: number | bigint, ...body: readonly Op[]): Op =>
  repeat(n, op.frame(body, length));
