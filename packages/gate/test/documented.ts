import type { DialectName } from '../src/config/dialects.ts';

/** A request as a page of documentation shows it. */
export interface Documented {
  readonly dialect: DialectName;
  readonly page: string;
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'OPTIONS';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
