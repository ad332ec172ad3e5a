import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { op, pickle } from '../../test/kit.js';
import { tarOf } from '../../test/tar-builder.js';
import { concat, zipOf } from '../../test/zip-builder.js';
import { memorySource } from '../bytes/source.js';
import { collect } from '../collect.js';
import { couldBeArtifact } from './could-be-artifact.js';

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const SYSTEM = pickle(op.global('os', 'system'), op.stop);
const member = { name: 'a.pkl', data: SYSTEM };

test.each([
  ['nothing', new Uint8Array(0)],
  ['a word', latin1('hello')],
  ['a number', latin1('12.5')],
  ['opcodes that name nothing and do not stop', latin1('(NNN')],
  ['an image', concat(latin1('\x89PNG\r\n\x1a\n'), new Uint8Array(8))],
])('%s could be none', (_, bytes) => expect(couldBeArtifact(bytes)).toBe(false));

test.each([
  ['a pickle', SYSTEM],
  ['a pickle of protocol 0', latin1('cos\nsystem\n.')],
  ['a pickle that only stops', latin1('N.')],
  ['a zip', zipOf([member])],
  ['a zip behind a text', concat(latin1('text'), zipOf([member]))],
  ['a zip behind an image', concat(latin1('\x89PNG\r\n\x1a\n'), zipOf([member]))],
  ['a tar', tarOf(member)],
  ['gzip', new Uint8Array(gzipSync(latin1('x')))],
  ['zlib', new Uint8Array(deflateSync(SYSTEM))],
  ['an array', concat(latin1('\x93NUMPY\x01\0'), new Uint8Array(20))],
])('%s could be one', (_, bytes) => expect(couldBeArtifact(bytes)).toBe(true));

describe('what is left out', () => {
  /** Words of pickles, archives and texts, so that many of them are nearly something. */
  const words = [
    'c',
    'os\n',
    'system\n',
    '.',
    'N',
    '(',
    '\x80\x04',
    '}',
    'R',
    'PK\x05\x06',
    '\x1f\x8b',
    ']\0\0',
    'a',
    '1',
  ];
  const pieces = fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((parts) => latin1(parts.join('')));

  test('has no name that a loader would look up', async () => {
    let left = 0;
    await fc.assert(
      fc.asyncProperty(pieces, async (bytes) => {
        if (couldBeArtifact(bytes)) return;
        left += 1;
        const { facts, streams } = await collect({ path: 'a', size: bytes.length, source: memorySource(bytes) });
        expect([...facts, ...streams.flatMap((one) => one.facts)].map(({ kind }) => kind)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(left).toBeGreaterThan(0);
  });
});
