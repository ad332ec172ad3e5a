import type { Pool } from '../database/pool.js';
import { withoutXet } from './cleaned.js';
import type { Allowed } from './decision.js';
import type { Files } from './files.js';
import { Refusal } from './refusal.js';
import { filesAt, type FileRow } from './rows.js';
import { isRecord, UpstreamError, type Pinned } from './upstream.js';

/** What is known of a repository, with the files that were analysed and no others. */
export async function repositoryDocument(
  pool: Pool,
  { intake }: Allowed,
  pinned: Pinned,
  info: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const clean = withoutXet(info) as Record<string, unknown>;
  clean['sha'] = pinned.commit;
  const { siblings } = clean;
  if (!Array.isArray(siblings)) return clean;
  const named = (siblings as readonly unknown[]).filter(isRecord);
  const rows = await filesAt(pool, intake, named.map(({ rfilename }) => rfilename).filter(isText));
  clean['siblings'] = named.filter(({ rfilename }) => isText(rfilename) && rows.has(rfilename));
  return clean;
}

/**
 * A page of a listing, or what is known of some paths: folders, and the files that were analysed with the sizes and hashes that
 * they had then. A file of which the Hub says something else is not served, and neither is the page.
 */
export async function listingDocument(
  pool: Pool,
  files: Files,
  { intake }: Allowed,
  pinned: Pinned,
  value: unknown,
): Promise<unknown> {
  if (!Array.isArray(value))
    throw new UpstreamError(502, null, `${pinned.repository}: the Hub answers with no listing`);
  const entries = (value as readonly unknown[]).filter(isRecord);
  const rows = await filesAt(pool, intake, entries.map(({ path }) => path).filter(isText));
  return entries.flatMap((entry) => {
    const { type, path, oid } = entry;
    if (!isText(path)) return [];
    const common = { type, oid: isText(oid) && /^[0-9a-f]{40}$/.test(oid) ? oid : '0'.repeat(40), path };
    if (type === 'directory') return [{ ...common, size: 0, ...commitOf(entry) }];
    const row = rows.get(path);
    if (type !== 'file' || row === undefined) return [];
    const lfs = lfsOf(pinned, row, entry);
    files.note(pinned, path, lfs !== null);
    return [{ ...common, size: row.size, ...(lfs === null ? {} : { lfs }), ...commitOf(entry) }];
  });
}

function lfsOf(
  pinned: Pinned,
  { path, size, sha256 }: FileRow,
  { size: listed, lfs }: Readonly<Record<string, unknown>>,
) {
  const isOther = listed !== size || (isRecord(lfs) && (lfs['oid'] !== sha256 || lfs['size'] !== size));
  if (isOther)
    throw new Refusal(
      403,
      'GatedRepo',
      `Sentinel refuses ${pinned.repository} at ${pinned.commit}: the Hub lists another ${path} than the one that was analysed`,
    );
  return isRecord(lfs) ? { oid: sha256, size, pointerSize: lfs['pointerSize'] } : null;
}

/** What a listing has besides when it is asked to expand: the last commit, the verdicts of the Hub. */
function commitOf({
  lastCommit,
  securityFileStatus,
}: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    ...(lastCommit === undefined ? {} : { lastCommit: withoutXet(lastCommit) }),
    ...(securityFileStatus === undefined ? {} : { securityFileStatus: withoutXet(securityFileStatus) }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
