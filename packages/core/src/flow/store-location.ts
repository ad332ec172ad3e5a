import { LOCAL_STORES } from '../catalogue/lookup.js';
import { SHARED_PATH } from '../catalogue/lookup.js';
import type { CallExpression } from '../python/syntax.js';
import type { Frame } from './frame.js';

/** A database of the process itself. */
const IN_MEMORY = /^(?::memory:|file::memory:|file:[^?]*\?(?:[^&]*&)*mode=memory|)$/;
/** Of a database that is a file: the URL in front of the path. */
const FILE_URL = /^(?:sqlite(?:\+\w+)?|duckdb):(?:\/\/\/?)?/;

/**
 * What stands before the path of a store that is a file, by the constant that it is opened with: `shared:` where others
 * write, `local:` in memory or where a URL names a file of this host. Empty where that is not known.
 */
export function locationOf(frame: Frame, call: CallExpression, path: string): '' | 'shared:' | 'local:' {
  if (!LOCAL_STORES.test(path)) return '';
  const [first] = call.args;
  if (first === undefined) return '';
  const [text = null] = frame.flow.module.textParts({ value: first.value, scope: frame.scope });
  if (text === null) return '';
  const isUrl = FILE_URL.test(text);
  const name = text.replace(FILE_URL, '');
  if (!isUrl && /^\w+(?:\+\w+)?:\/\//.test(text)) return '';
  if (IN_MEMORY.test(name)) return 'local:';
  if (SHARED_PATH.test(name)) return 'shared:';
  return 'local:';
}

/** Every path of an object says that it is a store of this process or this host. */
export function isLocal(paths: readonly string[]): boolean {
  return paths.length > 0 && paths.every((path) => path.startsWith('local:'));
}
