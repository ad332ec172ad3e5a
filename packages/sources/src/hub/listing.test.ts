import { inOrder } from '../model/order.js';
import { shortText } from '../model/short-text.js';
import { expect, test } from 'vitest';
import { readEntry } from './entries.js';
import { nextPage } from './listing.js';
import { hubHome, hubToken, isOn } from './token.js';

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

test.each([
  [{ HF_HOME: '/h', XDG_CACHE_HOME: '/x', HOME: '/u' }, '/h'],
  [{ HF_HOME: '', XDG_CACHE_HOME: '/x', HOME: '/u' }, '/x/huggingface'],
  [{ XDG_CACHE_HOME: '', HOME: '/u' }, '/u/.cache/huggingface'],
  [{ USERPROFILE: '/w' }, '/w/.cache/huggingface'],
  [{ HOME: '' }, null],
  [{}, null],
])('the home of the Hub in %j', (variables: Readonly<Record<string, string>>, home) => {
  expect(hubHome((name) => variables[name])).toBe(home);
});

test('a token that is no header is none, nor is an empty path', () => {
  const read: string[] = [];
  const token = (variables: Readonly<Record<string, string>>, text = '') =>
    hubToken({
      variable: (name) => variables[name],
      readText: (path) => {
        read.push(path);
        return text;
      },
    });
  expect(token({ HF_TOKEN: 'x'.repeat(1_024) })).toHaveLength(1_024);
  expect(token({ HF_TOKEN: 'x'.repeat(1_025) })).toBeNull();
  expect(token({ HF_TOKEN_PATH: '', HOME: '/u' }, 'hf_a')).toBeNull();
  expect(read).toEqual([]);
  expect(token({ HF_TOKEN_PATH: '/t' }, 'hf_a')).toBe('hf_a');
  expect(read).toEqual(['/t']);
});

test.each(['1', 'ON', 'Yes', 'true'])('%s is yes', (value) => expect(isOn(value)).toBe(true));
test.each(['0', '', 'no', undefined])('%s is not', (value) => expect(isOn(value)).toBe(false));

test.each([
  ['>a<b>; rel="next"', null],
  ['a>; rel="next"', null],
  ['<a; rel="next"', null],
  ['<a>; rel="nextish"', null],
  ['<a>; rel="prev next"', 'https://h.example/api/a'],
  ['<>; rel=next', 'https://h.example/api/x?cursor=1'],
])('the link %s', (link, next) => {
  const base = new URL('https://h.example/api/x?cursor=1');
  expect(nextPage(link, base)?.href ?? null).toBe(next);
});

test.each([
  ['x', { path: 'x', size: 1, sha256: null }],
  ['x/a', { path: 'x/a', size: 1, sha256: null }],
  ['xa', { path: 'xa', reason: 'the listing of x names it, and it lies elsewhere' }],
])('the listing of x has %s', (path, expected) => {
  expect(readEntry({ type: 'file', path, size: 1 }, 'x')).toEqual(expected);
});

test.each([
  [null, 'the listing has an entry that is none'],
  [{ type: 'file', path: 1 }, 'the listing has an entry without a name'],
  [{ type: 'link', path: 'a' }, 'the listing says that it is neither a file nor a folder'],
  [{ type: 'file', path: '..', size: 1 }, 'no file of a repository can have this name'],
  [{ type: 'file', path: 'a' }, 'the listing does not say how large it is'],
  [{ type: 'file', path: 'a', size: Number.NaN }, 'the listing does not say how large it is'],
])('%j is refused with its reason', (entry, reason) => expect(readEntry(entry, '')).toMatchObject({ reason }));
