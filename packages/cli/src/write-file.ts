import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '@artifact-sentinel/core/internal';
import { pathOf, shownBytes } from '@artifact-sentinel/core/node/internal';
import { withSignalsHeld } from './signals.js';
import { isSystemError, systemReason, type SystemError } from './system-error.js';

export interface WriteOptions {
  /** Whether a file that is there is one that must not be replaced. */
  readonly isInput?: (file: Stats) => boolean;
}

/**
 * Writes to a path as the shell's `>` would, except for regular files: a reader of one sees the old file or
 * the new one, never half of one, even if the process is ended meanwhile. A link stays and its target is written to; devices,
 * pipes and sockets take the bytes. Nothing else in the command line replaces a file.
 */
export async function writeFile(file: string, text: string, options: WriteOptions = {}): Promise<void> {
  const bytes = Buffer.from(text);
  try {
    const found = openThere(file) ?? openBehindLink(file);
    if (found === null) await withSignalsHeld(() => create(file, bytes, 0o666, 'replace'));
    else await writeInto(file, found, bytes, options);
  } catch (error) {
    throw asUsageError(file, error);
  }
}

/** Writes a file that is not there yet; `EEXIST` of the result says that it is, as a link as well. */
export async function writeNewFile(file: string, text: string, mode = 0o666): Promise<'written' | 'exists'> {
  try {
    await withSignalsHeld(() => create(file, Buffer.from(text), mode, 'keep'));
    return 'written';
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return 'exists';
    throw asUsageError(file, error);
  }
}

interface Found {
  /** Null for a socket: it is connected to, not opened. */
  readonly descriptor: number | null;
  readonly stats: Stats;
  /** `made` for this: it has to go where nothing comes of it. `inherited`: open already, and written on from its current position. */
  readonly origin: 'there' | 'made' | 'inherited';
}

/** Names of what is open in this process: to open them again would begin at the start of a file that others write to. */
const DESCRIPTOR = /^\/(?:dev|proc\/self)\/fd\/(\d{1,6})$/;

/** The descriptor of a path like `/dev/fd/3`; null for the path of a file. */
export function descriptorOf(file: string): number | null {
  const number = DESCRIPTOR.exec(file)?.[1];
  if (number !== undefined) return Number(number);
  return file === '/dev/stderr' ? 2 : null;
}

/** The system follows links here, by its own rules (proc(5), protected_symlinks). */
function openThere(file: string): Found | null {
  const inherited = descriptorOf(file);
  if (inherited !== null) return { descriptor: inherited, stats: fstatSync(inherited), origin: 'inherited' };
  const path = pathOf(file);
  try {
    const descriptor = openSync(path, constants.O_WRONLY | (constants.O_NOCTTY ?? 0));
    return { descriptor, stats: fstatSync(descriptor), origin: 'there' };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT') return null;
    if (error.code !== 'ENXIO') throw error;
    const stats = statSync(path);
    if (!stats.isSocket()) throw error;
    return { descriptor: null, stats, origin: 'there' };
  }
}

/** A link that leads nowhere: its target is made, empty, to be replaced like any other. */
function openBehindLink(file: string): Found | null {
  const path = pathOf(file);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return null;
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | (constants.O_NOCTTY ?? 0), 0o666);
  return { descriptor, stats: fstatSync(descriptor), origin: 'made' };
}

async function writeInto(
  file: string,
  { descriptor, stats, origin }: Found,
  bytes: Buffer,
  { isInput }: WriteOptions,
): Promise<void> {
  if (descriptor === null) {
    await send(file, bytes);
    return;
  }
  try {
    if (stats.isFile() && isInput?.(stats) === true)
      throw new UsageError(`cannot write ${file}: it is an input of this run`);
    if (!stats.isFile() || origin === 'inherited') writeAll(descriptor, bytes, 'leave');
    else await withSignalsHeld(() => replace(file, descriptor, stats, bytes));
  } catch (error) {
    const real = origin === 'made' ? realOf(file, stats) : null;
    if (real !== null) rmSync(pathOf(real), { force: true });
    throw error;
  } finally {
    if (origin !== 'inherited') closeSync(descriptor);
  }
}

