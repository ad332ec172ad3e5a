import { describe, expect, test } from 'vitest';
import { dynamicFact, globalFact, structFact, call } from '../../test/fact-kit.js';
import type { Fact, StreamFacts } from '../model/fact.js';
import { because } from '../model/plausibility.js';
import { plausibilityBehindPrefix, plausibilityInBody, plausibilityInWhole, type BodyKind } from './body.js';
import { hasStrongMark, plausibilityOfBodyGap, plausibilityOfMark, plausibilityOfStorage } from './marks.js';
import { plausibilityWhilePassing } from './passing.js';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

const stream = (more: Partial<StreamFacts> = {}): StreamFacts => ({
  path: 'piece',
  role: 'plain',
  offset: 0,
  length: 10,
  protocol: 0,
  end: 'error',
  error: null,
  sha256: null,
  ...more,
});

const inBody = (
  fact: Fact,
  kind: BodyKind,
  more: Partial<StreamFacts> = {},
  text = more.protocol === undefined ? 'cos\nsystem\n' : '\x80\x02',
): string | null => plausibilityInBody(fact, stream(more), { kind, size: 20, head: bytesOf(text) })?.reason ?? null;

const used = globalFact('mod', 'f', [call()]);
const short = globalFact('a', 'b');
const long = globalFact('some.module', 'name');
const known = globalFact('os', 'system');
const noName = globalFact('\0\0', ';', [call()]);

describe('a fact of a stream in a body', () => {
  test('a global of bytes that chance writes', () => {
    expect(inBody(short, 'whole', { protocol: 2 })).toBe('marked-stream');
    expect(inBody(short, 'whole', { end: 'stop', length: 20 })).toBe('noise');
    expect(inBody(short, 'decoded-text', { end: 'stop', length: 20 })).toBe('marked-stream');
    expect(inBody(short, 'whole', { end: 'stop' })).toBe('noise');
    expect(inBody(short, 'whole', {}, '\x80\x01')).toBe('marked-stream');
    expect(inBody(globalFact('a', 'b', [call()]), 'whole')).toBe('noise');
    expect(inBody(globalFact('a', 'b', [call()]), 'whole', { end: 'stop' })).toBe('used-name');
    expect(inBody(short, 'whole')).toBe('noise');
    expect(inBody(long, 'whole')).toBe('long-name');
    expect(inBody(long, 'numbers')).toBe('noise');
    expect(inBody(used, 'numbers')).toBe('noise');
    expect(inBody(used, 'numbers', { end: 'stop' })).toBe('used-name');
    expect(inBody({ ...long, via: 'INST' }, 'whole')).toBe('noise');
    expect(inBody(known, 'numbers')).toBe('known-name');
    expect(inBody(noName, 'whole')).toBe('noise');
    expect(inBody({ ...known, plausibility: because('array-data') }, 'whole')).toBe('array-data');
  });

  test('a global of words that people write', () => {
    expect(inBody(known, 'text')).toBe('prose');
    expect(inBody(known, 'page')).toBe('prose');
    expect(inBody(known, 'decoded-text')).toBe('known-name');
    expect(inBody(used, 'decoded-text')).toBe('used-name');
    expect(inBody(known, 'text', { end: 'stop' })).toBe('known-name');
    expect(inBody(globalFact('os', 'system', [call()]), 'text')).toBe('known-name');
    expect(inBody(long, 'text', { end: 'stop' })).toBe('prose');
    expect(inBody(used, 'text')).toBe('prose');
    expect(inBody(used, 'text', { end: 'stop' })).toBe('used-name');
    expect(inBody(noName, 'text', { end: 'stop' })).toBe('prose');
    expect(inBody(noName, 'text', { protocol: 2 })).toBe('marked-stream');
    // A container within the words has left chance behind.
    expect(inBody(short, 'text', { path: 'piece!x', end: 'stop' })).toBe('marked-stream');
    expect(inBody(short, 'whole', { path: 'piece!x', end: 'stop' }, 'x\x9c')).toBe('noise');
    // Any bytes may be LZMA.
    expect(inBody(long, 'whole', { path: 'piece!<lzma>' }, 'a')).toBe('noise');
    expect(inBody(long, 'whole', { path: 'piece!<lzma>', end: 'stop' }, 'a')).toBe('long-name');
    expect(inBody(long, 'whole', { path: 'piece!<lzma>' }, ']\0')).toBe('long-name');
    expect(inBody(used, 'whole', { path: 'piece!<lzma>', end: 'stop' }, 'a')).toBe('used-name');
    expect(inBody(known, 'whole', { path: 'piece!<lzma>' }, 'a')).toBe('known-name');
  });

  test('a computed name', () => {
    const fact = dynamicFact('a call');
    expect(inBody(fact, 'whole', { protocol: 2 })).toBe('marked-stream');
    expect(inBody({ ...fact, via: 'EXT1' }, 'whole', { protocol: 2 })).toBe('noise');
    expect(inBody({ ...fact, via: 'EXT1' }, 'whole', { protocol: 2, end: 'stop' })).toBe('marked-stream');
    expect(inBody({ ...fact, callCount: 1 }, 'whole')).toBe('noise');
    expect(inBody({ ...fact, callCount: 1 }, 'whole', { end: 'stop' })).toBe('is-called');
    expect(inBody({ ...fact, callCount: 1 }, 'numbers', { protocol: 2 })).toBe('noise');
    expect(inBody({ ...fact, callCount: 1 }, 'text', { end: 'stop' })).toBe('prose');
  });

  test('a signal that reaches beyond plain data, and one that does not', () => {
    expect(inBody(structFact('truncated'), 'whole', { protocol: 4 })).toBeNull();
    expect(inBody(structFact('foreign-persistent-id'), 'whole', { protocol: 4 })).toBe('marked-stream');
    expect(inBody(structFact('foreign-persistent-id'), 'numbers', { protocol: 4 })).toBe('noise');
    expect(inBody(structFact('foreign-persistent-id'), 'whole')).toBe('noise');
    expect(inBody(structFact('extension-code'), 'whole', { protocol: 4 })).toBe('noise');
    expect(inBody(structFact('extension-code'), 'decoded-text', { end: 'stop' })).toBe('whole-stream');
    expect(inBody(structFact('extension-code'), 'text', { end: 'stop' })).toBe('prose');
  });
});

