import { expect, test } from 'vitest';
import { dynamicFact, globalFact, structFact } from '../../test/fact-kit.js';
import { inputOf } from '../../test/kit.js';
import { because, type PlausibilityReason } from '../model/plausibility.js';
import type { StructSignal } from '../model/fact.js';
import { analyseStream } from '../streams/stream.js';
import { isDangerous, plausibilityOfSignal } from './signals.js';

async function reasonOf(
  text: string,
  signal: StructSignal,
  { isFaulty = false, isBehindDanger = false } = {},
): Promise<PlausibilityReason> {
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  const { machine } = await analyseStream(inputOf(bytes), 0);
  return plausibilityOfSignal(signal, machine, { isFaulty, isBehindDanger: () => isBehindDanger }).reason;
}

test('every signal of a whole stream is meant', async () => {
  expect(await reasonOf('N.', 'truncated')).toBe('in-whole-stream');
});

test('data that breaks off is a fault, and a trick behind something dangerous', async () => {
  expect(await reasonOf('\x80\x04N', 'truncated')).toBe('fault-of-file');
  expect(await reasonOf('\x80\x04N', 'truncated', { isBehindDanger: true })).toBe('behind-danger');
  expect(await reasonOf('\x80\x04N', 'frame-mismatch')).toBe('fault-of-file');
  expect(await reasonOf('\x80\x04N\xff', 'frame-mismatch')).toBe('read-as-written');
  expect(await reasonOf('\x80\x04N\xff', 'frame-mismatch', { isFaulty: true })).toBe('fault-of-file');
});

test('what stops every reader is evidence behind something', async () => {
  expect(await reasonOf('N\xff', 'invalid-opcode')).toBe('fault-of-file');
  expect(await reasonOf('\x80\x04N\xff', 'invalid-opcode')).toBe('behind-opcodes');
  expect(await reasonOf('\x80\x04N\xff', 'invalid-opcode', { isFaulty: true })).toBe('fault-of-file');
  expect(await reasonOf('ca\nb\n\xff', 'invalid-opcode')).toBe('behind-opcodes');
  expect(await reasonOf('Pa\n\xff', 'invalid-opcode')).toBe('behind-opcodes');
  expect(await reasonOf('N\xff', 'uncanonical')).toBe('read-as-written');
});

test('a name is dangerous by the catalogue, or computed, and never one of chance', () => {
  const system = globalFact('os', 'system');
  const chance = because('array-data');
  expect([system, dynamicFact('x')].map(isDangerous)).toEqual([true, true]);
  expect(isDangerous({ ...system, plausibility: chance })).toBe(false);
  expect(isDangerous({ ...dynamicFact('x'), plausibility: chance })).toBe(false);
  expect(isDangerous(globalFact('mod', 'f'))).toBe(false);
  expect(isDangerous(structFact('truncated'))).toBe(false);
});
