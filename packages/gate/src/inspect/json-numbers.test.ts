import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refused } from '../model/rules.ts';
import { JsonReader, lengthOf } from './json.ts';
import { NumberReader, parsedNumbers } from './json-numbers.ts';

const NUMBERS = ['0', '-0', '7', '12', '-305', '0.5', '-0.25', '10.125', '1e5', '2E-7', '-3.5e+10', '123456.789012'];
const FAULTS = [
  '01',
  '-',
  '1.',
  '.5',
  '+1',
  '1e',
  '1e+',
  '--1',
  '1-',
  '1.2.3',
  '1e5.',
  '0x1',
  '',
  'null',
  '"a"',
  '[1]',
];
const SPACES = ['', '', '', ' ', '  ', '\n  '];

const number = fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...NUMBERS) }, fc.constantFrom(...FAULTS));
const list = fc
  .array(fc.tuple(fc.constantFrom(...SPACES), number, fc.constantFrom('', '', '', ' ')), {
    minLength: 1,
    maxLength: 60,
  })
  .map((items) => `[${items.map((item) => item.join('')).join()}]`);

/** The text behind other bytes, so that words begin anywhere in it. */
function at(offset: number, text: string): Buffer {
  return Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]).subarray(offset);
}

function native(text: string): unknown[] | null {
  try {
    return JSON.parse(text) as unknown[];
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function ours(bytes: Buffer, exact: boolean, piece: number): unknown[] | null {
  const reader = new JsonReader('body', { depth: 64, shortest: 8, exact });
  try {
    for (let from = 0, have = 0; have < bytes.length;) {
      have = Math.min(bytes.length, have + piece);
      from = reader.read(bytes.subarray(from, have), from, have === bytes.length);
    }
    return reader.value as unknown[];
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

test('lists are taken as the platform takes them, at any offset and in any pieces', () => {
  fc.assert(
    fc.property(list, fc.nat(7), fc.integer({ min: 1, max: 80 }), (text, offset, piece) => {
      const expected = native(text);
      const bytes = at(offset, text);
      expect(ours(bytes, true, piece)).toEqual(expected);
      const cut = ours(bytes, false, piece);
      expect(cut === null ? null : lengthOf(cut)).toBe(expected?.length ?? null);
      // What kinds there are is what a schema of types is for.
      const kinds = (values: readonly unknown[]): unknown[] =>
        [...new Set(values.map((value) => (Number.isInteger(value) ? 'integer' : typeof value)))].toSorted();
      if (cut !== null && expected !== null && !/e/i.test(text)) expect(kinds(cut)).toEqual(kinds(expected));
    }),
    { numRuns: 2_000 },
  );
});

test('a list in a list keeps one number of each kind, and its length', () => {
  const rows = `[${Array.from({ length: 3 }, () => `[1,2,0.5,${'3,'.repeat(40)}4]`).join()}]`;
  const value = ours(Buffer.from(rows), false, 1e6) as unknown[][];
  expect(value.map((row) => [...row])).toEqual(Array.from({ length: 3 }, () => [1, 0.5]));
  expect(value.map((row) => lengthOf(row))).toEqual([44, 44, 44]);
});

test('numbers are left where the list has none of their kind yet', () => {
  const skip = (text: string, takesIntegers: boolean, takesFractions: boolean): readonly [number, number] => {
    const reader = new NumberReader(Buffer.from(text));
    return [reader.skip(0, takesIntegers, takesFractions), reader.end];
  };
  expect(skip(',1,2,3]', true, true)).toEqual([3, 6]);
  expect(skip(',1,2,0.5,3]', true, false)).toEqual([2, 4]);
  expect(skip(',0.5,0.25,3,0.5]', false, true)).toEqual([2, 9]);
  expect(skip(',0.5,0.25,3]', false, true)).toEqual([2, 9]);
  expect(skip(',1,2', true, true)).toEqual([1, 2]);
  expect(skip(',1,2}', true, true)).toEqual([1, 2]);
  expect(skip(']', true, true)).toEqual([0, 0]);
});

test('numbers are stepped over at one go, up to the first of a kind that is not asked for', () => {
  const items = fc.array(fc.tuple(fc.constantFrom(...SPACES), fc.constantFrom(...NUMBERS)), {
    minLength: 1,
    maxLength: 40,
  });
  const kinds = fc.constantFrom([true, true], [true, false], [false, true]);
  fc.assert(
    fc.property(items, fc.nat(7), fc.nat(5), kinds, (pieces, offset, from, [integers = true, fractions = true]) => {
      const isTaken = (text: string): boolean => (/[.e]/i.test(text) ? fractions : integers);
      const text = pieces.map((piece) => `,${piece.join('')}`);
      const wrong = pieces.findIndex(([, digits]) => !isTaken(digits));
      const count = wrong === -1 ? pieces.length : wrong;
      const reader = new NumberReader(at(offset, `${' '.repeat(from)}${text.join('')}]`));
      expect([reader.skip(from, integers, fractions), reader.end]).toEqual([
        count,
        from + text.slice(0, count).join('').length,
      ]);
    }),
    { numRuns: 2_000 },
  );
});

test('a number that is none ends it, whatever follows', () => {
  const good = ',1,2,0.25,1e5,-7';
  for (const fault of FAULTS)
    for (let lead = 0; lead < 4; lead += 1) {
      const reader = new NumberReader(at(lead, `${good},${fault},1,2,3,4,5,6,7]`));
      expect([reader.skip(0, true, true), reader.end], fault).toEqual([5, good.length]);
    }
});

test('numbers are parsed by pieces of 64 KB', () => {
  const pieces = (count: number): number[] => {
    const bytes = Buffer.from(',1'.repeat(count));
    const found = [...parsedNumbers(bytes, 0, bytes.length)];
    expect(found.flat().every((one) => one === 1)).toBe(true);
    return found.map(({ length }) => length);
  };
  expect(pieces(3)).toEqual([3]);
  expect(pieces(32_768)).toEqual([32_768]);
  expect(pieces(32_769)).toEqual([32_768, 1]);
  expect(pieces(70_000)).toEqual([32_768, 32_768, 4_464]);
  expect([...parsedNumbers(Buffer.from('[7,1,-2.5,3]'), 2, 9)]).toEqual([[1, -2.5]]);
  expect([...parsedNumbers(Buffer.from(',1'), 2, 2)]).toEqual([]);
  // Numbers behind the last one that is asked for are not looked at.
  const long = Buffer.from(`,${'1'.repeat(15)}`.repeat(5_000));
  expect([...parsedNumbers(long, 0, 65_552)].map(({ length }) => length)).toEqual([4_096, 1]);
});
