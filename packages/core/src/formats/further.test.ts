import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { lines } from '../../test/collected-kit.js';
import { op, pickle } from '../../test/kit.js';
import { budgetOf } from '../../test/open-container.js';
import { bytesOf, concat, zipOf } from '../../test/zip-builder.js';
import { memorySource } from '../bytes/source.js';
import type { Format } from '../model/format.js';
import { IN_ALL } from '../model/interest.js';
import { ARTIFACT } from '../model/origin.js';
import { FURTHER } from './further.js';
import { formats } from './index.js';
import type { Member } from './members/container.js';
import type { Outcome } from './members/further.js';
import type { Look } from './members/look.js';

const NAMES = ['weak', 'tar', 'zip', 'pickle', 'base64', 'source', 'repository', 'size'];
const LOOK = {
  formats,
  budget: budgetOf(),
  interest: IN_ALL,
  digests: false,
  observe: undefined,
  sources: [],
  neighbours: null,
  repositories: false,
} as unknown as Look;

/** Which readings a member of 2,000 bytes has. */
function readings(
  format: Format,
  more: Partial<Outcome> = {},
  member: Partial<Member> = {},
  look: Partial<Look> = {},
): string {
  const outcome: Outcome = {
    format,
    others: [],
    firstByte: 0,
    endsAsZip: false,
    explained: true,
    isWholeArray: false,
    pickleEnd: 0,
    held: [],
    ...more,
  };
  const source = memorySource(new Uint8Array(2_000));
  const whole: Member = { path: 'a.bin', name: 'a.bin', source, depth: 0, origin: ARTIFACT, ...member };
  return FURTHER.flatMap((further, i) => (further(whole, outcome, { ...LOOK, ...look }) === null ? [] : NAMES[i])).join(
    ' ',
  );
}

const SHORT = { source: memorySource(new Uint8Array(1_023)) };
const JUST = { source: memorySource(new Uint8Array(1_024)) };
const TEXT = { name: 'a.txt' };

test.each<[string, ...Parameters<typeof readings>]>([
  ['', 'zip'],
  ['', 'zip', { endsAsZip: true }],
  ['', 'gzip'],
  ['zip', 'gzip', { endsAsZip: true }],
  ['zip', 'gzip', { endsAsZip: null }],
  ['weak', 'gzip', { others: ['lzma'] }],
  ['tar', 'pickle'],
  ['tar', 'maybe-pickle'],
  ['tar', 'png'],
  ['', 'png', {}, SHORT],
  ['tar', 'png', {}, JUST],
  ['weak', 'pickle', { others: ['tar'] }],
  ['tar', 'pickle', { firstByte: 0x80 }],
  ['tar', 'maybe-pickle', { firstByte: 0x28 }],
  ['pickle', 'gzip', { firstByte: 0x28 }],
  ['tar pickle', 'png', { firstByte: 0x89 }],
  ['', 'gzip', { firstByte: 0x1f }],
  ['tar', 'maybe-pickle', {}, TEXT],
  ['tar base64', 'maybe-pickle', { explained: false }, TEXT],
  ['tar base64', 'png', { explained: false }, TEXT],
  ['', 'gzip', { explained: false }, TEXT],
  ['tar', 'maybe-pickle', { explained: false }],
  ['tar', 'maybe-pickle', {}, { name: 'a.py' }],
  ['tar source', 'maybe-pickle', {}, { name: 'a.py' }, { sources: ['source.call'] }],
  ['tar', 'maybe-pickle', {}, { name: 'a.txt' }, { sources: ['source.call'] }],
  ['tar repository', 'maybe-pickle', {}, {}, { repositories: true }],
  ['tar size', 'maybe-pickle', {}, { packed: { compressed: 1, declared: null } }],
])('%s: of %s %j', (expected, ...given) => expect(readings(...given)).toBe(expected));

const ZIP = zipOf([{ name: 'a.pkl', data: pickle(op.proto(2), op.global('os', 'f'), op.stop) }]);

test('a zip in compressed bytes is looked for once they are unpacked', async () => {
  const packed = new Uint8Array(gzipSync(concat(bytesOf('hello'), ZIP)));
  expect(await lines('a.gz', packed)).toEqual([
    'format gzip',
    'archive.ambiguous prepended-bytes a.gz!<gzip>@0',
    'stream a.gz!<gzip>!a.pkl plain 0+9 stop: os',
  ]);
});
