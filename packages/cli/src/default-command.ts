import { lstatSync } from 'node:fs';
import { pathOf } from '@artifact-sentinel/core/node/internal';
import { isSystemError } from './system-error.js';

/** What the program answers itself. */
const OF_PROGRAM: ReadonlySet<string> = new Set(['help', '-h', '--help', '-V', '--version']);

function isThere(path: string): boolean {
  try {
    return lstatSync(pathOf(path), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (isSystemError(error) || path.includes('\0')) return false;
    throw error;
  }
}

/** Written as only a path is: a word without these may be a command with a typing error. */
function looksLikePath(word: string): boolean {
  return word === '-' || /[./\\~]|^hf-cache:/i.test(word);
}

/**
 * `sentinel model.pt` is `sentinel artifact model.pt`, with options before the path too. A command's name is always the
 * command, whatever lies in the working folder: what is scanned must not decide what is run. Such a path is written `./trace`.
 */
export function withCommand(words: readonly string[], commands: { has(word: string): boolean }): readonly string[] {
  const [first] = words;
  if (first === undefined || commands.has(first) || OF_PROGRAM.has(first)) return words;
  const isArtifact =
    first.startsWith('-') && first !== '-'
      ? !words.some((word) => commands.has(word) || OF_PROGRAM.has(word))
      : looksLikePath(first) || isThere(first);
  return isArtifact ? ['artifact', ...words] : words;
}
