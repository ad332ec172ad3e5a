import { checkAllowEntry, renderAllowCheck, type CheckVerdict, userEntry } from '@artifact-sentinel/core/internal';
import { EXIT } from '../exit-code.js';
import { writeOut } from '../streams.js';
import { sourceFolders } from './source-folders.js';

interface CheckOptions {
  readonly format: 'text' | 'json';
  readonly source?: readonly string[];
}

/** An entry as `--also-allow` takes it: `module.name`, or `module.name:maker`. */
function checkEntry(given: string, find: Parameters<typeof checkAllowEntry>[1]): ReturnType<typeof checkAllowEntry> {
  const { entry, role } = userEntry(given);
  return checkAllowEntry(entry, find, role);
}

/** Prints what is known of the entries; the exit code. */
export async function checkEntries(entries: readonly string[], options: CheckOptions, color: boolean): Promise<number> {
  const find = options.source === undefined ? null : sourceFolders(options.source);
  const checks = entries.map((entry) => checkEntry(entry, find));
  await writeOut(
    options.format === 'json'
      ? `${JSON.stringify({ schemaVersion: 1, command: 'allow check', entries: checks }, null, 2)}\n`
      : renderAllowCheck(checks, color),
  );
  const has = (verdict: CheckVerdict): boolean => checks.some((check) => check.verdict === verdict);
  if (has('refused')) return EXIT.usage;
  return has('review') ? EXIT.fail : EXIT.pass;
}
