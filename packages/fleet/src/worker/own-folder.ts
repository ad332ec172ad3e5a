import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Containers that share a temporary folder have process IDs of their own, and host names of their own. */
function beginning(): string {
  return `sentinel-worker-${createHash('sha256').update(hostname()).digest('hex').slice(0, 8)}-`;
}

/**
 * A folder that only this user can enter, under a name that nobody can guess (CWE-377, CWE-379). What workers of this user left
 * here that were killed is removed.
 */
export async function makeOwnFolder(parent = tmpdir()): Promise<string> {
  await removeStale(parent);
  return mkdtemp(join(parent, `${beginning()}${process.pid}-`));
}

/** Folders of processes that are gone. Another user's, and links, are left. */
async function removeStale(parent: string): Promise<void> {
  const start = beginning();
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(start) ? /^(\d{1,10})-[A-Za-z0-9]+$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(parent, name);
    const found = await lstat(path).catch(() => null);
    if (found?.isDirectory() !== true || found.uid !== (process.getuid?.() ?? found.uid)) continue;
    // Two workers that start at once may remove the same.
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
