import { inOrder } from '../model/order.js';
import { shortText } from '../model/short-text.js';
import { expect, test } from 'vitest';
import { readEntry } from './entries.js';
import { nextPage } from './listing.js';
import { hubHome, hubToken } from './token.js';

const SHA = 'a'.repeat(64);

test.each([
  [
    { type: 'file', path: 'a', size: 1 },
    { path: 'a', size: 1, sha256: null },
  ],
  [
    { type: 'file', path: 'a', size: 1, lfs: { oid: SHA } },
    { path: 'a', size: 1, sha256: SHA },
  ],
  [
    { type: 'file', path: 'a', size: 1, lfs: { oid: 'A' } },
    { path: 'a', size: 1, sha256: null },
  ],
  [{ type: 'directory', path: '..', size: 0 }, null],
])('the entry %j', (entry, file) => expect(readEntry(entry, '')).toEqual(file));

test.each([
  { type: 'file', path: 'a', size: 1.5 },
  { type: 'file', path: 'a', size: 2 ** 60 },
  { type: 'file', path: 'a', size: '1' },
  { type: 'file', path: 'x/../a', size: 1 },
  { type: 'file', path: 'elsewhere/a', size: 1 },
  { type: 'file', path: `x/${'a'.repeat(5000)}`, size: 1 },
  { type: 'unknown', path: 'x/a', size: 1 },
  [],
  'x',
])('%j is a problem', (entry) => expect(readEntry(entry, 'x')).toMatchObject({ reason: expect.any(String) }));

test('the order is that of a local walk', () => {
  const paths = ['b', 'a.txt', 'a/b', 'a/a/z', 'a-b', 'a0', 'ü', 'Z', '\u{1f600}', '\uffee'];
  expect(inOrder(paths.map((path) => ({ path }))).map(({ path }) => path)).toEqual([
    'Z',
    'a/a/z',
    'a/b',
    'a-b',
    'a.txt',
    'a0',
    'b',
    'ü',
    '\uffee',
    '\u{1f600}',
  ]);
});

test('the next page of a listing', () => {
  const base = new URL('https://h.example/api/x?cursor=1');
  expect(nextPage(null, base)).toBeNull();
  expect(nextPage('<https://h.example/y>; rel="prev"', base)).toBeNull();
  expect(nextPage('<?cursor=2>; rel="next"', base)?.href).toBe('https://h.example/api/x?cursor=2');
  expect(nextPage('<a?x=1,2>; rel=prev, <b?x=3,4>; rel="next"', base)?.href).toBe('https://h.example/api/b?x=3,4');
  expect(nextPage('nonsense', base)).toBeNull();
});

test('text of a server is one short line', () => {
  expect(shortText('a\n\u001b[2J\u202eb   c')).toBe('a [2J b c');
  expect(shortText('x'.repeat(1000))).toHaveLength(201);
});

test('the token is that of the environment, or of its file', () => {
  const token = (variables: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) =>
    hubToken({ variable: (name) => variables[name], readText: (path) => files[path] ?? null });
  expect(token({ HF_TOKEN: ' hf_a \n' })).toBe('hf_a');
  expect(token({ HF_TOKEN: '', HUGGING_FACE_HUB_TOKEN: 'hf_b' })).toBe('hf_b');
  expect(token({ HF_TOKEN: 'a\r\nX-Evil: 1' })).toBeNull();
  expect(token({ HF_HOME: '/h' }, { '/h/token': 'hf_c\n' })).toBe('hf_c');
  expect(token({ HF_TOKEN_PATH: '/t', HF_HOME: '/h' }, { '/h/token': 'hf_c', '/t': 'hf_d' })).toBe('hf_d');
  expect(token({ HOME: '/u' }, { '/u/.cache/huggingface/token': 'hf_e' })).toBe('hf_e');
  expect(token({ HF_TOKEN: 'hf_a', HF_HUB_DISABLE_IMPLICIT_TOKEN: '1' })).toBeNull();
  expect(token({})).toBeNull();
  expect(hubHome((name) => (name === 'XDG_CACHE_HOME' ? '/x' : undefined))).toBe('/x/huggingface');
});
