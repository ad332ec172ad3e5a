import type { Budget } from '../../bytes/budget.js';
import { identityOfBytes } from '../../bytes/identity.js';
import type { ZipArchive } from '../zip/container.js';
import type { ZipEntry } from '../zip/archive.js';
import { dataVariants } from '../zip/variants.js';
import { together, UNKNOWN, type Identity } from '../../model/identity.js';

/**
 * Records that a pickle in an archive of PyTorch's gets by what it says: storages by persistent IDs, with the order of their
 * bytes (torch/serialization.py, `load_tensor`), and in a package the modules that its globals name, and their storages
 * (torch/package/package_importer.py).
 */
const GIVEN = /^(?:data|constants|tensors)\/|^\.data\/.*\.storage$|^byteorder$|\.py$/i;

/** The identity of these records, made once; null where there are none. */
export function recordsBeside(archive: ZipArchive, budget: Budget): () => Promise<Identity | null> {
  let made: Promise<Identity | null> | null = null;
  return () => (made ??= tell(archive, budget));
}

/** Behind the folder that all records lie in, which is called like the file. */
function inFolder(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

async function tell(archive: ZipArchive, budget: Budget): Promise<Identity | null> {
  const isGiven = ({ names }: ZipEntry): boolean => names.map(inFolder).some((one) => GIVEN.test(one));
  // What was not read cannot be accepted.
  if (archive.entries.some((entry) => entry.unread !== undefined && isGiven(entry))) return UNKNOWN;
  const records = [...archive.entries, ...archive.unlisted].flatMap((entry) => {
    const name = entry.names.map(inFolder).find((one) => GIVEN.test(one));
    return name === undefined ? [] : [{ name, variants: dataVariants(entry) }];
  });
  // Where they stand in the archive says nothing.
  records.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const parts: Identity[] = [];
  for (const { name, variants } of records) {
    for (const { method, start, length } of variants) {
      parts.push({ of: 'bytes', digest: JSON.stringify([name, method]) });
      parts.push(await identityOfBytes(archive.source, start, Math.min(start + length, archive.size), budget));
    }
  }
  return parts.length === 0 ? null : together(parts);
}
