import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Kind } from './kinds.js';
import { readTable, type Table } from './table.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const data = join(root, 'packages/core/src/catalogue/data');

/** The texts of all tables, by their paths in catalogue/data, in the order of these. */
export function tableTexts(): ReadonlyMap<string, string> {
  const paths = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.txt'));
  return new Map(paths.sort().map((path) => [path.split(sep).join('/'), readFileSync(join(data, path), 'utf8')]));
}

/** One entry with the fields of its block and the path of its table. */
export interface Listed {
  readonly path: string;
  readonly words: readonly string[];
  readonly text: string;
  readonly fields: ReadonlyMap<string, string>;
}

let tables: readonly Table[] | undefined;

/** All entries of one kind, for tests and oracles. */
export function entriesOf(kind: Kind): readonly Listed[] {
  tables ??= [...tableTexts()].map(([path, text]) => readTable(path, text));
  return tables.flatMap(({ path, blocks }) =>
    blocks
      .filter((block) => block.kind === kind)
      .flatMap(({ fields, entries }) => entries.map(({ words, text }) => ({ path, words, text, fields }))),
  );
}
