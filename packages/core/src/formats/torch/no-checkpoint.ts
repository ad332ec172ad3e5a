import { isUnread } from '../../model/origin.js';
import { isCheckpointName, isModelName } from '../../plausibility/file-names.js';
import { loadFound, noticeOf, type Found, type Look } from '../members/look.js';
import type { ZipInMember } from '../zip/reading.js';
import { recordsBeside } from './records-beside.js';
import { restrictedLoader } from './restricted-loader.js';
import { lacksPickle } from './torch-zip.js';

/** Of an archive that PyTorch does not take for a checkpoint, and that was one or is called one. */
export async function* noCheckpoint(zip: ZipInMember, look: Look): AsyncGenerator<Found> {
  const { archive, member, format } = zip;
  if (lacksPickle(archive)) {
    yield noticeOf(member.path, null, 'corrupt', 'the records of a PyTorch checkpoint without its data.pkl');
    return;
  }
  if (format !== 'zip' || !isMeantForTorch(zip)) return;
  if (archive.entries.length === 0) {
    // Without a first entry its bytes begin as no archive to PyTorch.
    yield noticeOf(member.path, null, 'corrupt', 'torch.load refuses it: an archive without entries is no checkpoint');
    return;
  }
  const { torchLoadZip } = await restrictedLoader();
  yield* loadFound(await torchLoadZip(member, archive, recordsBeside(archive, look.budget), look.budget));
}

/** By its name, and for names that other files have as well by its records: flat ones, or ones a folder too deep. */
function isMeantForTorch({ archive, member: { name, origin } }: ZipInMember): boolean {
  if (!isCheckpointName(name) || isUnread(origin)) return false;
  return !isModelName(name) || archive.entries.some((entry) => /(?:^|\/)data\.pkl$/i.test(entry.name));
}
