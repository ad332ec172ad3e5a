import { breaksAtOnce } from '../pickle/breaks-at-once.js';
import { canStartStream, namesOrStops } from '../pickle/opcodes.js';
import { holdsEndRecord } from './members/quick-reject.js';
import { HEAD_BYTES } from '../model/format.js';
import { formats } from './index.js';

/**
 * Whether an analysis of these bytes could find anything: for callers with thousands of small pieces, most of which are
 * words. False only where `collect` would find nothing.
 */
export function couldBeArtifact(bytes: Uint8Array): boolean {
  const { format, others } = formats.recognise(bytes.subarray(0, HEAD_BYTES));
  if (format === 'empty') return false;
  if ((format !== 'maybe-pickle' && !formats.isOpaque(format)) || others.length > 0 || holdsEndRecord(bytes))
    return true;
  return canStartStream(bytes[0] ?? 0) && namesOrStops(bytes) && !breaksAtOnce(bytes, 0);
}
