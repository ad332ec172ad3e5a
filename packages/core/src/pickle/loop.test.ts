import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputOf, op, pickle, repeat, trickle, type Op } from '../../test/kit.js';
import { memorySource } from '../bytes/source.js';
import type { Value } from '../model/fact.js';
import { analyseStream } from '../streams/stream.js';
import { capture } from './constants.js';
import { ALL, C, PYTHON, SINCE_3_14, UNTIL_3_13, type Alive } from './readers.js';
import { floatReaders, intReaders, longReaders, memoIndex, type NumberReaders } from './text.js';

/**
 * The first use of an opcode in a stream runs its complete form, each later one the short form where that will do. Here an
 * opcode has been used before: what it does is the same.
 */

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

async function runBehind(before: readonly Op[], ...ops: readonly Op[]) {
  const { machine } = await analyseStream(inputOf(pickle(op.proto(4), ...before, ...ops)), 0);
  return machine;
}

function aliveOf(readers: NumberReaders): Alive {
  return (
    (readers.cOld ? C & UNTIL_3_13 : 0) |
    (readers.cNew ? C & SINCE_3_14 : 0) |
    (readers.pythonOld ? PYTHON & UNTIL_3_13 : 0) |
    (readers.pythonNew ? PYTHON & SINCE_3_14 : 0)
  );
}

/** Lines near to numbers, and numbers. */
const line = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0123456789019-+._eELx \r\0'), maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'0159'), minLength: 1, maxLength: 3 }),
  fc.integer().map(String),
  fc.bigInt().map((value) => `${value}L`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);

describe('numbers as text', () => {
  const NUMBERS: readonly (readonly [string, (line: string) => NumberReaders])[] = [
    ['I', intReaders],
    ['L', longReaders],
    ['F', floatReaders],
  ];

  test.each(NUMBERS)('%s: the readers that go on are those that take the line', async (code, readers) => {
    await fc.assert(
      fc.asyncProperty(line, async (text) => {
        const machine = await runBehind([latin1(`${code}1\n0`)], latin1(`${code}${text}\n.`));
        expect(machine.alive, text).toBe(aliveOf(readers(text)));
      }),
      { numRuns: 500, examples: [['05'], ['09'], ['00'], ['01'], ['10'], ['-0'], ['-01'], ['1.'], ['1.5']] },
    );
  });

  test.each<[string, Value]>([
    ['I00\n', { kind: 'bool', value: false }],
    ['I01\n', { kind: 'bool', value: true }],
    ['I0\n', { kind: 'int', text: '0' }],
    ['I1\n', { kind: 'int', text: '1' }],
    ['L-12L\n', { kind: 'int', text: '-12L' }],
    ['F1.5\n', { kind: 'float', text: '1.5' }],
    ['Vab\n', { kind: 'str', value: 'ab', length: 2 }],
    ['V\n', { kind: 'str', value: '', length: 0 }],
  ])('%j gives its value, and the opcode behind it runs', async (text, value) => {
    const machine = await runBehind(
      [latin1(`I1\n0L1L\n0F1\n0Va\n0`)],
      latin1(text),
      op.global('a', 'B'),
      op.pop,
      op.stop,
    );
    expect(machine.records.map(({ name }) => name)).toEqual(['B']);
    expect(capture(machine, machine.result.hi, machine.result.lo)).toEqual(value);
  });
});

describe('the memo', () => {
  test('PUT and GET: the slot is the one that the readers take', async () => {
    const first = 424242;
    await fc.assert(
      fc.asyncProperty(line, line, async (put, get) => {
        const [written, read] = [memoIndex(put), memoIndex(get)];
        // Readers that part are followed apart, so only what they agree on is asked here.
        fc.pre(written.c === written.python && read.c === read.python && read.c !== first);
        const before = latin1(`Np${first}\ng${first}\n00`);
        const machine = await runBehind([before], latin1(`Np${put}\ng${get}\n.`));
        expect(machine.stopped).toBe(written.c !== null && written.c === read.c);
      }),
      {
        numRuns: 500,
        examples: [
          ['7', '7'],
          ['07', '7'],
          ['7', '8'],
          ['123456789', '123456789'],
        ],
      },
    );
  });
});

