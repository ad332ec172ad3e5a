import { IN_ALL } from '../../model/interest.js';
import { describe, expect, test } from 'vitest';
import { budgetOf } from '../../../test/open-container.js';
import { bytesOf } from '../../../test/zip-builder.js';
import { memorySource } from '../../bytes/source.js';
import { HEAD_BYTES } from '../../model/format.js';
import { ENTRY, IN_TEXT } from '../../model/origin.js';
import type { Limits } from '../../bytes/budget.js';
import { formats } from '../index.js';
import type { Member } from './container.js';
import type { Look } from './look.js';
import { holdsEndRecord, isNothing } from './quick-reject.js';

/** What it says of a member, and how many of its bytes are accounted for as data. */
function seen(content: string | Uint8Array, more: Partial<Member> = {}, limits: Partial<Limits> = {}) {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  const source = more.source ?? memorySource(bytes);
  const budget = budgetOf(limits);
  budget.ledger.open(source);
  const look: Look = {
    formats,
    budget,
    digests: true,
    observe: undefined,
    interest: IN_ALL,
    sources: [],
    neighbours: null,
    repositories: false,
    inspect: () => {
      throw new Error('nothing is looked at');
    },
  };
  const nothing = isNothing({ path: 'c!v', name: 'v', source, depth: 1, origin: ENTRY, ...more }, look);
  const data = budget.ledger.coverage(bytes.length).totals.find(({ reason }) => reason === 'data')?.bytes ?? 0;
  return { nothing, data };
}

const TEXT = 'a line';

describe('is nothing', () => {
  test.each([
    ['no bytes', ''],
    ['a version', '3\n'],
    ['a line of text', TEXT],
    ['a byte order', 'little'],
    ['bytes that no stream begins with', '\0\0\0'],
    ['as many bytes as a head has', '\x01'.repeat(HEAD_BYTES)],
  ])('%s, which are data then', (_, text) => {
    expect(seen(text)).toEqual({ nothing: true, data: text.length });
  });

  test('as deep as members may lie', () => {
    expect(seen(TEXT, { depth: 3 }, { depth: 3 }).nothing).toBe(true);
    expect(seen(TEXT, { depth: 4 }, { depth: 3 }).nothing).toBe(false);
  });
});

describe('may be something', () => {
  test.each<[string, string | Uint8Array, Partial<Member>]>([
    ['an artifact', TEXT, { depth: 0 }],
    ['what has a role', TEXT, { role: 'npy' }],
    ['what is packed', TEXT, { packed: { compressed: 6, declared: 6 } }],
    ['what stood in a text', TEXT, { origin: IN_TEXT }],
    ['more than a head', '\0'.repeat(HEAD_BYTES + 1), {}],
    ['what has to be waited for', TEXT, { source: { size: 6, read: () => bytesOf(TEXT) } }],
    ['what ends early', TEXT, { source: { size: 6, immediate: true, read: () => bytesOf('a') } }],
    ['what is called a pickle', TEXT, { name: 'v.pkl' }],
    ['what is called a model', TEXT, { name: 'v.bin' }],
    ['what is called a text', TEXT, { name: 'v.txt' }],
    ['a zip', 'PK\x03\x04', {}],
    ['a pickle with a mark', Uint8Array.of(0x80, 2, 0x4e, 0x2e), {}],
    ['a pickle without one', 'N.', {}],
    ['what names a module', 'cos\nsystem\n', {}],
    ['what holds the end of a zip', `${TEXT} PK\x05\x06`, {}],
    ['what has the mark of LZMA', Uint8Array.of(93, 0, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), {}],
    ['what LZMA may be without it', Uint8Array.of(0, 1, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), {}],
  ])('%s', (_, content, more) => {
    expect(seen(content, more)).toEqual({ nothing: false, data: 0 });
  });
});

test('what is looked at counts', () => {
  let looked = 0;
  const budget = budgetOf();
  budget.countLooked = (bytes) => {
    looked += bytes;
  };
  const look = { formats, budget } as unknown as Look;
  const member: Member = { path: 'v', name: 'v', source: memorySource(bytesOf(TEXT)), depth: 1, origin: ENTRY };
  expect(isNothing(member, look)).toBe(true);
  expect(looked).toBe(6);
});

test.each([
  ['PK\x05\x06', true],
  ['PPKPK\x05\x06', true],
  ['PPK\x05\x06', true],
  ['PK\x05\x07', false],
  ['PK\x06\x06', false],
  ['PL\x05\x06', false],
  ['QK\x05\x06', false],
  ['PK\x05', false],
  ['', false],
])('the end record of a zip is held by %j: %s', (text, holds) => {
  expect(holdsEndRecord(bytesOf(text))).toBe(holds);
});
