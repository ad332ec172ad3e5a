import { latin1 } from '../bytes/read.js';
import type { ByteSource } from '../bytes/source.js';
import { MAX_PATH_CONFIGURATION } from '../model/limits.js';
import { isPathConfigurationName } from './file-names.js';

/** A comment, code (`site` runs such a line), a blank line, or a path: nothing that has markup or braces in it. */
const LINE = /^(?:#.*|import[ \t].*|[^<>{}[\]|"*?]*)$/;

/**
 * A path configuration file: lines for Python's `site` module, in a folder of packages (Lib/site.py, `addpackage`). It
 * shares the ending `.pth` with checkpoints, and every environment of setuptools has one. `import` in front is the opcode
 * INST, which ends every unpickler at once, for nothing is on its stack; any other beginning must have named nothing.
 */
export async function isPathConfiguration(
  { name, source }: { readonly name: string; readonly source: ByteSource },
  named: boolean,
): Promise<boolean> {
  if (!isPathConfigurationName(name) || !(source.size <= MAX_PATH_CONFIGURATION)) return false;
  const text = latin1((await source.read(0, MAX_PATH_CONFIGURATION)).slice());
  if (named && !/^import[ \t]/.test(text)) return false;
  // Text in any encoding that has ASCII in it; no control characters but those between lines.
  if (/[^\t\n\r\x20-\x7e\x80-\xff]/.test(text)) return false;
  return text.split(/\r?\n/).every((line) => LINE.test(line));
}
