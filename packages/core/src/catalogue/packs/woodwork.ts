// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'woodwork 0.27.0 0.31.0',
  groups: [
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and the state goes into __dict__ by update.',
      insideDanger: true,
      names: `
woodwork.column_schema: ColumnSchema
woodwork.logical_types: Categorical Datetime Double EmailAddress Integer LatLong NaturalLanguage Ordinal Unknown
woodwork.table_schema: TableSchema`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
