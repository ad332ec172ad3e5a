import { lazy, remembered } from '../model/lazy.js';
import type { NameRow } from './rows.js';

interface Line<Row> {
  readonly row: Row;
  readonly names: string;
}

/** Rows by module and name. */
export interface NameTable<Row> {
  /** The row that names exactly this pair. */
  readonly find: (module: string, name: string) => Row | undefined;
  /** True for a module of which the table holds names. */
  readonly has: (module: string) => boolean;
}

/** Names of modules, split. */
const KEPT_MODULES = 2_000;

/** A set of words that is split when it is first asked. */
export function lazySet(text: string, separator: '\n' | ' '): (word: string) => boolean {
  const words = lazy((): ReadonlySet<string> => new Set(text.split(separator)));
  return (word) => words().has(word);
}

/** A table that is indexed when it is first asked; the names of a module are split when one of them is. */
export function nameTable<Row extends NameRow>(rows: readonly Row[]): NameTable<Row> {
  const index = lazy(() => indexed(rows));
  const namesOf = remembered(KEPT_MODULES, (module: string): ReadonlyMap<string, Row> | undefined => {
    const lines = index().get(module);
    if (lines === undefined) return undefined;
    const names = new Map<string, Row>();
    for (const { row, names: own } of lines) for (const one of own.split(' ')) names.set(one, row);
    return names;
  });
  return { find: (module, name) => namesOf(module)?.get(name), has: (module) => index().has(module) };
}

function indexed<Row extends NameRow>(rows: readonly Row[]): Map<string, Line<Row>[]> {
  const index = new Map<string, Line<Row>[]>();
  for (const row of rows) {
    for (const line of row.names.split('\n')) {
      const colon = line.indexOf(': ');
      const own = index.get(line.slice(0, colon));
      const entry = { row, names: line.slice(colon + 2) };
      if (own === undefined) index.set(line.slice(0, colon), [entry]);
      else own.push(entry);
    }
  }
  return index;
}
