import { op, pickle, repeat } from '../../../packages/core/test/kit.js';
import { bytesOf, concatAll, zipOf } from '../../../packages/core/test/zip-builder.js';
import { call, numbered, pickleCase, proto2, proto4, text, type Case } from './case.js';

/*
 * What is reported of a file: many findings, long chains, names that no terminal should see, and the policy itself.
 */

const policy = (name: string, from: number, make: (n: number) => string, doublings = 3): Case => ({
  name: `policy: ${name}`,
  file: 'sentinel-policy.yml',
  from,
  doublings,
  make: (n) => bytesOf(make(n)),
});

const notebook = (name: string, from: number, make: (n: number) => string, doublings = 3): Case => ({
  name: `base64: ${name}`,
  file: 'model.ipynb',
  from,
  doublings,
  make: (n) => bytesOf(make(n)),
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A text with base64 of an archive with a text with base64 of an archive, and so on. */
function nestedBase64(n: number, depth: number): string {
  let inner = base64(proto4(op.none, repeat(n, op.dup, op.pop)));
  for (let i = 0; i < depth; i += 1) inner = base64(zipOf([{ name: 'a.ipynb', data: ` ${inner} `, method: 8 }]));
  return inner;
}

const lone = Uint8Array.of(0xed, 0xa0, 0x80);
const invalid = Uint8Array.of(0x61, 0xff, 0xfe, 0xc0, 0x80);

/** Findings, evidence, text around pickles, policies. */
export const REPORT_CASES: readonly Case[] = [
  // Many findings.
  pickleCase(
    'streams of 10,000 distinct globals each',
    2,
    (n) =>
      concatAll(
        Array.from({ length: n }, (_, stream) =>
          proto2(
            numbered(10_000, (i) => pickle(op.global('a', `n${stream}_${i}`), op.pop)),
            op.none,
          ),
        ),
      ),
    4,
  ),
  pickleCase('names computed by calls, behind a crossing frame', 500, (n) =>
    pickle(
      op.proto(4),
      op.frame([op.binUnicode('abcdefgh')], 3),
      op.pop,
      text('a'),
      op.binPut(0),
      op.pop,
      op.global('b', 'c'),
      op.emptyTuple,
      op.reduce,
      op.binPut(1),
      op.pop,
      repeat(n, op.binGet(0), op.binGet(1), op.stackGlobal, op.pop),
      op.none,
      op.stop,
    ),
  ),
  {
    name: 'zip: members that are no pickles, whose names say that they are',
    file: 'model.zip',
    from: 2000,
    doublings: 3,
    make: (n) => zipOf(Array.from({ length: n }, (_, i) => ({ name: `${i}.pkl`, data: '~' }))),
  },

  // Evidence.
  pickleCase('results of calls in the arguments of calls', 500, (n) =>
    proto2(
      op.global('a', 'start'),
      op.emptyTuple,
      op.reduce,
      numbered(n, (i) => pickle(op.binPut(0), op.pop, op.global('a', `f${i}`), op.binGet(0), op.tuple1, op.reduce)),
    ),
  ),
  pickleCase('results of calls, twice in the arguments of the next', 500, (n) =>
    proto2(
      op.global('a', 'start'),
      op.emptyTuple,
      op.reduce,
      numbered(n, (i) =>
        pickle(op.binPut(0), op.pop, op.global('a', `f${i}`), op.binGet(0), op.binGet(0), op.tuple2, op.reduce),
      ),
    ),
  ),
  pickleCase('arguments of 200 KB of text', 100, (n) =>
    proto2(
      text('x'.repeat(200_000)),
      op.binPut(0),
      op.pop,
      numbered(n, (i) => pickle(op.global('a', `f${i}`), op.binGet(0), op.tuple1, op.reduce, op.pop)),
      op.none,
    ),
  ),
  pickleCase('one global, patched and passed on again and again', 2000, (n) =>
    proto2(
      op.global('a', 'C'),
      op.binPut(0),
      op.pop,
      numbered(n, (i) =>
        pickle(
          op.global('b', `f${i}`),
          op.binGet(0),
          op.tuple1,
          op.reduce,
          op.pop,
          op.binGet(0),
          text(`k${i}`),
          op.build,
          op.pop,
        ),
      ),
      op.none,
    ),
  ),

  // Names.
  pickleCase('names of lone surrogates', 5000, (n) =>
    proto4(
      numbered(n, (i) =>
        pickle(op.binUnicode(concatAll([lone, bytesOf(String(i))])), text('f'), op.stackGlobal, op.pop),
      ),
      op.none,
    ),
  ),
  pickleCase(
    'names that are no UTF-8',
    5000,
    (n) =>
      concatAll(
        Array.from({ length: n }, (_, i) => pickle(op.global(concatAll([invalid, bytesOf(String(i))]), 'f'), op.stop)),
      ),
    2,
  ),
  pickleCase('names with escapes and bidi characters', 5000, (n) =>
    proto4(
      numbered(n, (i) =>
        pickle(text(`\u001b[2J\u001b]0;x\u0007\u202e${i}`), text('\u2066\u009b31m'), op.stackGlobal, op.pop),
      ),
      op.none,
    ),
  ),

  // Text that holds pickles.
  notebook('tokens', 500, (n) => `${base64(pickle(op.proto(4), call, op.stop, new Uint8Array(20)))} `.repeat(n)),
  notebook(
    'tokens beyond the limit',
    8000,
    (n) => `${base64(pickle(op.proto(4), op.none, op.stop, new Uint8Array(20)))} `.repeat(n),
    1,
  ),
  notebook('one long token', 1 << 18, (n) => ` ${base64(proto4(op.none, repeat(n, op.dup, op.pop)))} `, 5),
  notebook('archives with base64 with archives, five deep', 1 << 12, (n) => ` ${nestedBase64(n, 5)} `),
  notebook('beginnings of tokens', 20_000, (n) => ' gASV'.repeat(n)),
  notebook('a token of line breaks and blanks', 20_000, (n) => ` gASV${'\n   "'.repeat(n)}!`),
  notebook('beginnings of tokens, each with blanks behind', 5000, (n) => `gASV\n${' '.repeat(20)}!`.repeat(n)),

  // Policies, which may come with the files.
  policy('aliases that multiply', 32, (n) =>
    Array.from({ length: n }, (_, i) => (i === 0 ? 'a0: &a0 [x, x]' : `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`)).join(
      '\n',
    ),
  ),
  policy('aliases', 1000, (n) => `a: &a 1\nb: [${'*a, '.repeat(n)}]\n`),
  policy('brackets in brackets', 5000, (n) => `a: ${'['.repeat(n)}${']'.repeat(n)}\n`),
  policy('maps in maps', 500, (n) => Array.from({ length: n }, (_, i) => `${' '.repeat(i)}a:\n`).join(''), 1),
  policy('keys', 2000, (n) => Array.from({ length: n }, (_, i) => `k${i}: 1\n`).join('')),
  policy(
    'rules that nobody knows',
    1000,
    (n) => `rules:\n${Array.from({ length: n }, (_, i) => `  R${i}: {}\n`).join('')}`,
  ),
  policy('documents', 50, (n) => '---\nfail_on: [HIGH]\n'.repeat(n)),
  policy(
    'allow entries',
    1000,
    (n) => `allow:\n${Array.from({ length: n }, (_, i) => `  - {entry: a.n${i}, why: x}\n`).join('')}`,
  ),
  policy(
    'accepted findings',
    1000,
    (n) =>
      `accept:\n${Array.from({ length: n }, (_, i) => `  - {fingerprint: a${i.toString(16).padStart(31, '0')}, owner: x, why: x, expires: 2027-01-31}\n`).join('')}`,
  ),
];