test('a whole stream that reaches for nothing', () => {
  const of = (more: Partial<StreamFacts>, kind: BodyKind, head = 'N.words', facts: readonly Fact[] = []): string =>
    plausibilityInWhole(stream(more), facts, { kind, size: 20, head: bytesOf(head) }).reason;
  expect(of({ end: 'error', protocol: 4 }, 'whole')).toBe('noise');
  expect(of({ end: 'stop', protocol: 4 }, 'numbers')).toBe('numbers');
  expect(of({ end: 'stop', protocol: 4 }, 'whole', '\x80\x04N.')).toBe('whole-stream');
  expect(of({ end: 'stop', protocol: 4 }, 'whole', 'N0\x80\x04N.')).toBe('noise');
  expect(of({ end: 'stop' }, 'whole')).toBe('noise');
  expect(of({ end: 'stop', length: 20 }, 'whole')).toBe('noise');
  expect(of({ end: 'stop', length: 20 }, 'whole', '\x80\x01N.')).toBe('whole-stream');
  expect(of({ end: 'stop', path: 'piece!x' }, 'text')).toBe('whole-stream');
  expect(of({ end: 'stop', length: 20 }, 'text')).toBe('prose');
  expect(of({ end: 'stop' }, 'text', '(lp0\n')).toBe('whole-stream');
  expect(of({ end: 'stop' }, 'text', '(lp0\n', [structFact('truncated')])).toBe('prose');
});

test('behind other bytes', () => {
  const fact = dynamicFact('a code');
  expect(plausibilityBehindPrefix(used, true)?.reason).toBe('is-called');
  expect(plausibilityBehindPrefix(used, false)?.reason).toBe('noise');
  expect(plausibilityBehindPrefix(globalFact('some.module', 'name', [call()]), false)?.reason).toBe('is-called');
  expect(plausibilityBehindPrefix(known, false)?.reason).toBe('known-name');
  expect(plausibilityBehindPrefix(long, true)?.reason).toBe('noise');
  expect(plausibilityBehindPrefix(fact, false)?.reason).toBe('noise');
  expect(plausibilityBehindPrefix(fact, true)?.reason).toBe('is-called');
  expect(plausibilityBehindPrefix({ ...fact, via: 'EXT2', callCount: 1 }, false)?.reason).toBe('noise');
  expect(plausibilityBehindPrefix({ ...fact, via: 'EXT2', callCount: 1 }, true)?.reason).toBe('is-called');
  expect(plausibilityBehindPrefix({ ...fact, via: 'EXT2' }, true)?.reason).toBe('noise');
  expect(plausibilityBehindPrefix({ ...fact, callCount: 1 }, false)?.reason).toBe('is-called');
  expect(plausibilityBehindPrefix(short, false)?.reason).toBe('noise');
  expect(plausibilityBehindPrefix(structFact('extension-code'), true)).toBeNull();
});

