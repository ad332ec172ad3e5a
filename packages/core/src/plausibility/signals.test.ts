import { expect, test } from 'vitest';
import { inputOf } from '../../test/kit.js';
import type { PlausibilityReason } from '../model/plausibility.js';
import type { StructSignal } from '../model/fact.js';
import { analyseStream } from '../streams/stream.js';
import { plausibilityOfSignal } from './signals.js';

async function reasonOf(text: string, signal: StructSignal, isFaulty = false): Promise<PlausibilityReason> {
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  const { machine } = await analyseStream(inputOf(bytes), 0);
  return plausibilityOfSignal(signal, machine, isFaulty).reason;
}

test('every signal of a whole stream is meant', async () => {
  expect(await reasonOf('N.', 'truncated')).toBe('in-whole-stream');
});

test('data that breaks off is a fault, or a trick by what stands before', async () => {
  expect(await reasonOf('\x80\x04N', 'truncated')).toBe('breaks-off-behind');
  expect(await reasonOf('\x80\x04N', 'frame-mismatch')).toBe('fault-of-file');
  expect(await reasonOf('\x80\x04N\xff', 'frame-mismatch')).toBe('read-as-written');
  expect(await reasonOf('\x80\x04N\xff', 'frame-mismatch', true)).toBe('fault-of-file');
});

test('what stops every reader is evidence behind something', async () => {
  expect(await reasonOf('N\xff', 'invalid-opcode')).toBe('fault-of-file');
  expect(await reasonOf('\x80\x04N\xff', 'invalid-opcode')).toBe('behind-opcodes');
  expect(await reasonOf('\x80\x04N\xff', 'invalid-opcode', true)).toBe('fault-of-file');
  expect(await reasonOf('ca\nb\n\xff', 'invalid-opcode')).toBe('behind-opcodes');
  expect(await reasonOf('Pa\n\xff', 'invalid-opcode')).toBe('behind-opcodes');
  expect(await reasonOf('N\xff', 'uncanonical')).toBe('read-as-written');
});
