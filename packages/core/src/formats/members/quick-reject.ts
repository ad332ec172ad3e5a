import { canStartStream, namesOrStops } from '../../pickle/opcodes.js';
import { bytesAtHand } from '../../bytes/read.js';
import { isModelName, isTextName } from '../../plausibility/file-names.js';
import type { Member } from './container.js';
import { HEAD_BYTES } from '../../model/format.js';
import type { Look } from './look.js';

/**
 * Whether an analysis of a member would find nothing, if a few bytes show that: a version, a byte order, a line of
 * text. Most members of small archives are such, and awaiting each analysis costs more than reading them.
 * Anything else is false: a name that promises something, bytes that are not at hand, a fault.
 */
export function isNothing(member: Member, look: Look): boolean {
  const { name, source, depth, origin } = member;
  if (member.role !== undefined || member.packed !== undefined || origin.from === 'text') return false;
  if (source.immediate !== true || source.size > HEAD_BYTES) return false;
  if (depth === 0 || depth > look.budget.limits.depth) return false;
  if (look.formats.promisedBy(name) !== null || isModelName(name) || isTextName(name)) return false;
  const bytes = bytesAtHand(source, HEAD_BYTES);
  if (bytes === null || bytes.length < source.size) return false;
  const { format, others } = look.formats.recognise(bytes);
  if (format !== 'empty' && (format !== 'maybe-pickle' || others.length > 0 || holdsEndRecord(bytes))) return false;
  look.budget.countLooked(bytes.length);
  const nothing = format === 'empty' || !canStartStream(bytes[0] ?? 0) || !namesOrStops(bytes);
  if (nothing) look.budget.ledger.claim(source, 0, source.size, 'data');
  return nothing;
}

/** The signature of the end record of a zip file. */
export function holdsEndRecord(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x50); at >= 0; at = bytes.indexOf(0x50, at + 1))
    if (bytes[at + 1] === 0x4b && bytes[at + 2] === 5 && bytes[at + 3] === 6) return true;
  return false;
}
