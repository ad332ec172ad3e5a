/** Why a template was not read to its end. Offsets are indexes of the normal text (text.ts). */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly at: number;
  /** A limit of ours was reached; otherwise Jinja2 refuses the template too. */
  readonly limit: boolean;

  constructor(message: string, at: number, limit = false) {
    super(message);
    this.at = at;
    this.limit = limit;
  }
}
