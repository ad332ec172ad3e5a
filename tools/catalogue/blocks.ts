import type { Kind } from './kinds.js';
import type { Block, Table } from './table.js';

/** The first line of every generated file. */
export const HEAD =
  '// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.\n';

/** The blocks of one kind, in the order of the tables. */
export function blocksOf(tables: readonly Table[], kind: Kind): readonly Block[] {
  return tables.flatMap((table) => table.blocks.filter((block) => block.kind === kind));
}

/** A field; empty where the block has none. */
export const field = (block: Block, name: string): string => block.fields.get(name) ?? '';
/** The words of each entry. */
export const words = (block: Block): string[] => block.entries.map((entry) => entry.words.join(' '));

/** A text of many lines as TypeScript. */
export function template(text: string): string {
  return `\`${text.replace(/[\\`]|\$(?=\{)/g, '\\$&')}\``;
}
/** A text of one line as TypeScript. */
export function quoted(text: string): string {
  return text.includes("'") && !text.includes('"')
    ? `"${text.replaceAll('\\', '\\\\')}"`
    : `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** Groups by a key, in the order in which each key is met first. */
export function groupBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  return groups;
}
