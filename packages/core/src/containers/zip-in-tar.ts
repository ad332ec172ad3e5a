import type { Budget } from '../bytes/budget.js';
import type { ByteSource } from '../bytes/source.js';
import type { Directory } from './zip/directory.js';
import type { EndRecord } from './zip/end-records.js';
import type { Extent } from './zip/extents.js';
import { END_SIZE } from './zip/layout.js';
import { readZip } from './zip/read-zip.js';

/**
 * Whether the zip that readers find at the end of a tar is nothing but members of it: an archive that is stored last, as
 * in a .nemo file. All that its directories name must lie within the member that its end record lies in, so that who
 * opens the member sees the same.
 */
export async function isZipOfMembers(source: ByteSource, members: readonly Extent[], budget: Budget): Promise<boolean> {
  const archive = await readZip(source, budget);
  if (archive.skippedEndRecords > 0) return false;
  const homes = new Map<EndRecord, Extent>();
  for (const record of archive.endRecords) {
    const home = members.find(({ start, end }) => start <= record.at && record.at + END_SIZE <= end);
    if (home === undefined) return false;
    homes.set(record, home);
  }
  const isAtHome = (directory: Directory | undefined, start: number, end: number): boolean => {
    const home = directory === undefined ? undefined : homes.get(directory.record);
    return home !== undefined && home.start <= start && end <= home.end;
  };
  return (
    archive.directories.every((directory) => isAtHome(directory, directory.start, directory.end)) &&
    archive.entries.every(
      ({ directory, local, data }) =>
        local !== null && data !== null && isAtHome(archive.directories[directory ?? -1], local.at, data.end),
    )
  );
}
