import { IN_ALL } from '../model/interest.js';
import { ARTIFACT } from '../model/origin.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../bytes/budget.js';
import { memorySource, type ByteSource } from '../bytes/source.js';
import type { Member } from './members/container.js';
import { InputError } from '../model/errors.js';
import { isNothing } from './members/quick-reject.js';
import { formats } from './index.js';
import { inspect } from './inspect.js';
import type { Found, Look } from './members/look.js';
import { STILL } from '../../test/still-platform.js';

const budget = (): Budget => new Budget(DEFAULT_LIMITS, STILL);

function member(name: string, bytes: Uint8Array): Member {
  return { path: `a.zip!${name}`, name, source: memorySource(bytes), depth: 1, origin: ARTIFACT };
}

function isRejected(item: Member): boolean {
  const look: Look = {
    budget: budget(),
    formats,
    digests: false,
    observe: undefined,
    interest: IN_ALL,
    sources: [],
    neighbours: null,
    repositories: false,
    inspect: () => inspect(item, budget()),
  };
  return isNothing(item, look);
}

async function everything(item: Member): Promise<readonly Found[]> {
  const all: Found[] = [];
  for await (const found of inspect(item, budget())) all.push(found);
  return all;
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

const NAMES = [
  'x',
  'version',
  'byteorder',
  'data/0',
  'a.txt',
  'a.pkl',
  'a.npy',
  'a.json',
  'weights.bin',
  'm.tar',
  'LICENSE',
];

/** Bytes that opcodes, marks of formats and names are made of. */
const PIECES = [
  '.',
  'cos\nsystem\n',
  '(',
  ')',
  'R',
  'i',
  'N.',
  'I1\n',
  '\x80\x02',
  '\x80\x07',
  '\x93',
  '\x82\x01',
  'PK\x05\x06',
  'PK\x03\x04',
  '3\n',
  'little',
  'S"a"\n',
  '\x8c\x01a',
  ']',
  '}',
  '\0',
  '\x78\x9c',
  '\x1f\x8b',
  'l',
  'a',
  'x'.repeat(30),
];

test('what is nothing quickly is nothing to the whole inspection', async () => {
  let nothings = 0;
  const bytes = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => latin1(pieces.join(''))),
    fc.uint8Array({ maxLength: 600 }),
    fc.uint8Array({ maxLength: 6 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), bytes, async (name, content) => {
      const item = member(name, content);
      if (!isRejected(item)) return;
      nothings += 1;
      expect(await everything(item)).toEqual([]);
    }),
    { numRuns: 3000 },
  );
  expect(nothings).toBeGreaterThan(300);
});

test.each([
  ['version', '3\n'],
  ['byteorder', 'little'],
  ['.data/serialization_id', '1234567890123456789012345678901234567890'],
  ['empty', ''],
])('%s of a checkpoint is nothing', (name, content) => {
  expect(isRejected(member(name, latin1(content)))).toBe(true);
});

test.each([
  ['a name that promises a pickle', 'a.pkl', '3\n'],
  ['a model file', 'pytorch_model.bin', ''],
  ['a pickle without a mark', 'x', 'cos\nsystem\n.'],
  ['a pickle that INST begins', 'x', 'ios\nsystem\n'],
  ['an end record', 'x', `${'y'.repeat(10)}PK\x05\x06${'\0'.repeat(18)}`],
  ['text that may hold a pickle as base64', 'a.json', '"a"'],
  ['the artifact itself', 'x', '3\n'],
])('%s is analysed', (what, name, content) => {
  const item = member(name, latin1(content));
  expect(isRejected(what === 'the artifact itself' ? { ...item, depth: 0, origin: ARTIFACT } : item)).toBe(false);
});

test("bytes that have to be waited for are not asked for: their fault would be nobody's", () => {
  let asked = 0;
  const source: ByteSource = {
    size: 3,
    read: () => {
      asked += 1;
      return Promise.reject(new InputError('corrupt', 0));
    },
  };
  expect(isRejected({ ...member('version', latin1('3\n')), source })).toBe(false);
  expect(asked).toBe(0);
});
