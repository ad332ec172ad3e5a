import type { SourceNeighbours } from '../../model/neighbours.js';
import type { SourceRequirement } from '../../model/source-fact.js';

/** What PyTorch is called where versions are asked for: on PyPI and in conda. */
const TORCH =
  /^[\s"'[\]{}(),-]*(?:(?:install_requires|dependencies|requires)\s*=\s*\[?\s*["']?)?(torch|pytorch)(?![\w.-])\s*(?:\[[^\]]*\])?\s*(.*)$/i;
const LOWER = /(>=|===?|~=|\^|>|=)\s*["']?v?(\d+(?:\.\d+)*)/g;
const SHOWN = 120;

/** Lines of files such as requirements.txt and pyproject.toml that ask for PyTorch. */
function requirementsIn(path: string, text: string): SourceRequirement[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, i): SourceRequirement[] => {
    const bare = line.replace(/(?:^|\s)#.*$/, '');
    // Lists on one line: each entry by itself.
    const entries = /["'][^"']*["']\s*,/.test(bare) ? bare.split(',') : [bare];
    return entries.flatMap((entry) => {
      const found = TORCH.exec(entry.slice(0, 1000));
      const [, name, rest = ''] = found ?? [];
      if (name === undefined || /^\s*[:/]/.test(rest)) return [];
      const spec = rest.split(';')[0] ?? '';
      const shown = entry.replaceAll(/^[\s"'-]+|[\s"',\]]+$/g, '').slice(0, SHOWN);
      return [{ name: name.toLowerCase(), file: path, line: i + 1, text: shown, least: lowest(spec) }];
    });
  });
}

/** The highest of the lower bounds; null where there is none. */
function lowest(spec: string): readonly number[] | null {
  let least: readonly number[] | null = null;
  for (const [, operator, version = ''] of spec.matchAll(LOWER)) {
    // `!=`, `<=` end in the same character.
    if (operator === '=' && /[!<]=/.test(spec)) continue;
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

/** What the project around a file says of PyTorch; of several lines the one that admits the oldest. */
export function torchRequirement(path: string, neighbours: SourceNeighbours): SourceRequirement | null {
  let found: SourceRequirement | null = null;
  for (const file of neighbours.requirements(path)) {
    for (const one of requirementsIn(file.path, file.text)) {
      const isOlder =
        found === null || one.least === null || (found.least !== null && compare(one.least, found.least) < 0);
      if (isOlder) found = one;
    }
  }
  return found;
}
