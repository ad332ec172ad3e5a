import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inputOf, op, pickle, repeat } from '../../test/kit.js';
import { ALL, C, PYTHON, SINCE_3_14, UNTIL_3_13, type Alive } from './readers.js';
import { analyseStream } from '../streams/stream.js';
import { floatReaders, intReaders, longReaders, memoIndex, type NumberReaders } from './text.js';

/**
 * The machine reads what picklers write in a loop of its own; whatever the line, the outcome has to be that of the
 * functions that know each reader.
 */

const NUMBERS: readonly (readonly [string, (line: string) => NumberReaders])[] = [
  ['I', intReaders],
  ['L', longReaders],
  ['F', floatReaders],
];

function aliveOf(readers: NumberReaders): Alive {
  return (
    (readers.cOld ? C & UNTIL_3_13 : 0) |
    (readers.cNew ? C & SINCE_3_14 : 0) |
    (readers.pythonOld ? PYTHON & UNTIL_3_13 : 0) |
    (readers.pythonNew ? PYTHON & SINCE_3_14 : 0)
  );
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

/** Lines near to numbers, and numbers. */
const line = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'0123456789019-+._eELx \r\0'), maxLength: 12 }),
  fc.integer().map(String),
  fc.bigInt().map((value) => `${value}L`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
);

test.each(NUMBERS)('%s: the readers that go on are those that take the line', async (code, readers) => {
  await fc.assert(
    fc.asyncProperty(line, async (text) => {
      const { machine } = await analyseStream(inputOf(latin1(`${code}${text}\n.`)), 0);
      expect(machine.alive).toBe(aliveOf(readers(text)));
    }),
    { numRuns: 500 },
  );
});

test('PUT and GET: the slot is the one that the readers take', async () => {
  await fc.assert(
    fc.asyncProperty(line, line, async (put, get) => {
      const { machine } = await analyseStream(inputOf(latin1(`Np${put}\ng${get}\n.`)), 0);
      const [written, read] = [memoIndex(put), memoIndex(get)];
      const goesOn = (reader: 'c' | 'python'): boolean => written[reader] !== null && written[reader] === read[reader];
      // Readers that part are followed apart, so only what they agree on is asked here.
      fc.pre(written.c === written.python && read.c === read.python);
      expect(machine.stopped).toBe(goesOn('c'));
    }),
    { numRuns: 500 },
  );
});

test('texts: backslashes, pickles and ends of windows are seen', async () => {
  const texts = fc.string({ unit: fc.constantFrom('a', '\\', 'u', '0', '\u0080', 'P', 'K', '\u0002'), maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const { machine } = await analyseStream(inputOf(latin1(`V${text}\n.`)), 0);
      const isBroken = /(?<!\\)(?:\\\\)*\\u(?![a0]{4})/.test(text);
      expect(machine.alive).toBe(isBroken ? 0 : ALL);
      const isPickle = text.length >= 4 && (text.startsWith('PK') || text.startsWith('\u0080\u0002'));
      expect(machine.nested.length).toBe(!isBroken && isPickle ? 1 : 0);
    }),
    { numRuns: 500 },
  );
});

test('the steps are counted also where an opcode runs again for bytes outside the window', async () => {
  // The text of the name lies far behind when STACK_GLOBAL asks for it; that opcode runs twice.
  const { machine } = await analyseStream(
    inputOf(
      pickle(op.proto(4), op.unicode('a'), op.unicode('b'), repeat(50_000, op.none, op.pop), op.stackGlobal, op.stop),
    ),
    0,
  );
  expect([machine.stopped, machine.steps]).toEqual([true, 100_006]);
});

test('an opcode that runs again finds the stack as it was', async () => {
  // The names come out of the memo, which was filled far before: the window has moved on.
  const far = repeat(400_000, op.none, op.pop);
  const { machine, facts } = await analyseStream(
    inputOf(
      pickle(
        op.proto(4),
        op.unicode('mylib'),
        op.binPut(0),
        op.unicode('Net'),
        op.binPut(1),
        op.pop,
        op.pop,
        far,
        op.mark,
        op.binGet(0),
        op.binGet(1),
        op.stackGlobal,
        op.emptyTuple,
        op.reduce,
        op.tuple,
        op.stop,
      ),
    ),
    0,
  );
  expect([machine.stopped, machine.error, [...machine.signals.keys()]]).toEqual([true, null, []]);
  expect(facts).toMatchObject([{ kind: 'pickle.global', module: 'mylib', name: 'Net', callCount: 1 }]);
});
