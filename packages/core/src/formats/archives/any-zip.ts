import type { Found, Look } from '../members/look.js';
import { isNothing } from '../members/quick-reject.js';
import type { Member } from '../members/container.js';
import { isKerasZip } from '../keras/archive.js';
import { mayMark } from '../repository/names.js';
import { noCheckpoint } from '../torch/no-checkpoint.js';
import { recordsBeside } from '../torch/records-beside.js';
import { isPackage } from '../torch/torch-zip.js';
import type { ZipInMember, ZipReading } from '../zip/reading.js';
import { SoleMember } from './sole-member.js';

/** An archive of which every member is looked at for itself. */
export function anyZip(zip: ZipInMember, look: Look): ZipReading {
  const { archive } = zip;
  // The modules and storages of a package: what the names and the persistent IDs of its pickles stand for.
  const beside = isPackage(archive) ? recordsBeside(archive, look.budget) : undefined;
  const isMarked = look.repositories && archive.entries.some(({ name }) => mayMark(name));
  const sole = new SoleMember();
  return {
    whole: whole(zip, look),
    listedAs: () => null,
    async *open({ member }) {
      const inner: Member = {
        ...member,
        ...(beside === undefined ? {} : { beside }),
        ...(isMarked ? {} : { isOutsideRepository: true }),
      };
      sole.add(inner);
      if (isMarked || !isNothing(inner, look)) yield* sole.look(inner, look);
    },
    rest: () => sole.inspect(look),
  };
}

async function* whole(zip: ZipInMember, look: Look): AsyncGenerator<Found> {
  yield* noCheckpoint(zip, look);
  if (zip.format !== 'zip') return;
  const isNpz = zip.archive.entries.length > 0 && zip.archive.entries.every(({ name }) => name.endsWith('.npy'));
  yield { kind: 'format', format: isKerasZip(zip) ? 'keras' : isNpz ? 'npz' : 'zip', depth: zip.member.depth };
}
