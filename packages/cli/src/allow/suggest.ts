import {
  escapeText,
  renderAllowYaml,
  renderSuggestions,
  UsageError,
  type FileSuggestions,
} from '@artifact-sentinel/core/internal';
import { walk } from '@artifact-sentinel/core/node';
import { hashFile, suggestAllow } from '@artifact-sentinel/core/node/internal';
import { EXIT } from '../exit-code.js';
import { writeError, writeOut } from '../streams.js';
import { sourceFolders } from './source-folders.js';

interface SuggestOptions {
  readonly format: 'text' | 'json' | 'yaml';
  readonly source?: readonly string[];
}

/** Days that a proposed entry counts: two reviews a year. */
const PROPOSED_DAYS = 180;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Prints the entries that files need; the exit code. */
export async function suggestEntries(
  paths: readonly string[],
  options: SuggestOptions,
  color: boolean,
): Promise<number> {
  const find = options.source === undefined ? null : sourceFolders(options.source);
  const files: FileSuggestions[] = [];
  const hashes = new Map<string, string>();
  for await (const input of walk(paths)) {
    if (input.source === null && paths.includes(input.path))
      throw new UsageError(`${input.path}: ${input.problem?.reason ?? 'it cannot be opened'}`);
    const found = await suggestAllow(input, find);
    for (const reason of found.incomplete) writeError(`sentinel: ${escapeText(reason)}`);
    if (found.format === null && found.suggestions.length === 0 && found.incomplete.length === 0) continue;
    files.push(found);
    if (found.suggestions.some(({ status }) => status !== 'refused')) {
      // Of the state that was analysed: it goes into a policy as a pin.
      const hash = hashFile(found.path, input.identity ?? null);
      if ('sha256' in hash) hashes.set(found.path, hash.sha256);
    }
  }
  await writeOut(render(files, options.format, { color, hashes, expires: lastDay() }));
  const all = files.flatMap(({ suggestions }) => suggestions);
  if (all.some(({ status }) => status === 'refused') || files.some(({ incomplete }) => incomplete.length > 0))
    return EXIT.incomplete;
  return all.some(({ status }) => status === 'review') ? EXIT.fail : EXIT.pass;
}

function render(
  files: readonly FileSuggestions[],
  format: SuggestOptions['format'],
  options: Parameters<typeof renderSuggestions>[1],
): string {
  if (format === 'yaml') return renderAllowYaml(files, options);
  if (format === 'json') return `${JSON.stringify({ schemaVersion: 1, command: 'allow suggest', files }, null, 2)}\n`;
  if (files.length === 0) return 'There is no artifact to allow anything for.\n';
  return renderSuggestions(files, options);
}

function lastDay(): string {
  return new Date(Date.now() + PROPOSED_DAYS * DAY_MS).toISOString().slice(0, 10);
}
