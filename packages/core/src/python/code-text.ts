import { cut } from '../model/escape.js';
import type { PythonModule } from './module.js';

/** UTF-16 units of code that are read for its line. */
const LONG_CODE = 20_000;

/**
 * Code in one line, of at most so many UTF-16 units. Of a very long one only the beginning is read: nested
 * calls share their lines, and each shows its own (CWE-407).
 */
export function codeLine(
  module: PythonModule,
  { from, to }: { readonly from: number; readonly to: number },
  length: number,
): string {
  const left = Math.max(0, to - from - LONG_CODE);
  const text = module.textOf({ from, to: to - left }).replaceAll(/\s+/g, ' ');
  return left === 0 ? cut(text, length) : `${text.slice(0, length)}…`;
}
