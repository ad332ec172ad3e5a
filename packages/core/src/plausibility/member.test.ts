import { describe, expect, test } from 'vitest';
import { inputOf } from '../../test/kit.js';
import { memorySource } from '../bytes/source.js';
import { ARTIFACT, ENTRY, GAP, IN_TEXT, STORAGE, TAIL, type Origin } from '../model/origin.js';
import type { NamePromise } from '../model/format.js';
import { isChance, type PlausibilityReason } from '../model/plausibility.js';
import { analyseStream } from '../streams/stream.js';
import {
  countsAsStream,
  plausibilityOfBreak,
  plausibilityOfGap,
  plausibilityOfMember,
  plausibilityOfTar,
  promiseOf,
} from './member.js';

const PICKLE: NamePromise = { format: 'pickle', words: 'a pickle' };
const formats = { promisedBy: (name: string): NamePromise | null => (name.endsWith('.pkl') ? PICKLE : null) };
const HELD: Origin = { from: 'embedded', reader: 'holder' };
const GIVEN: Origin = { from: 'embedded', reader: 'program' };
const SOLE: Origin = { from: 'entry', reader: 'pandas' };
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

async function reasonOf(
  name: string,
  text: string,
  { origin = ARTIFACT, hasMark = false, behind = false }: { origin?: Origin; hasMark?: boolean; behind?: boolean } = {},
): Promise<PlausibilityReason> {
  const bytes = bytesOf(text);
  const first = await analyseStream(inputOf(bytes), 0);
  const member = { name, source: memorySource(bytes), origin };
  const countsBehind = async (): Promise<boolean> => behind;
  return (await plausibilityOfMember(member, { first, countsBehind }, promiseOf(member, formats), hasMark)).reason;
}

describe('the bytes of a member', () => {
  test.each<readonly [PlausibilityReason, string, string, Parameters<typeof reasonOf>[2]]>([
    ['ends-with-values', 'a', '(lp0\n.', {}],
    ['declared', 'a', '\x80\x02', { hasMark: true }],
    ['no-stream', 'a', '\x80\x02', { hasMark: true, origin: GAP }],
    ['declared', 'a', 'words', { origin: HELD }],
    ['no-stream', 'a', 'words', { origin: GIVEN }],
    ['promised-by-name', 'a.pkl', 'N.', {}],
    ['no-stream', 'a.pkl', 'words', {}],
    ['promised-by-name', 'a.model', 'c a\nb\n', {}],
    ['no-stream', 'a.model', 'c a\nb\n', { origin: TAIL }],
    ['no-stream', 'a.dat', 'c a\nb\n', {}],
    ['names-module', 'a.dat', 'cat\ndog\n', {}],
    ['lines-of-text', 'labels.txt', 'cat\ndog\n', {}],
    ['names-module', 'labels.txt', 'cat\ndog\n', { origin: SOLE }],
    ['stream-behind', 'labels.txt', 'cat\ndog\n', { behind: true }],
    ['stream-behind', 'a.dat', 'N.', { behind: true }],
    ['path-configuration', 'a.pth', '/opt/one\n', {}],
    ['stream-behind', 'a.pth', '/opt/one\n', { behind: true }],
  ])('%s: %s %j', async (reason, name, text, more) => {
    expect(await reasonOf(name, text, more)).toBe(reason);
  });

  test('the first stream of a sequence counts by itself, those behind it by the modules that they name as well', async () => {
    const result = await analyseStream(inputOf(bytesOf('cat\ndog\n')), 0);
    expect([countsAsStream(result, true), countsAsStream(result, false)]).toEqual([false, true]);
  });
});

test('a name promises nothing of bytes that no loader is given by it', () => {
  const promised = (origin: Origin): boolean => promiseOf({ name: 'a.pkl', origin }, formats) !== null;
  expect([ARTIFACT, ENTRY, SOLE].map(promised)).toEqual([true, true, true]);
  expect([GAP, TAIL, IN_TEXT, STORAGE, HELD, GIVEN].map(promised)).not.toContain(true);
});

test('damage is a gap where somebody reads', () => {
  const gaps = (cause: Parameters<typeof plausibilityOfGap>[0]): readonly boolean[] =>
    [ARTIFACT, GIVEN, GAP, STORAGE].map((origin) => !isChance(plausibilityOfGap(cause, origin)));
  expect(gaps('limit')).toEqual([true, true, true, true]);
  expect(gaps('unsupported')).toEqual([true, true, true, false]);
  expect(gaps('corrupt')).toEqual([true, true, false, false]);
  const breaks = [ARTIFACT, HELD, GIVEN, GAP].map((origin) => !isChance(plausibilityOfBreak('truncated', origin)));
  expect(breaks).toEqual([true, true, false, false]);
  expect(isChance(plausibilityOfBreak('unsupported', GAP))).toBe(false);
});

test('the header of a tar needs a mark where no loader is given the bytes', async () => {
  const of = async (origin: Origin, hasMark: boolean): Promise<string> =>
    (await plausibilityOfTar(origin, async () => hasMark)).reason;
  expect(await of(ENTRY, false)).toBe('header');
  expect(await of(HELD, false)).toBe('header');
  expect(await of(GAP, true)).toBe('header');
  expect(await of(GAP, false)).toBe('header-sum');
  expect(await of(GIVEN, false)).toBe('header-sum');
});