/** Codes of file systems that know no second name of a file. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** Codes of folders and mounts in which a new file cannot replace the old one. */
const NO_REPLACEMENT = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV']);

/**
 * A file that may be written to although its folder takes no replacement (a single file that is mounted into a
 * container, a folder of somebody else) is overwritten: that is what its permissions say.
 */
function replace(file: string, descriptor: number, stats: Stats, bytes: Buffer): void {
  const real = realOf(file, stats);
  try {
    if (real !== null) {
      create(real, bytes, stats, 'replace');
      return;
    }
  } catch (error) {
    if (!isSystemError(error) || !NO_REPLACEMENT.has(error.code)) throw error;
  }
  ftruncateSync(descriptor, 0);
  writeAll(descriptor, bytes, 'throw');
  fsyncSync(descriptor);
}

/** The path of an open file without links; null where it has none any more (`/dev/fd/3` of a removed file). */
function realOf(file: string, { dev, ino }: Stats): string | null {
  const real = shownBytes(realpathSync.native(pathOf(file), { encoding: 'buffer' }));
  const there = lstatSync(pathOf(real), { throwIfNoEntry: false });
  return there?.dev === dev && there.ino === ino ? real : null;
}

/** As a new file beside it, renamed once the disk has it. `like`: the mode, or the file that it replaces. */
function create(file: string, bytes: Buffer, like: number | Stats, there: 'replace' | 'keep'): void {
  // Nobody can lay a link there beforehand: the name is new, or the call fails (CWE-59, CWE-377).
  const temporary = pathOf(join(dirname(file), `.sentinel-${randomBytes(8).toString('hex')}.tmp`));
  const path = pathOf(file);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  const descriptor = openSync(temporary, flags, typeof like === 'number' ? like : 0o600);
  try {
    try {
      if (typeof like !== 'number') takeAfter(descriptor, like);
      writeAll(descriptor, bytes, 'throw');
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (there === 'replace') {
      renameSync(temporary, path);
      return;
    }
    linkOrCopy(temporary, path);
    rmSync(temporary);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Gives it its name unless somebody has that: file systems without hard links copy it. */
function linkOrCopy(temporary: string | Buffer, path: string | Buffer): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (!isSystemError(error) || !NO_LINKS.has(error.code)) throw error;
    copyFileSync(temporary, path, constants.COPYFILE_EXCL);
  }
}

/** Owner first: changing it takes bits of the mode away. */
function takeAfter(descriptor: number, { uid, gid, mode }: Stats): void {
  const now = fstatSync(descriptor);
  if (now.uid !== uid || now.gid !== gid) fchownSync(descriptor, uid, gid);
  fchmodSync(descriptor, mode & 0o777);
}

const PAUSE_MS = 10;

/** `leave`: a reader of a pipe may go early, as that of standard output may. */
function writeAll(descriptor: number, bytes: Buffer, whereNobodyReads: 'leave' | 'throw'): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(descriptor, bytes, at);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (error.code === 'EPIPE' && whereNobodyReads === 'leave') return;
      // A pipe that somebody else made non-blocking, and that is full.
      if (error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

async function send(file: string, bytes: Buffer): Promise<void> {
  const { connect } = process.getBuiltinModule('node:net');
  await new Promise<void>((resolve, reject) => {
    const socket = connect(file);
    socket.on('error', reject);
    socket.on('close', () => resolve());
    socket.resume().end(bytes);
  });
}

function asUsageError(file: string, error: unknown): unknown {
  return isSystemError(error) ? new UsageError(`cannot write ${file}: ${reasonOf(error)}`) : error;
}

function reasonOf(error: SystemError): string {
  if (error.code === 'EBADF') return 'it is not open for writing';
  return error.code === 'ENXIO' ? 'nobody reads it' : systemReason(error);
}
