/** What went wrong, for code that decides by it. The message is for people. */
export type SourceErrorCode =
  /** The address itself is wrong, or asks for what cannot be done. */
  | 'usage'
  /** `--offline`, and no cache has it. */
  | 'offline'
  /** No connection, or one that broke. */
  | 'unreachable'
  /** No answer, or no further byte of it, in time. */
  | 'timeout'
  /** The caller ended it. */
  | 'aborted'
  /** An address that servers may not be sent to. */
  | 'private-address'
  /** Too many redirects, one without a usable Location, or one from https to http. */
  | 'redirect'
  | 'unauthorized'
  | 'gated'
  | 'disabled'
  | 'not-found'
  /** The repository goes by another name now. */
  | 'renamed'
  | 'rate-limited'
  /** Any other status that is an error. */
  | 'status'
  /** An answer that is no HTTP answer to the request: a wrong length, another range, a content coding. */
  | 'bad-answer'
  /** The server answers a range with all of a large file. */
  | 'no-ranges'
  /** The file is another one than before. */
  | 'changed'
  /** More than a limit takes. */
  | 'limit';

/**
 * Why a source, or a part of it, cannot be read. The message is one line that names the address without its query, user and
 * password: they may be secrets.
 */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly code: SourceErrorCode;
  /** HTTP status, where an answer caused it. */
  readonly status: number | null;

  constructor(code: SourceErrorCode, message: string, status: number | null = null) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
