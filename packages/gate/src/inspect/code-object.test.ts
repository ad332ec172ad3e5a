import { expect, test } from 'vitest';
import { codeObjectAt } from './code-object.ts';

/** TYPE_CODE, so many counts, TYPE_STRING with a length, and that many bytes. */
function code({
  type = 0xe3,
  counts = [1, 0, 0, 2, 3],
  string = 0xf3,
  length = 4,
  there = length,
}: { type?: number; counts?: number[]; string?: number; length?: number; there?: number } = {}): Buffer {
  const bytes = Buffer.alloc(1 + 4 * counts.length + 5 + there);
  bytes[0] = type;
  counts.forEach((count, i) => bytes.writeUInt32LE(count, 1 + 4 * i));
  bytes[1 + 4 * counts.length] = string;
  bytes.writeUInt32LE(length, 2 + 4 * counts.length);
  return bytes;
}
const pyc = (header: number): Buffer =>
  Buffer.concat([Buffer.of(0x55, 0x0d, 0x0d, 0x0a, ...Array.from({ length: header - 4 }, () => 0)), code()]);

test.each([
  ['five counts', code(), 0],
  ['four', code({ counts: [1, 2, 3, 4] }), 0],
  ['six', code({ counts: [1, 2, 3, 4, 5, 6] }), 0],
  ['three', code({ counts: [1, 2, 3] }), null],
  ['seven', code({ counts: [1, 2, 3, 4, 5, 6, 7] }), null],
  ['no reference', code({ type: 0x63, string: 0x73 }), 0],
  ['another type', code({ type: 0x64 }), null],
  ['another string', code({ string: 0x74 }), null],
  ['no bytecode', code({ length: 0 }), null],
  ['bytecode of one byte', code({ length: 1 }), 0],
  ['more bytecode than there is', code({ length: 5, there: 4 }), null],
  ['the largest count', code({ counts: [0xffff, 0, 0, 0xffff, 3] }), 0],
  ['a count that is too large', code({ counts: [0x10000, 0, 0, 2, 3] }), null],
  ['flags, which may be large', code({ counts: [1, 0, 0, 2, 0x4000043] }), 0],
  ['less than its head', code().subarray(0, 25), null],
  ['the header of Python 3.7', pyc(16), 16],
  ['the header of Python 3.3', pyc(12), 12],
  ['the header of Python 2', pyc(8), 8],
  ['no header of Python', pyc(10), null],
  ['another mark in its header', pyc(16).fill(0x0b, 3, 4), null],
  ['a list around it', Buffer.concat([Buffer.of(0x5b, 1, 0, 0, 0), code()]), 5],
  [
    'a tuple around it, and other values before',
    Buffer.concat([Buffer.from(')\x03z\x02abi\x01\0\0\0', 'latin1'), code()]),
    11,
  ],
  ['a map around it', Buffer.concat([Buffer.from('\xfbN', 'latin1'), code()]), 2],
  ['text before it', Buffer.concat([Buffer.from('[somewhat'), code()]), null],
  ['nothing', Buffer.alloc(0), null],
])('a code object with %s', (_, bytes, at) => expect(codeObjectAt(bytes)).toBe(at));

test('may go on behind its head', () => {
  const head = code({ length: 100, there: 3 });
  expect(codeObjectAt(head)).toBeNull();
  expect(codeObjectAt(head, head.length + 97)).toBe(0);
  expect(codeObjectAt(head, head.length + 96)).toBeNull();
});

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
test.each<[string, string, number | null]>([
  ['types without an argument', '[0NFTS.', 7],
  ['a number of 32 bits and a reference', ')\x03i1234r1234', 12],
  ['numbers of 64 bits', ')\x03I12345678g12345678', 20],
  ['a complex number', ')\x02y0123456789abcdef', 19],
  ['a string', '<\x01\0\0\0s\x02\0\0\0ab', 12],
  ['an interned string', ')\x02t\x02\0\0\0ab', 9],
  ['text of Unicode', ')\x02u\x02\0\0\0ab', 9],
  ['text of ASCII', ')\x02a\x02\0\0\0ab', 9],
  ['interned text of ASCII', ')\x02A\x02\0\0\0ab', 9],
  ['short text', ')\x02z\x02ab', 6],
  ['short interned text', ')\x02Z\x02ab', 6],
  ['a number as text', ')\x02f\x021.', 6],
  ['a long number', ')\x02l\x02\0\0\0abcd', 11],
  ['a negative long number', ')\x02l\xfe\xff\xff\xffabcd', 11],
  ['a slice', ':NNN', 4],
  ['a frozen set', '>\x01\0\0\0', 5],
  ['a map', '{N', 2],
  ['marks of references', '\xdb\x01\0\0\0\xa9\x01', 7],
  ['a type that there is not', ')\x02?', null],
  ['a type alone, which holds none', 'N', null],
])('%s before a code object', (_name, before, at) =>
  expect(codeObjectAt(Buffer.concat([latin1(before), code()]))).toBe(at),
);

test('the largest count is that of each of them', () => {
  for (const at of [0, 1, 2, 3]) {
    const counts = [0, 0, 0, 0, 9];
    counts[at] = 0xffff;
    expect(codeObjectAt(code({ counts }))).toBe(0);
    counts[at] = 0x10000;
    expect(codeObjectAt(code({ counts }))).toBeNull();
  }
});

test('a value that does not end holds none', () => {
  expect(codeObjectAt(latin1(')\x02s\xff'))).toBeNull();
  expect(codeObjectAt(latin1(')\x02z\x02ab'))).toBeNull();
  expect(codeObjectAt(Buffer.concat([latin1(')\x02l\x02\0\0'), code()]))).toBeNull();
});
