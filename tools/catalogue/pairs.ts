import type { NameRow } from '../../packages/core/src/catalogue/rows.js';

/** Module, name and row of all that rows of `catalogue/generated` name, for programs that are bundled. */
export function* pairsOf<Row extends NameRow>(rows: Iterable<Row>): Generator<readonly [string, string, Row]> {
  for (const row of rows) {
    for (const line of row.names.split('\n')) {
      const colon = line.indexOf(': ');
      for (const name of line.slice(colon + 2).split(' ')) yield [line.slice(0, colon), name, row];
    }
  }
}