test('in bytes that pass', () => {
  const named = { kind: 'import', module: 'some', name: 'name', isKnown: false, isComputed: false } as const;
  const reason = (...given: Parameters<typeof plausibilityWhilePassing>): string =>
    plausibilityWhilePassing(...given).reason;
  expect(reason({ kind: 'call' }, 'behind', false)).toBe('is-called');
  expect(reason({ ...named, isKnown: true }, 'behind', false)).toBe('known-name');
  expect(reason(named, 'behind', false)).toBe('noise');
  expect(reason(named, 'first', false)).toBe('long-name');
  expect(reason({ ...named, name: 'n' }, 'first', false)).toBe('noise');
  expect(reason({ ...named, isComputed: true }, 'first', false)).toBe('noise');
  expect(reason({ ...named, isComputed: true }, 'first-marked', false)).toBe('marked-stream');
  expect(reason({ kind: 'stop' }, 'first', false)).toBe('noise');
  expect(reason({ kind: 'stop' }, 'behind', true)).toBe('whole-stream');
  expect(reason({ kind: 'persistent' }, 'first', true)).toBe('noise');
  expect(reason({ kind: 'extension' }, 'first-marked', false)).toBe('marked-stream');
});

test('damage behind a mark that chance hardly writes is a gap', () => {
  const zip = Uint8Array.of(0x50, 0x4b, 3, 4);
  expect([zip, bytesOf('x\x9c'), Uint8Array.of(0x1f, 0x8b, 8, 0xff)].map(hasStrongMark)).toEqual([true, false, false]);
  const gzip = [0x1f, 0x8b, 8, 0];
  expect(hasStrongMark(Uint8Array.from(gzip))).toBe(true);
  for (const at of gzip.keys()) {
    const other = Uint8Array.from(gzip, (byte, i) => (i === at ? byte ^ 0x80 : byte));
    expect(hasStrongMark(other)).toBe(false);
  }
  const bzip2 = [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
  for (let length = 3; length <= bzip2.length; length += 1)
    expect(hasStrongMark(Uint8Array.from(bzip2.slice(0, length)))).toBe(true);
  for (const at of bzip2.keys()) {
    const other = Uint8Array.from(bzip2, (byte, i) => (i === at ? byte ^ 0x40 : byte));
    expect(hasStrongMark(other)).toBe(false);
  }
  expect(hasStrongMark(Uint8Array.from([...bzip2.slice(0, 4), 0x17, 0x72, 0x45, 0x38, 0x50, 0x90]))).toBe(true);
  expect(plausibilityOfBodyGap('unsupported', bytesOf('GGUF\xff\xff\xff\xff')).reason).toBe('weak-mark');
  expect(plausibilityOfBodyGap('unsupported', bytesOf('GGUF\xff\xff\xff\xff12345678')).reason).toBe('well-formed');
  expect(plausibilityOfBodyGap('corrupt', zip).reason).toBe('strong-mark');
  expect(plausibilityOfBodyGap('truncated', bytesOf('x\x9c')).reason).toBe('weak-mark');
  expect(plausibilityOfBodyGap('unsupported', bytesOf('x')).reason).toBe('well-formed');
  expect(plausibilityOfBodyGap('unsupported', Uint8Array.of(0x1f, 0x8b, 0xc1)).reason).toBe('weak-mark');
  expect(plausibilityOfBodyGap('unsupported', Uint8Array.of(0x18, 0x19)).reason).toBe('weak-mark');
  expect(plausibilityOfBodyGap('limit', bytesOf('x')).reason).toBe('limit-reached');
});

test('a mark of two bytes, and no mark, need the word of the name', () => {
  const promise = { format: 'pickle', words: 'a pickle' } as const;
  expect(plausibilityOfMark(false, null).reason).toBe('format-mark');
  expect(plausibilityOfMark(true, null).reason).toBe('weak-mark');
  expect(plausibilityOfMark(true, promise).reason).toBe('promised-by-name');
  expect(plausibilityOfStorage('maybe-pickle', false, null).reason).toBe('numbers');
  expect(plausibilityOfStorage('maybe-pickle', false, promise).reason).toBe('promised-by-name');
  expect(plausibilityOfStorage('gguf', true, null).reason).toBe('numbers');
  expect(plausibilityOfStorage('gzip', false, null).reason).toBe('format-mark');
});
