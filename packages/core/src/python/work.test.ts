import { expect, test } from 'vitest';
import { CodeDigests, digestOf } from './code-digest.js';
import { Work } from './work.js';

test('work ends behind its limit, and not at it', () => {
  const work = new Work(3, () => {});
  expect([work.step(), work.step(2), work.exhausted]).toEqual([true, true, false]);
  expect([work.step(), work.exhausted, work.step(0)]).toEqual([false, true, false]);
});

test('the clock is looked at now and then', () => {
  let looks = 0;
  const work = new Work(Infinity, () => {
    looks += 1;
  });
  for (let i = 0; i < 4095; i += 1) work.step();
  expect(looks).toBe(0);
  work.step();
  expect(looks).toBe(1);
  for (let i = 0; i < 4095; i += 1) work.step();
  expect(looks).toBe(1);
  work.step(5000);
  expect(looks).toBe(2);
  work.step(4095);
  expect(looks).toBe(2);
});

test('code is its tokens: blanks, comments and the ends of lines say nothing', () => {
  const of = (text: string): string => new CodeDigests(text, () => {}).of({ from: 0, to: text.length });
  expect(of('f(a,\n   "b")  # why')).toBe(of('f( a, "b" )'));
  for (const other of ['f(a, "c")', 'f(a, b)', 'f(a, 1)', 'f(a)']) expect(of(other)).not.toBe(of('f(a, "b")'));
  expect(of('1')).not.toBe(of('"1"'));
});

test('the line around an index', () => {
  const text = 'a = 1\nb = 2\nc = 3';
  const digests = new CodeDigests(text, () => {});
  const line = (from: number, to: number): string => digests.of({ from, to });
  expect([0, 4].map((at) => digests.ofLine(at))).toEqual([line(0, 5), line(0, 5)]);
  expect([6, 10].map((at) => digests.ofLine(at))).toEqual([line(6, 11), line(6, 11)]);
  expect([12, 16].map((at) => digests.ofLine(at))).toEqual([line(12, 17), line(12, 17)]);
});

test('beyond some times its length the whole text stands for a part of it', () => {
  const text = 'x = 1\n'.repeat(1_000);
  const digests = new CodeDigests(text, () => {});
  const first = digests.of({ from: 0, to: text.length });
  const times = (8 * text.length + 64 * 1024) / text.length;
  for (let i = 1; i < Math.floor(times); i += 1) expect(digests.of({ from: 0, to: text.length })).toBe(first);
  const whole = digests.of({ from: 0, to: text.length });
  expect(whole).toBe(`all ${digestOf(text)}`);
  // What is left is enough for a small one.
  expect(digests.of({ from: 0, to: 5 })).toBe(new CodeDigests('x = 1', () => {}).of({ from: 0, to: 5 }));
});

test('lone surrogates differ', () => {
  expect(digestOf('\ud800')).not.toBe(digestOf('\ud801'));
});
