import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UsageError } from '@artifact-sentinel/core/internal';
import { afterAll, describe, expect, test } from 'vitest';
import { Refusal } from '../attest/dsse.js';
import type { Manifest, Resource } from './manifest.js';
import { checkTree, type CheckedTree, type TreeOptions } from './tree.js';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

type Files = Readonly<Record<string, string>>;

/** A folder with these files; one that begins with `->` is a link. */
function tree(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-tree-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (text.startsWith('->')) symlinkSync(text.slice(2), file);
    else writeFileSync(file, text);
  }
  return folder;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const whole = (text: string): Resource[] => [{ start: 0, end: null, digest: digest(text) }];
const parts = (...texts: string[]): Resource[] => {
  let end = 0;
  return texts.map((text) => ({ start: end, end: (end += text.length), digest: digest(text) }));
};

function manifest(files: Readonly<Record<string, readonly Resource[]>>, more: Partial<Manifest> = {}): Manifest {
  return {
    model: 'model',
    hash: 'sha256',
    shardSize: null,
    followsLinks: false,
    ignored: [],
    files: new Map(Object.entries(files)),
    ...more,
  };
}

const OPTIONS: TreeOptions = { ignored: [], ignoresUnsigned: false, bundle: '/nowhere' };

/** What is checked, or why it is refused. */
function checked(model: string, signed: Manifest, options: Partial<TreeOptions> = {}): CheckedTree | string {
  try {
    const { uncovered, ...rest } = checkTree(model, signed, { ...OPTIONS, ...options });
    return { ...rest, uncovered: [...uncovered].toSorted() };
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

const AB = { a: whole('one'), 'sub/b': whole('two!') };

describe('a folder', () => {
  test.each<[string, Files, Partial<Manifest>, Partial<TreeOptions>, CheckedTree | string]>([
    ['as it was signed', { a: 'one', 'sub/b': 'two!' }, {}, {}, { files: 2, bytes: 7, uncovered: [] }],
    [
      'with an empty folder',
      { a: 'one', 'sub/b': 'two!', 'x/.git/y': '' },
      {},
      { ignored: ['x/'] },
      { files: 2, bytes: 7, uncovered: ['x'] },
    ],
    ['a changed file', { a: 'One', 'sub/b': 'two!' }, {}, {}, 'a is not the file that was signed'],
    ['a missing file', { a: 'one' }, {}, {}, 'sub/b was signed, and is not there'],
    ['two missing files', {}, {}, {}, 'a was signed, and is not there, and 1 more'],
    [
      'a new file',
      { a: 'one', 'sub/b': 'two!', c: '' },
      {},
      {},
      'c is there, and was not signed; --ignore-unsigned-files takes it',
    ],
    [
      'a new file that is taken',
      { a: 'one', 'sub/b': 'two!', c: '' },
      {},
      { ignoresUnsigned: true },
      { files: 2, bytes: 7, uncovered: ['c'] },
    ],
    [
      'three new files',
      { a: 'one', 'sub/b': 'two!', 'c/1': '', 'c/2': '', 'c/3': '' },
      {},
      {},
      expect.stringMatching(/^c\/[123] is there, and was not signed, and 2 more;/) as string,
    ],
    [
      'what git has',
      { a: 'one', 'sub/b': 'two!', '.git/x': '', '.gitignore': '' },
      {},
      {},
      { files: 2, bytes: 7, uncovered: ['.git', '.gitignore'] },
    ],
    [
      'what git has elsewhere',
      { a: 'one', 'sub/b': 'two!', 'sub/.gitignore': '' },
      {},
      {},
      'sub/.gitignore is there, and was not signed; --ignore-unsigned-files takes it',
    ],
    [
      'what the signer left out',
      { a: 'one', 'sub/b': 'two!', c: '' },
      { ignored: ['c'] },
      {},
      { files: 2, bytes: 7, uncovered: ['c'] },
    ],
    [
      'a signed file that is left out',
      { a: 'one', 'sub/b': 'two!' },
      {},
      { ignored: ['a'] },
      'a was signed, and is not there',
    ],
    ['a link', { a: '->sub/a', 'sub/a': 'one', 'sub/b': 'two!' }, {}, {}, 'a is a link, and the signer followed none'],
    [
      'a link that is followed',
      { a: '->sub/a', 'sub/a': 'one', 'sub/b': 'two!' },
      { followsLinks: true },
      { ignored: ['sub/a'] },
      { files: 2, bytes: 7, uncovered: ['sub/a'] },
    ],
    [
      'a link to nothing',
      { a: '->gone', 'sub/b': 'two!' },
      { followsLinks: true },
      {},
      expect.stringMatching(/^a cannot be read: /) as string,
    ],
    [
      'a link that leads back',
      { a: 'one', 'sub/b': 'two!', 'sub/up': '->..' },
      { followsLinks: true },
      {},
      'sub/up leads back to a folder that holds it',
    ],
  ])('%s', (_name, files, more, options, expected) => {
    expect(checked(tree(files), manifest(AB, more), options)).toEqual(expected);
  });

  test('its bundle may lie in it, under another name of it too', () => {
    const folder = tree({ a: 'one', 'sub/b': 'two!', 'model.sig': 's' });
    expect(checked(folder, manifest(AB), { bundle: join(folder, 'sub/../model.sig') })).toMatchObject({ files: 2 });
    expect(checked(folder, manifest(AB), { bundle: join(folder, 'a') })).toBe('a was signed, and is not there');
  });

  test('a folder that one link leads to and that lies elsewhere as well is no circle', () => {
    const folder = tree({ 'x/f': 'one', y: '->x' });
    expect(checked(folder, manifest({ 'x/f': whole('one'), 'y/f': whole('one') }, { followsLinks: true }))).toEqual({
      files: 2,
      bytes: 6,
      uncovered: [],
    });
  });
});

test('a name that is no UTF-8 cannot have been signed', () => {
  const folder = tree({ a: 'one', 'sub/b': 'two!' });
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/x`), Buffer.of(0xff)]), '');
  expect(checked(folder, manifest(AB))).toBe(`a name in ${folder} is no UTF-8, and cannot have been signed`);
});

describe('parts', () => {
  const shards = manifest({ a: parts('one', 'two') }, { shardSize: 3 });
  test.each<[Files, CheckedTree | string]>([
    [{ a: 'onetwo' }, { files: 1, bytes: 6, uncovered: [] }],
    [{ a: 'onetwO' }, 'a is not the file that was signed'],
    [{ a: 'onetwo!' }, 'a has 7 bytes, and 6 were signed'],
    [{ a: 'onetw' }, 'a has 5 bytes, and 6 were signed'],
    [
      { a: 'onetwo', empty: '' },
      { files: 1, bytes: 6, uncovered: ['empty'] },
    ],
    [{ a: 'onetwo', more: 'x' }, 'more is there, and was not signed; --ignore-unsigned-files takes it'],
  ])('%j', (files, expected) => {
    expect(checked(tree(files), shards)).toEqual(expected);
  });

  test('of more bytes than are read at once', () => {
    const text = 'x'.repeat(2 * 1024 * 1024 + 5);
    expect(checked(tree({ a: text }), manifest({ a: parts(text, 'y') }))).toBe(
      `a has ${text.length} bytes, and ${text.length + 1} were signed`,
    );
    expect(checked(tree({ a: `${text}y` }), manifest({ a: parts(text, 'y') }))).toMatchObject({
      bytes: text.length + 1,
    });
    expect(checked(tree({ a: text }), manifest({ a: whole(text) }))).toMatchObject({ bytes: text.length });
  });
});

describe('a single file', () => {
  const folder = tree({ 'w.bin': 'one', link: '->w.bin' });
  const single = (name: string): CheckedTree | string =>
    checked(join(folder, 'w.bin'), manifest({ [name]: whole('one') }));
  test.each<[string, CheckedTree | string]>([
    ['w.bin', { files: 1, bytes: 3, uncovered: [] }],
    ['.', { files: 1, bytes: 3, uncovered: [] }],
    ['v.bin', `${join(folder, 'w.bin')} is called otherwise than the signed file, v.bin`],
  ])('signed as %s', (name, expected) => {
    expect(single(name)).toEqual(expected);
  });

  test('of two, a link to one, and none', () => {
    expect(checked(join(folder, 'w.bin'), manifest(AB))).toBe(
      `${join(folder, 'w.bin')} is one file, and 2 were signed`,
    );
    expect(checked(join(folder, 'link'), manifest({ link: whole('one') }))).toMatchObject({ bytes: 3 });
    expect(() => checkTree(join(folder, 'gone'), manifest(AB), OPTIONS)).toThrow(UsageError);
  });
});
