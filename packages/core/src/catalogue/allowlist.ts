import type { AllowGroup } from './allow-group.js';
import { STANDARD_GROUPS } from './allow-standard.js';
import { GENERATED_GROUPS } from './generated/index.js';
import { packOf } from './pack-lookup.js';
import { PACKS } from './packs/index.js';

/**
 * The criterion of every entry: calling it with any arguments, and any BUILD, SETITEMS or APPENDS on its result,
 * gives no code execution, no attribute access chosen by the stream, no import and no file access.
 * A callable that calls its argument (a factory, a rebuild function) passes when it can only get what the stream
 * itself names, for each of those names is judged by itself; a conditional name never reaches it (see classify.ts).
 */
const BASE_GROUPS: readonly AllowGroup[] = [...STANDARD_GROUPS, ...GENERATED_GROUPS];
/** All of them, those of the packs too. */
export const ALLOW_GROUPS: readonly AllowGroup[] = [
  ...BASE_GROUPS,
  ...[...PACKS.values()].flatMap((pack) => pack.groups),
];

/** Each entry of a group as (module, name). */
export function* entriesOf(group: AllowGroup): Generator<readonly [module: string, name: string]> {
  for (const line of group.names.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon < 0) continue;
    const module = line.slice(0, colon);
    for (const name of line.slice(colon + 2).split(' ')) yield [module, name];
  }
}

interface Line {
  readonly group: AllowGroup;
  readonly names: string;
}

let lines: Map<string, Line[]> | undefined;
const found = new Map<string, Map<string, AllowGroup>>();

/** The lines of each module; their names are split when the module is first asked for. */
function linesByModule(): Map<string, Line[]> {
  if (lines === undefined) {
    lines = new Map();
    for (const group of BASE_GROUPS) {
      for (const line of group.names.split('\n')) {
        const colon = line.indexOf(': ');
        if (colon < 0) continue;
        const module = line.slice(0, colon);
        const known = lines.get(module);
        const entry = { group, names: line.slice(colon + 2) };
        if (known === undefined) lines.set(module, [entry]);
        else known.push(entry);
      }
    }
  }
  return lines;
}

/** Modules that are looked for in the text as it stands; of more, an index is worth its making. */
const MOST_SEARCHES = 12;
let searches = 0;
const searched = new Map<string, readonly Line[]>();

function linesOf(module: string): readonly Line[] {
  const known = lines === undefined ? searched.get(module) : lines.get(module);
  if (known !== undefined) return known;
  if (lines !== undefined || searches >= MOST_SEARCHES) return linesByModule().get(module) ?? [];
  searches += 1;
  const own = search(BASE_GROUPS, module);
  searched.set(module, own);
  return own;
}

function search(groups: readonly AllowGroup[], module: string): readonly Line[] {
  // Neither stands in the name of a module.
  if (module.includes('\n') || module.includes(': ')) return [];
  const own: Line[] = [];
  const start = `${module}: `;
  for (const group of groups) {
    for (let at = lineFrom(group.names, start, 0); at >= 0;) {
      const newline = group.names.indexOf('\n', at);
      own.push({ group, names: group.names.slice(at + start.length, newline < 0 ? undefined : newline) });
      at = newline < 0 ? -1 : lineFrom(group.names, start, newline);
    }
  }
  return own;
}

const inPacks = new Map<string, readonly Line[]>();

/** The lines of a module, those of its pack behind the others. */
function allLinesOf(module: string): readonly Line[] {
  const pack = packOf(module);
  if (pack === undefined) return linesOf(module);
  let own = inPacks.get(module);
  if (own === undefined) {
    own = [...linesOf(module), ...search(pack.groups, module)];
    inPacks.set(module, own);
  }
  return own;
}

/** Where the next line with this beginning stands, or -1. */
function lineFrom(text: string, start: string, from: number): number {
  if (from === 0 && text.startsWith(start)) return 0;
  const at = text.indexOf(`\n${start}`, from);
  return at < 0 ? -1 : at + 1;
}

/** The group that allows exactly this pair, or undefined. */
export function findAllowed(module: string, name: string): AllowGroup | undefined {
  const own = allLinesOf(module);
  if (own.length === 0) return undefined;
  let names = found.get(module);
  if (names === undefined) {
    names = new Map();
    for (const line of own)
      for (const member of line.names.split(' ')) if (!names.has(member)) names.set(member, line.group);
    found.set(module, names);
  }
  return names.get(name);
}

/** True for a module of which the allowlist holds names. */
export function isAllowedModule(module: string): boolean {
  return allLinesOf(module).length > 0;
}

/** @internal For tests. */
export function allowSize(): number {
  let size = 0;
  for (const group of ALLOW_GROUPS) for (const _ of entriesOf(group)) size += 1;
  return size;
}
