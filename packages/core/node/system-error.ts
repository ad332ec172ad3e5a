/** An error of the operating system, as opposed to a bug of ours. */
export interface SystemError extends Error {
  readonly code: string;
  readonly syscall: string;
  readonly path?: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    'syscall' in error &&
    typeof error.syscall === 'string'
  );
}

/** What the world does to a program, in words (errno(3)). What is not here is more likely a mistake of ours. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EAGAIN: 'it is busy',
  EBUSY: 'it is in use',
  ECONNREFUSED: 'nobody listens there',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'it exists',
  EFBIG: 'it would be larger than a file may be',
  EHOSTDOWN: 'the network does not answer',
  EHOSTUNREACH: 'the network does not answer',
  EIO: 'the disk or the network failed (EIO)',
  EISDIR: 'it is a folder',
  ELOOP: 'a loop of symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENETUNREACH: 'the network does not answer',
  ENFILE: 'too many open files',
  ENODEV: 'the device is not there',
  ENOENT: 'no such file or folder',
  ENOLINK: 'the network share is gone',
  ENOMEM: 'the system is out of memory',
  ENOSPC: 'no space left',
  ENOTCONN: 'the network share is gone',
  ENOTDIR: 'a part of the path is no folder',
  ENXIO: 'nobody is at the other end of it',
  EPERM: 'not permitted',
  EPIPE: 'nobody reads it',
  EROFS: 'the file system is read-only',
  ESTALE: 'the network share no longer has it (ESTALE)',
  ETIMEDOUT: 'the disk or the network did not answer in time',
  ETXTBSY: 'it is a program that runs',
};

/** The reason in words; the bare code for one that nobody foresaw. */
export function systemReason(error: SystemError): string {
  return REASONS[error.code] ?? error.code;
}

/** Whether it is the machine's doing: a full disk, a name that is too long. Others may be a bug. */
export function isEnvironment(error: SystemError): boolean {
  return error.code in REASONS;
}
