/** What was asked for is not done, and why: for the one who asked. `status` is that of HTTP. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  /** A word that programs can rely on. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
