import { cut, escapeText } from '../../model/escape.js';
import type { ArchiveAmbiguity, ArchiveBombProblem, ArchivePathProblem } from '../../model/fact.js';
import type { SignalRow } from '../signal-row.js';

/** Longest entry name in a signal. */
const ENTRY_LENGTH = 200;

const finding = (sentence: string): SignalRow => ({ level: 3, report: 'finding', sentence });

/** The code, and the entry that it is about: two entries with one problem are two signals. */
export function entrySignal(problem: string, entry: string | null): string {
  return entry === null ? problem : `${problem} ${cut(escapeText(entry), ENTRY_LENGTH)}`;
}

export const PATH_TABLE: Readonly<Record<ArchivePathProblem, SignalRow>> = {
  'parent-directory': finding('An entry climbs out of the folder it is unpacked into'),
  absolute: finding('An entry has an absolute path and is written to that path'),
  'drive-letter': finding('An entry names a drive and lands there on Windows'),
  backslash: finding('An entry uses backslashes, which are separators on Windows only, to leave its folder there'),
  'nul-byte': finding('An entry has a NUL byte in its name: some readers end the name there, others do not'),
  'symlink-escape': finding(
    'A symbolic link points out of the folder it is unpacked into; later entries write through it',
  ),
  'hardlink-escape': finding('A hard link takes hold of a file outside the folder it is unpacked into'),
  device: finding('An entry is a device or a pipe, which no artifact has'),
};

export const AMBIGUOUS_TABLE: Readonly<Record<ArchiveAmbiguity, SignalRow>> = {
  'duplicate-name': finding('Two entries have one name, and which of them is loaded depends on the reader'),
  'case-folded-duplicate': finding('Two names differ in case only, and some readers do not tell them apart'),
  'local-name-differs': finding('The two headers of an entry give it different names'),
  'size-differs': finding('The two headers of an entry disagree on its size'),
  'crc-differs': finding('The checksums of an entry disagree, or its bytes have another one'),
  'method-differs': finding('The two headers of an entry disagree on how it is compressed'),
  'flags-differ': finding(
    'One header calls the entry encrypted and the other does not, which stops scanners and no loader',
  ),
  'several-end-records': finding('The archive has more than one end record; each reader picks its own list of entries'),
  'zip64-contradiction': finding('The zip64 fields contradict the ordinary ones'),
  'prepended-bytes': finding('Bytes lie before the archive, so that it is also something else'),
  'appended-bytes': finding('Bytes lie behind the archive, where some readers search for another one'),
  'unclaimed-bytes': finding('Bytes between the entries belong to none of them'),
  'local-header-missing': finding('The directory names an entry that is not at its offset'),
  'unlisted-member': finding(
    'The archive holds an entry that its directory does not name; readers that walk the file find it',
  ),
  'record-case': finding(
    'A record of a checkpoint has another case than PyTorch writes, which its reader ignores and others do not',
  ),
  'disk-numbers': finding('The archive claims to span several disks: some readers refuse it, others do not look'),
  polyglot: finding('The same bytes are two formats, and each reader sees its own'),
};

export const BOMB_TABLE: Readonly<Record<ArchiveBombProblem, SignalRow>> = {
  'overlapping-members': finding('Entries share their compressed bytes, so that little data unpacks to a great deal'),
  expansion: finding('The data unpack to far more than honest data do'),
  nesting: finding('Archives lie inside archives beyond any honest depth'),
  'member-count': finding('The archive lists more entries than a reader can be expected to open'),
  'declared-size': finding('An entry announces a size that its bytes cannot have'),
};
