import { ARCHIVE_CASES } from './cases/archives.js';
import { CALL_CASES } from './cases/calls.js';
import type { Case } from './cases/case.js';
import { COMPRESSED_CASES } from './cases/compressed.js';
import { MODEL_CASES } from './cases/models.js';
import { OPCODE_CASES } from './cases/opcodes.js';
import { OVERLAP_CASES } from './cases/overlaps.js';
import { REPORT_CASES } from './cases/reports.js';
import { SOURCE_CASES } from './cases/sources.js';
import { STREAM_CASES } from './cases/streams.js';

/** The limits that the largest files reach, by what is said of them: these scans must be incomplete. */
const STOPS: Readonly<Record<string, string>> = {
  'MARKs beyond the limit': 'marks',
  'values beyond the limit': 'values on the stack',
  'MEMOIZE, far beyond honest numbers': 'memo slots',
  'PUT with sparse huge indexes, many': 'memo slots far from the others',
  'BINBYTES8 of 2^n bytes in a file of 100': 'truncated',
  'BINUNICODE of 4 GB in a file of 100': 'truncated',
  'LONG4 of 2 GB in a file of 100': 'truncated',
  'distinct GLOBALs': 'different globals',
  'STACK_GLOBALs of all pairs of 64 KB names': 'characters of names',
  'one STACK_GLOBAL of 64 KB names again': 'characters of names',
  'names of half a megabyte by GLOBAL': 'characters of names',
  'many tiny streams': 'streams in a row',
  'byte strings beyond the limit': 'byte strings that may be pickles',
  'pickles in pickles': 'more than 12 deep',
  'joblib: object arrays in object arrays': 'object arrays lie more than 32 deep',
  'npy: a declared array of 10^18 bytes': 'truncated',
  'zip: end records': 'end records were not followed',
  'zip: 4 GB declared in 100 bytes': 'the file ends before',
  'zip: members beyond the limit': 'more than 200000 members',
  'zip in zip, twice in each': 'more than 12 deep',
  'zip: records that share one stored member': 'share their bytes',
  'zip: records that share one deflated member': 'share their bytes',
  'zip: members that each hold all members behind them': 'more than 12 deep',
  'tar: hard links to one member': 'share their bytes',
  'tar: a size of 8 GB in 1 KB': 'the tar ends before',
  'frames that end all over the opcodes behind': 'share their bytes',
  '7z: empty archive with a header of 2^62 bytes': 'a 7z header of',
  '7z: a count of 2^62 files': 'files are declared',
  '7z: a folder of 2^62 coders': 'coders in a folder',
  '7z: the same property again and again': 'stands twice',
  'gzip in gzip': 'more than 12 deep',
  'gzip: a quine, which unpacks to itself': 'more than 12 deep',
  'zip: quines side by side': 'more than 12 deep',
  'streams of 10,000 distinct globals each': 'most severe',
  'names that are no UTF-8': 'cannot be decoded',
  'base64: tokens beyond the limit': 'base64 tokens',
  'source: brackets': 'expressions inside each other',
  'source: conditional assignments of one name': 'too entangled',
  'source: calls of torch.load': 'calls and loads to tell of',
  'policy: aliases': 'more than 64 aliases',
  'policy: brackets in brackets': 'deep',
  'policy: keys': 'more than 200 keys',
  'policy: documents': 'more than 100 documents',
};

export const CASES: readonly Case[] = [
  ...OPCODE_CASES,
  ...CALL_CASES,
  ...STREAM_CASES,
  ...ARCHIVE_CASES,
  ...OVERLAP_CASES,
  ...COMPRESSED_CASES,
  ...REPORT_CASES,
  ...MODEL_CASES,
  ...SOURCE_CASES,
].map((one) => {
  const stops = STOPS[one.name];
  return stops === undefined ? one : { ...one, stops };
});
