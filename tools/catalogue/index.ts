/** The tables of the catalogue, read and checked, and what is written from them. */
import { checkTables } from './check.js';
import { emit } from './emit.js';
import { KINDS } from './kinds.js';
import { readTable } from './table.js';

export { TableError } from './table.js';

/** From the tables, by their paths in catalogue/data, to the files in catalogue/generated. */
export function generate(texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const tables = [...texts].map(([path, text]) => readTable(path, text));
  checkTables(tables, (kind) => KINDS[kind].isSorted === true);
  return emit(tables);
}
