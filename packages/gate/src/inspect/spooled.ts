import type { ByteSource } from '@artifact-sentinel/core';
import { sliceSource } from '@artifact-sentinel/core/internal';
import { refuse } from '../model/rules.js';
import { beginsZlib, codingOf } from './content-coding.js';
import { judgeSource } from './engine.js';
import { isTextSource } from './prefix.js';
import type { Spending } from './spending.js';

/** Bytes by which a source shows whether it is compressed. */
const MARK_BYTES = 64 * 1024;

/**
 * Looks at bytes that are too many to be held, by windows. What can only be read as a whole, text that may be encoded and
 * compressed data, is given back to be inspected like any other bytes, if it is no more than a request may decode.
 */
export async function inspectSource(source: ByteSource, path: string, spending: Spending): Promise<Buffer | null> {
  if (source.size === 0) return null;
  const head = Buffer.from(await source.read(0, Math.min(MARK_BYTES, source.size)));
  const coding = codingOf(head);
  const isPacked = coding !== null && (coding !== 'deflate' || (await beginsZlib(head)));
  if (isPacked || (await isTextSource(source)))
    return heldSource(source, path, spending, isPacked ? 'compressed data' : 'text');
  await judgeSource(source, path, spending.limits);
  return null;
}

/** All of a source that has to be read as a whole. */
export async function heldSource(source: ByteSource, path: string, spending: Spending, what: string): Promise<Buffer> {
  if (source.size > spending.left)
    refuse('GATE-UNREADABLE', 'too-large', path, `${what} of more bytes than one request may decode`);
  spending.decoded(source.size, path);
  return Buffer.from(await sliceSource(source, 0, source.size).read(0, source.size));
}
