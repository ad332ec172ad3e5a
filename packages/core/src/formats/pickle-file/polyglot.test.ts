import { IN_ALL } from '../../model/interest.js';
import { ARTIFACT } from '../../model/origin.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endsInNothing } from '../../pickle/breaks-at-once.js';
import { Budget, DEFAULT_LIMITS } from '../../bytes/budget.js';
import { memorySource, type ByteSource } from '../../bytes/source.js';
import { formats } from '../index.js';
import type { Found, Look } from '../members/look.js';
import { isPlainlyNoPickle, runAsPickle } from './polyglot.js';
import { STILL } from '../../../test/still-platform.js';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** Bytes that are not at hand are run by the machine. */
function awaited(bytes: Uint8Array): ByteSource {
  const source = memorySource(bytes);
  return { size: source.size, read: (offset, length) => Promise.resolve(source.read(offset, length)) };
}

async function found(source: ByteSource, isQuick: boolean): Promise<readonly Found[] | 'nothing'> {
  const look: Look = {
    budget: new Budget(DEFAULT_LIMITS, STILL),
    formats,
    digests: false,
    observe: undefined,
    interest: IN_ALL,
    sources: [],
    neighbours: null,
    repositories: false,
    inspect: () => {
      throw new Error('a stream that names nothing holds nothing');
    },
  };
  const member = { path: 'a', name: 'a', source, depth: 0, origin: ARTIFACT };
  if (isQuick && (await isPlainlyNoPickle(member, look))) return 'nothing';
  const all: Found[] = [];
  for await (const item of runAsPickle(member, 'zip', look)) all.push(item);
  return all;
}

/** Marks of formats, and what opcodes, names and ends are made of. */
const PIECES = [
  'PK\x03\x04\x14\0\0\0\x08\0',
  '\x93NUMPY',
  '\x28\xb5\x2f\xfd',
  '\x04\x22\x4d\x18',
  'P1\n',
  '\n',
  'cos\nsystem\n',
  'ios\nsystem\n',
  '\x8c\x02os\x8c\x06system\x93',
  '(',
  ')',
  'R',
  '.',
  'Q',
  'N',
  'I1\n',
  'K\x01',
  'T\x02\0\0\0',
  '\x8a\x01',
  'B\x01\0\0\0',
  '\x80\x02',
  '\x82\x01',
  '\x95\x03\0\0\0\0\0\0\0',
  'p1\n',
  'g1\n',
  '\x94',
  ']',
  'a',
  'x',
  '\0',
];

test('what the quick test rejects is no pickle to the machine', async () => {
  let settled = 0;
  const bytes = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 10 }).map((pieces) => latin1(pieces.join(''))),
    fc.uint8Array({ minLength: 1, maxLength: 60 }),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      if (!endsInNothing(content)) return;
      settled += 1;
      expect(await found(awaited(content), false)).toEqual([]);
    }),
    { numRuns: 5000 },
  );
  expect(settled).toBeGreaterThan(500);
});

test.each([
  ['a zip header whose line is followed by GLOBAL', 'PK\x03\x04x\ncos\nsystem\n.'],
  ['a persistent ID in a stream', '\x80\x02P1\n.'],
  ['INST', 'ios\nsystem\n'],
  ['an extension code', '\x82\x01.'],
  ['a frame', '\x95\x03\0\0\0\0\0\0\0'],
  ['values that go on behind the bytes at hand', `T\xff\0\0\0${'y'.repeat(20)}`],
  ['a line without an end', 'PK\x03\x04'],
  ['nothing at all', ''],
])('%s is left to the machine', (_what, content) => {
  expect(endsInNothing(latin1(content))).toBe(false);
});

test.each([
  ['an array of numpy: STACK_GLOBAL on an empty stack', '\x93NUMPY\x01\0'],
  ['a frame of zstd: MARK, then no opcode', '\x28\xb5\x2f\xfd'],
  ['a zip header: PERSID up to the end of a line, then no opcode', 'PK\x03\x04\x14\0\n\0'],
])('%s ends in nothing', async (_what, content) => {
  expect(endsInNothing(latin1(content))).toBe(true);
  expect(await found(memorySource(latin1(content)), true)).toBe('nothing');
  expect(await found(awaited(latin1(content)), false)).toEqual([]);
});

test('a zip header that is a pickle as well is found from both sides', async () => {
  const bytes = latin1('PK\x03\x04x\ncos\nsystem\n.');
  const short = await found(memorySource(bytes), true);
  expect(short).toMatchObject([{ kind: 'fact' }, { kind: 'stream' }]);
  expect(short).toEqual(await found(awaited(bytes), false));
});
