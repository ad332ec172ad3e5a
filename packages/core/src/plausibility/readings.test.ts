import { describe, expect, test } from 'vitest';
import { at, call, dynamicFact, globalFact, structFact } from '../../test/fact-kit.js';
import { inputOf, op, pickle } from '../../test/kit.js';
import type { Fact } from '../model/fact.js';
import type { Machine } from '../pickle/operations.js';
import { analyseStream } from '../streams/stream.js';
import { behindArray, inArray, namedIn, reusedOnly } from './readings.js';

const { names } = inputOf(new Uint8Array(0));

/** A machine that has stopped, and one that has not. */
async function machines(): Promise<readonly [Machine, Machine]> {
  const [whole, broken] = [pickle(op.none, op.stop), pickle(op.none)];
  return [(await analyseStream(inputOf(whole), 0)).machine, (await analyseStream(inputOf(broken), 0)).machine];
}

const reasons = (facts: readonly Fact[]): readonly string[] =>
  facts.map((fact) => ('plausibility' in fact ? fact.plausibility.reason : fact.kind));

const NOTHING = namedIn(names, []);
const called = globalFact('a b', ';', [call()]);
const noName = globalFact('a b', ';');
const plain = globalFact('mod', 'f');

describe('plain pickle in the bytes of an array', () => {
  test('counts where it ends, and else where it calls or names something', async () => {
    const [whole, broken] = await machines();
    const facts = [called, noName, plain, dynamicFact('x'), structFact('truncated')];
    expect(reasons(inArray(facts, whole, NOTHING))).toEqual([
      ...Array.from({ length: 4 }, () => 'array-read-as-opcodes'),
      'pickle.structure',
    ]);
    expect(reasons(inArray(facts, broken, NOTHING))).toEqual([
      'array-read-as-opcodes',
      'array-data',
      'array-read-as-opcodes',
      'array-data',
    ]);
  });

  test('names that are mixed up are chance even where it ends', async () => {
    const [whole] = await machines();
    const honest = namedIn(
      names,
      [globalFact('sklearn.tree', 'Tree', [], { at: at('a', 7) })],
      [globalFact('x.y', 'z')],
    );
    const of = (module: string, name: string, offset = 7, more: Parameters<typeof globalFact>[3] = {}): unknown =>
      reasons(inArray([globalFact(module, name, [], { at: at('a', offset), ...more })], whole, honest))[0];
    expect(of('sklearn.tree', 'Tree')).toBe('shifted-memo');
    expect(of('feature', 'Tree')).toBe('shifted-memo');
    expect(of('x.y', 'Tree')).toBe('shifted-memo');
    expect(of('other.module', 'Tree')).toBe('array-read-as-opcodes');
    expect(of('feature', 'system')).toBe('array-read-as-opcodes');
    expect(of('feature', 'Tree', 8)).toBe('array-read-as-opcodes');
    expect(of('feature', 'Tree', 7, { count: 2 })).toBe('array-read-as-opcodes');
  });

  test('a callable that is judged by its arguments is never mixed up where it is called', async () => {
    const [whole] = await machines();
    const of = (module: string, name: string): unknown => {
      const fact = globalFact(module, name, [call()], { at: at('a', 7) });
      return reasons(inArray([fact], whole, namedIn(names, [fact])))[0];
    };
    expect(of('builtins', 'getattr')).toBe('array-read-as-opcodes');
    expect(of('_codecs', 'encode')).toBe('shifted-memo');
    const stored = globalFact('builtins', 'getattr', [], { at: at('a', 7) });
    expect(reasons(inArray([stored], whole, namedIn(names, [stored])))).toEqual(['shifted-memo']);
  });
});

test('plain pickle behind an array counts where it names a module and ends or calls it', async () => {
  const [whole, broken] = await machines();
  const facts = [globalFact('mod', 'f', [call()]), plain, called, dynamicFact('x'), structFact('truncated')];
  const unused = 'behind-array-unused';
  expect(reasons(behindArray(facts, whole, NOTHING))).toEqual(['behind-array', 'behind-array', unused, unused]);
  expect(reasons(behindArray(facts, broken, NOTHING))).toEqual(['behind-array', unused, unused, unused]);
  expect(reasons(behindArray([plain], whole, namedIn(names, [plain])))).toEqual(['shifted-memo']);
});

test('what only a reused unpickler looks up, or calls, is chance', () => {
  const given = [plain, globalFact('mod', 'f', [call()]), dynamicFact('x'), structFact('truncated')];
  expect(reasons(reusedOnly(given, [plain]))).toEqual(['reused-unpickler', 'reused-unpickler']);
  expect(reusedOnly(given, given)).toEqual([]);
});
