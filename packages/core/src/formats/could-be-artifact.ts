import { breaksAtOnce } from '../pickle/breaks-at-once.js';
import { canStartStream, namesOrStops } from '../pickle/opcodes.js';
import { holdsEndRecord } from './members/quick-reject.js';
import { lzmaBeforeFault } from '../codecs/lzma-before-fault.js';
import { HEAD_BYTES } from '../model/format.js';
import { formats } from './index.js';

/**
 * Whether an analysis of these bytes could find anything: for callers with thousands of small pieces, most of which are
 * words. `bytes`: all of a piece. False only where `collect` would find nothing, or nothing but codes of the extension registry that
 * are not called, in what neither has PROTO nor ends.
 */
export function couldBeArtifact(bytes: Uint8Array): boolean {
  const { format, others } = formats.recognise(bytes.subarray(0, HEAD_BYTES));
  if (format === 'empty') return false;
  if (others.length > 0) {
    if (format !== 'maybe-pickle' || others.some((other) => other !== 'lzma')) return true;
    const given = lzmaBeforeFault(bytes);
    if (given === null || couldBePlain(given)) return true;
  }
  if ((format !== 'maybe-pickle' && !formats.isOpaque(format)) || holdsEndRecord(bytes)) return true;
  return couldBePickle(bytes);
}

/** The same of what was unpacked: what may be packed once more counts. */
function couldBePlain(bytes: Uint8Array): boolean {
  const { format, others } = formats.recognise(bytes.subarray(0, HEAD_BYTES));
  if (format === 'empty') return false;
  return format !== 'maybe-pickle' || others.length > 0 || holdsEndRecord(bytes) || couldBePickle(bytes);
}

function couldBePickle(bytes: Uint8Array): boolean {
  const isOne = canStartStream(bytes[0] ?? 0) && namesOrStops(bytes);
  return isOne && !breaksAtOnce(bytes, 0, { isWhole: true, passesCodes: true });
}
