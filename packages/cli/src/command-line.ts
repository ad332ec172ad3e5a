import { readFileSync } from 'node:fs';
import { shellQuote } from '@artifact-sentinel/core/internal';
import { isSystemError, shownBytes, shownName, typedName } from '@artifact-sentinel/core/node/internal';
import { shownAddress } from './sources/address.js';

/** What a byte that is no UTF-8 is decoded to. */
const LOST = '\ufffd';

/**
 * The arguments behind the program, with paths as reports have them (see `shownName`). Node decodes arguments, by which
 * names that are no UTF-8 are lost; Linux still has their bytes.
 */
export function shownArguments(argv: readonly string[]): string[] {
  const given = argv.slice(2);
  const bytes = given.some((argument) => argument.includes(LOST)) ? bytesOfArguments(given.length) : [];
  return given.map((text, i) => {
    const raw = bytes[i];
    return raw === undefined || raw.toString('utf8') !== text ? shownName(text) : shownBytes(raw);
  });
}

/** The last arguments of this process, proc(5). */
function bytesOfArguments(count: number): Buffer[] {
  let line: Buffer;
  try {
    line = readFileSync('/proc/self/cmdline');
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
  const found: Buffer[] = [];
  for (let end = line.length - 1; end >= 0 && found.length < count;) {
    const start = line.lastIndexOf(0, end - 1) + 1;
    found.unshift(line.subarray(start, end));
    end = start - 1;
  }
  return found;
}

/** The command of this run, to be pasted; without what may be a secret in an address. */
export function commandLine(): string {
  return [
    'sentinel',
    ...shownArguments(process.argv).map((argument) => shellQuote(typedName(shownAddress(argument)))),
  ].join(' ');
}
