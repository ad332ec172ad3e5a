import type { ByteSource } from '@artifact-sentinel/core';
import {
  contents,
  memberBytes,
  traceItems,
  UsageError,
  type MemberContent,
  type TensorContent,
  type TraceItem,
} from '@artifact-sentinel/core/internal';
import { MAX_SHOWN_BYTES } from '../limits.js';
import type { BytesAnswer, ContentsAnswer, TraceAnswer } from './protocol.js';

/* What the panes show of one file: for people, and nothing is decided by it. */

/** What loading a file would do. */
export async function traceOf(path: string, source: ByteSource, signal: AbortSignal): Promise<TraceAnswer> {
  const running = traceItems(path, source, { signal });
  const items: TraceItem[] = [];
  for (;;) {
    const step = await running.next();
    if (step.done === true) return { items, result: step.value };
    items.push(step.value);
  }
}

/** Members and tensors of a file. */
export async function contentsOf(path: string, source: ByteSource, signal: AbortSignal): Promise<ContentsAnswer> {
  const running = contents(path, source, { signal });
  const members: MemberContent[] = [];
  const tensors: TensorContent[] = [];
  for (;;) {
    const step = await running.next();
    if (step.done === true) return { members, tensors, result: step.value };
    if (step.value.kind === 'member') members.push(step.value);
    else tensors.push(step.value);
  }
}

/** Bytes of a file as stored, or of a member in it, at most MAX_SHOWN_BYTES. */
export async function bytesOf(
  path: string,
  source: ByteSource,
  member: string | null,
  offset: number,
  length: number,
): Promise<BytesAnswer> {
  const wanted = Math.max(0, Math.min(length, MAX_SHOWN_BYTES));
  const start = Math.max(0, offset);
  if (member === null || member === path) {
    const bytes = await source.read(start, Math.max(0, Math.min(wanted, source.size - start)));
    return { member, offset: start, bytes: new Uint8Array(bytes), size: source.size };
  }
  const found = await memberBytes(path, source, member, start, wanted);
  if (found === null) throw new UsageError(`the bytes of ${member} cannot be read`);
  return { member, offset: found.offset, bytes: new Uint8Array(found.bytes), size: found.size };
}
