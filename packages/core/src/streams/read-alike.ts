import { ALL } from '../pickle/readers.js';
import type { Before, StreamResult } from './stream-result.js';

/** Whether every reader takes the same opcodes for the stream, and ends at the same offset. */
export function isReadAlike({ runs, hasOtherWays }: StreamResult): boolean {
  const { run, others, inArrays, failure, limit } = runs;
  const { machine } = run;
  const isAlike = machine.stopped && machine.alive === ALL && others.length + inArrays.length === 0;
  return isAlike && failure === null && limit === null && !hasOtherWays;
}

/** What is before the stream behind this one. */
export function behind(result: StreamResult): Before {
  const { runs, before, next, alternates, stream } = result;
  const isOnlyWay = next.length === 1 && alternates.length === 0 && runs.arrays.length + runs.alternates.length === 0;
  const { offset: origin, length } = stream;
  return {
    earlier: before,
    stream: isOnlyWay && isReadAlike(result) ? { origin, end: origin + length } : null,
  };
}

/** Streams to which readers come by several ways. */
export const SEVERAL_WAYS: Before = { earlier: null, stream: null };
