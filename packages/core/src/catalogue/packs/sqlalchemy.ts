// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'SQLAlchemy 2.1.9; sqlalchemy 2.1.9',
  groups: [
    {
      why: 'A named tuple. Read in its source and tried.',
      insideDanger: true,
      names: `
sqlalchemy.engine.url: URL`,
    },
    {
      why: 'A str. Read in its source and tried.',
      insideDanger: true,
      names: `
sqlalchemy.sql.elements: _anonymous_label quoted_name`,
    },
    {
      why: 'An enumeration: looks its argument up among the members; BUILD on it would change the member for the whole process.',
      insideDanger: true,
      names: `
sqlalchemy.sql.schema: SchemaConst
sqlalchemy.sql.selectable: SelectLabelStyle`,
    },
    {
      why: 'Compiled dict subclass. Read in its source and tried.',
      insideDanger: true,
      names: `
sqlalchemy.util._immutabledict_cy: immutabledict`,
    },
    {
      why: 'Fixed fields. Read in its source and tried.',
      insideDanger: true,
      names: `
sqlalchemy.sql.schema: MetaData`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
sqlalchemy.event.base: _UnpickleDispatch
sqlalchemy.sql.elements: TextClause
sqlalchemy.sql.schema: PrimaryKeyConstraint
sqlalchemy.sql.selectable: Select
sqlalchemy.sql.sqltypes: Boolean DateTime Float HasExpressionLookup Integer JSON LargeBinary NullType Numeric String`,
    },
    {
      why: 'Stores the expression and its .type (slots).',
      insideDanger: true,
      names: `
sqlalchemy.sql.sqltypes: HasExpressionLookup.Comparator`,
    },
    {
      why: "Three fixed fields through object.__setattr__; unpacks pairs of state['_collection'] and hashes the columns (identity); _ColumnMetrics reads nothing while the proxy index is empty.",
      insideDanger: true,
      names: `
sqlalchemy.sql.base: DedupeColumnCollection`,
    },
    {
      why: '__dict__.update. Read in its source and tried.',
      insideDanger: true,
      names: `
sqlalchemy.sql.elements: BinaryExpression
sqlalchemy.sql.schema: Column`,
    },
    {
      why: '__dict__.update; a unique one gets a new key.',
      insideDanger: true,
      names: `
sqlalchemy.sql.elements: BindParameter`,
    },
    {
      why: '__init__(parent) reads fixed attributes of the parent (_colset, _index, _collection, _proxy_index), slots only.',
      insideDanger: true,
      names: `
sqlalchemy.sql.base: ReadOnlyColumnCollection`,
    },
    {
      why: '__new__ without arguments is object.__new__; no __setstate__: __dict__.update.',
      insideDanger: true,
      names: `
sqlalchemy.sql.schema: Table`,
    },
  ],
  uses: `
HasExpressionLookup.Comparator: r1(o,o)
PrimaryKeyConstraint: k
SchemaConst: r1()
SelectLabelStyle: r1()
URL: n1(n,o) n7(o,o)
_anonymous_label!: r2() k
immutabledict: r1()
quoted_name!: k r2() k`,
  members: '',
  shapes: '',
  refused: `
sqlalchemy.engine._row_cy rowproxy_reconstructor: Calls __new__ and __setstate__ of whatever class is given
sqlalchemy.engine.cursor CursorResultMetaData: calls the items method of what its state holds
sqlalchemy.sql.sqltypes PickleType: TypeDecorator calls its 4th argument (impl) if it is callable (seen); __getattr__ forwards to impl`,
};
