import type { SourceNeighbours } from '../model/neighbours.js';
import type { SourceRequirement } from '../model/source-fact.js';
import { MAX_KNOWN_NAMES, MAX_REQUIREMENT } from './limits.js';
import { perObject } from '../model/lazy.js';

/**
 * What PyTorch is called where versions are asked for, on PyPI and in conda, with what may stand before it. White space
 * is put down to single blanks before, so that no two repetitions can share what they match.
 */
const TORCH =
  /^(?:(?:install_requires|dependencies|requires) ?= ?\[? ?["']?)?(torch|pytorch)(?![\w.-]) ?(?:\[[^\]]*\])?(.*)$/i;
const LOWER = /(>=|===?|~=|\^|>|=)\s*["']?v?(\d+(?:\.\d+)*)/g;
const SHOWN = 120;
/** What `.` of an expression does not match ends a line as well. */
const LINE_END = /\r\n|[\r\n\u2028\u2029]/;
const BEFORE_NAME = ' "\'[]{}(),-';
const AROUND_TEXT = ' "\'-,]';

/** Without the characters at its ends; a pattern that ends in `$` would begin anew at each of them. */
function stripped(text: string, characters: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && characters.includes(text.charAt(from))) from += 1;
  while (to > from && characters.includes(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

/** Without the comment: a `#` begins one where the line or a blank stands before it. */
function withoutComment(line: string): string {
  const at = line.search(/(?<!\S)#/);
  return at < 0 ? line : line.slice(0, at);
}

/** Lines of files such as requirements.txt and pyproject.toml that ask for PyTorch. */
function requirementsIn(path: string, text: string): SourceRequirement[] {
  return text.split(LINE_END).flatMap((line, i): SourceRequirement[] => {
    const bare = withoutComment(line);
    // Lists on one line: each entry by itself.
    const entries = /["'][^"']*["']\s*,/.test(bare) ? bare.split(',') : [bare];
    return entries.flatMap((entry) => {
      const even = entry.slice(0, MAX_REQUIREMENT).replaceAll(/\s+/g, ' ');
      const found = TORCH.exec(startOf(even));
      const [, name, rest = ''] = found ?? [];
      if (name === undefined || /^\s*[:/]/.test(rest)) return [];
      const spec = rest.split(';')[0] ?? '';
      const shown = stripped(even, AROUND_TEXT).slice(0, SHOWN);
      return [{ name: name.toLowerCase(), file: path, line: i + 1, text: shown, least: lowest(spec) }];
    });
  });
}

/** From where a name may stand. */
function startOf(entry: string): string {
  let from = 0;
  while (from < entry.length && BEFORE_NAME.includes(entry.charAt(from))) from += 1;
  return entry.slice(from);
}

/** The highest of the lower bounds; null where there is none. */
function lowest(spec: string): readonly number[] | null {
  let least: readonly number[] | null = null;
  const isNegated = /[!<]=/.test(spec);
  for (const [, operator, version = ''] of spec.matchAll(LOWER)) {
    // `!=`, `<=` end in the same character.
    if (operator === '=' && isNegated) continue;
    const parts = version.split('.').map(Number);
    if (least === null || compare(parts, least) > 0) least = parts;
  }
  return least;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What is known of a tree, by folders, for as long as somebody scans it. */
const knownIn = perObject<SourceNeighbours, Map<string, SourceRequirement | null>>(() => new Map());

/** What the project around a file says of PyTorch; of several lines the one that admits the oldest. */
export function torchRequirement(
  path: string,
  neighbours: SourceNeighbours,
  checkTime: () => void,
): SourceRequirement | null {
  const folders = knownIn(neighbours);
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const found = oldest(neighbours.requirements(path), checkTime);
  if (folders.size > MAX_KNOWN_NAMES) folders.clear();
  folders.set(folder, found);
  return found;
}

function oldest(
  files: Iterable<{ readonly path: string; readonly text: string }>,
  checkTime: () => void,
): SourceRequirement | null {
  let found: SourceRequirement | null = null;
  for (const file of files) {
    checkTime();
    for (const one of requirementsIn(file.path, file.text)) {
      const isOlder =
        found === null || one.least === null || (found.least !== null && compare(one.least, found.least) < 0);
      if (isOlder) found = one;
    }
  }
  return found;
}
