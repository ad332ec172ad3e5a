import { expect, test } from 'vitest';
import { inputOf } from '../../test/kit.js';
import { because, type PlausibilityReason } from '../model/plausibility.js';
import { analyseStream } from '../streams/stream.js';
import { isReported, isReportedBeside, likelier, namesModule, onlyNamesInLines } from './stream.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

test.each<readonly [PlausibilityReason, string]>([
  ['declares-protocol', '\x80\x04N.'],
  ['declares-protocol', '\x80\x04N0'],
  ['names-nothing', '\x80\x04.'],
  ['ends-at-once', 'N.'],
  // Three opcodes, and PROTO where no pickler writes it.
  ['ends-at-once', 'N\x80\x02.'],
  ['ends-with-values', '(lp0\n.'],
  ['ends-with-persistent-ids', 'Pa\n.'],
  ['ends-with-names', 'ca\nb\n.'],
  ['ends-at-once', 'c-\nb\n.'],
  ['names-nothing', 'words'],
  ['names-nothing', 'N'],
  ['bare-names', 'cat\ndog\n'],
  ['bare-names', 'cat\ndog\nwords'],
  ['breaks-off', 'cat\ndog\n0'],
  ['breaks-off', 'cat\ndog\n)Rwords'],
  ['names-nothing', 'c-\nb\n0'],
])('%s: %j', async (reason, text) => {
  expect((await analyseStream(inputOf(bytesOf(text)), 0)).plausibility).toEqual(because(reason));
});

test('a stream that is chance is told of where it names something', async () => {
  const streams = { 'cat\ndog\n': true, words: false, 'N.': false, '(lp0\n.': true };
  for (const [text, isTold] of Object.entries(streams))
    expect([text, isReported(await analyseStream(inputOf(bytesOf(text)), 0))]).toEqual([text, isTold]);
});

test('beside another format it has to reach for something', async () => {
  const streams = { 'cat\ndog\n': true, '(lp0\n.': false, 'Pa\n.': true, '\x80\x04N.': false };
  for (const [text, isTold] of Object.entries(streams))
    expect([text, isReportedBeside(await analyseStream(inputOf(bytesOf(text)), 0))]).toEqual([text, isTold]);
});

test('what names a module, and what does no more than that in lines', async () => {
  const streams: readonly (readonly [string, boolean, boolean])[] = [
    ['cat\ndog\n', true, true],
    ['cat\ndog\n)R', true, false],
    ['cat\ndog\n.', true, false],
    ['c a\nb\n', false, true],
    ['ca.-\nb\n', true, true],
    ['\x82\x01.', true, false],
    ['\x82\x01', false, true],
    ['\x8c\x01a\x8c\x01b\x93', true, false],
  ];
  for (const [text, names, inLines] of streams) {
    const result = await analyseStream(inputOf(bytesOf(text)), 0);
    expect([text, namesModule(result), onlyNamesInLines(result)]).toEqual([text, names, inLines]);
  }
});

test('of two readings the one that is no chance counts', () => {
  const [sure, chance] = [because('ends-with-names'), because('bare-names')];
  expect([likelier(sure, chance), likelier(chance, sure)]).toEqual([sure, sure]);
});
