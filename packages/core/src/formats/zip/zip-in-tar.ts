import type { Budget } from '../../bytes/budget.js';
import type { ByteRange, ByteSource } from '../../bytes/source.js';
import type { Directory } from './directory.js';
import type { EndRecord } from './end-records.js';
import { END_SIZE } from './layout.js';
import { readsAlike } from './reads-alike.js';
import { readZip } from './read-zip.js';

/**
 * Whether the zip that readers find at the end of a tar is nothing but members of it: an archive that is stored last, as
 * in a .nemo file. All that its directories name must lie within the member that its end record lies in, so that who
 * opens the member sees the same.
 */
export async function isZipOfMembers(
  source: ByteSource,
  members: readonly ByteRange[],
  budget: Budget,
): Promise<boolean> {
  const archive = await readZip(source, budget);
  if (archive.skippedEndRecords > 0) return false;
  const homes = new Map<EndRecord, ByteRange>();
  for (const record of archive.endRecords) {
    const home = members.find(({ start, end }) => start <= record.at && record.at + END_SIZE <= end);
    if (home === undefined) return false;
    homes.set(record, home);
  }
  const isAtHome = (directory: Directory | undefined, start: number, end: number): boolean => {
    const home = directory === undefined ? undefined : homes.get(directory.record);
    return home !== undefined && home.start <= start && end <= home.end;
  };
  const areAtHome =
    archive.directories.every((directory) => isAtHome(directory, directory.start, directory.end)) &&
    archive.entries.every(
      ({ directory, local, data }) =>
        local !== null && data !== null && isAtHome(archive.directories[directory ?? -1], local.at, data.end),
    );
  if (!areAtHome) return false;
  for (const [record, home] of homes) {
    const directories = archive.directories.filter((directory) => directory.record === record);
    if (!(await readsAlike(archive, directories, home, budget))) return false;
  }
  return true;
}