describe('texts', () => {
  test('UNICODE: backslashes, pickles and ends of windows are seen', async () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', '\\', 'u', '0', '\u0080', 'P', 'K', '\u0002'),
      maxLength: 400,
    });
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const machine = await runBehind([op.unicode('a'), op.pop], latin1(`V${text}\n.`));
        const isBroken = /(?<!\\)(?:\\\\)*\\u(?![a0]{4})/.test(text);
        expect(machine.alive).toBe(isBroken ? 0 : ALL);
        const isPickle = text.length >= 4 && (text.startsWith('PK') || text.startsWith('\u0080\u0002'));
        expect(machine.nested.length).toBe(!isBroken && isPickle ? 1 : 0);
      }),
      { numRuns: 500 },
    );
  });

  test.each([0, 1, 255, 256, 257, 4_000])('of %i bytes are passed over whole', async (length) => {
    const text = 'a'.repeat(length);
    for (const sized of [op.binUnicode, op.binString, op.binBytes, op.binUnicode8]) {
      const machine = await runBehind([sized('b'), op.pop], sized(text), op.global('a', 'B'), op.tuple2, op.stop);
      const result = capture(machine, machine.result.hi, machine.result.lo);
      expect(result).toMatchObject({ kind: 'tuple', items: [{ length }, { kind: 'global', name: 'B' }] });
    }
  });

  test('a length below zero fails', async () => {
    const machine = await runBehind([op.binString('b'), op.pop], op.binString('abc', -1), op.stop);
    expect(machine.error).not.toBeNull();
  });

  test('a pickle within bytes and text is found', async () => {
    const inner = pickle(op.proto(2), op.global('a', 'B'), op.stop);
    for (const sized of [op.shortBinBytes, op.binBytes, op.binBytes8, op.byteArray8, op.binString]) {
      const machine = await runBehind([sized('b'), op.pop], sized(inner), op.stop);
      expect(machine.nested.map(({ form }) => form)).toEqual(['bytes']);
    }
  });
});

describe('containers', () => {
  const one = op.binInt1(1);
  const two = op.binInt1(2);
  const int = (value: number): Value => ({ kind: 'int', text: String(value) });

  test.each<[string, readonly Op[], Value]>([
    ['LIST', [op.mark, one, two, op.list], { kind: 'list', items: [int(1), int(2)], length: 2 }],
    ['LIST of nothing', [op.mark, op.list], { kind: 'list', items: [], length: 0 }],
    ['DICT', [op.mark, one, two, op.dict], { kind: 'dict', items: [[int(1), int(2)]], length: 1 }],
    ['DICT of nothing', [op.mark, op.dict], { kind: 'dict', items: [], length: 0 }],
    [
      'DICT within LIST',
      [op.mark, one, op.mark, op.dict, op.list],
      { kind: 'list', items: [int(1), { kind: 'dict', items: [], length: 0 }], length: 2 },
    ],
    ['APPEND', [op.emptyList, one, op.append], { kind: 'list', items: [int(1)], length: 1 }],
    ['APPENDS', [op.emptyList, op.mark, one, two, op.appends], { kind: 'list', items: [int(1), int(2)], length: 2 }],
    ['SETITEM', [op.emptyDict, one, two, op.setItem], { kind: 'dict', items: [[int(1), int(2)]], length: 1 }],
    [
      'SETITEMS',
      [op.emptyDict, op.mark, one, two, op.setItems],
      { kind: 'dict', items: [[int(1), int(2)]], length: 1 },
    ],
    ['TUPLE', [op.mark, one, two, op.tuple], { kind: 'tuple', items: [int(1), int(2)], length: 2 }],
  ])('%s', async (_name, ops, value) => {
    const machine = await runBehind([...ops, op.pop], ...ops, op.stop);
    expect(machine.error).toBeNull();
    expect([...machine.signals.keys()]).toEqual([]);
    expect(capture(machine, machine.result.hi, machine.result.lo)).toEqual(value);
  });

  test.each<[string, readonly Op[], readonly Op[]]>([
    ['LIST without a MARK', [op.mark, op.list], [one, op.list]],
    ['DICT without a MARK', [op.mark, op.dict], [one, op.dict]],
    ['DICT with a key that has no value', [op.mark, op.dict], [op.mark, one, op.dict]],
    ['SETITEMS with a key that has no value', [op.emptyDict, op.mark, op.setItems], [op.mark, one, op.setItems]],
    ['APPENDS without a MARK', [op.emptyList, op.mark, op.appends], [op.emptyList, one, op.appends]],
    ['APPEND over the MARK', [op.emptyList, one, op.append], [op.emptyList, op.mark, one, op.append]],
    ['SETITEM over the MARK', [op.emptyDict, one, one, op.setItem], [op.emptyDict, op.mark, one, one, op.setItem]],
  ])('%s fails', async (_name, before, ops) => {
    const machine = await runBehind([...before, op.pop], ...ops, op.stop);
    expect(machine.error).not.toBeNull();
  });
});

test.each([
  ['to its STOP', [op.stop], 2],
  ['to where the bytes end', [], 1],
  ['to an opcode that there is none of', [Uint8Array.of(0xff)], 2],
])('opcodes are counted %s, however the bytes come', async (_where, last, more) => {
  const bytes = pickle(op.proto(4), repeat(35_000, op.none, op.pop), ...last);
  for (const source of [memorySource(bytes), trickle(bytes)]) {
    const { machine } = await analyseStream(inputOf(source), 0);
    expect(machine.steps).toBe(70_000 + more);
  }
});
