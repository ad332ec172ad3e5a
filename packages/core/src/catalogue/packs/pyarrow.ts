// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pyarrow 26.0.1',
  groups: [
    {
      why: 'a list of pyarrow arrays and a type',
      insideDanger: true,
      names: `
pyarrow.lib: chunked_array`,
    },
    {
      why: 'a type or field',
      insideDanger: true,
      names: `
pyarrow.lib: list_`,
    },
    {
      why: 'compiled: seven typed fields, converted and checked one by one',
      insideDanger: true,
      names: `
pyarrow._csv: ReadOptions`,
    },
    {
      why: 'converts one value to a type',
      insideDanger: true,
      names: `
pyarrow.lib: scalar`,
    },
    {
      why: 'fields',
      insideDanger: true,
      names: `
pyarrow.lib: struct`,
    },
    {
      why: 'fields and metadata',
      insideDanger: true,
      names: `
pyarrow.lib: schema`,
    },
    {
      why: 'looks text up in a table',
      insideDanger: true,
      names: `
pyarrow.lib: type_for_alias`,
    },
    {
      why: 'name, type, flag, metadata',
      insideDanger: true,
      names: `
pyarrow.lib: field`,
    },
    {
      why: 'two integers, checked',
      insideDanger: true,
      names: `
pyarrow.lib: decimal128`,
    },
    {
      why: 'two types and a flag',
      insideDanger: true,
      names: `
pyarrow.lib: dictionary`,
    },
    {
      why: 'unit and zone text, not resolved while loading',
      insideDanger: true,
      names: `
pyarrow.lib: timestamp`,
    },
    {
      why: 'views the bytes given',
      insideDanger: true,
      names: `
pyarrow.lib: py_buffer`,
    },
  ],
  uses: `
ReadOptions: bT7()
chunked_array: r2(dn,d)
decimal128: r2()
dictionary: r3(d,d)
field: r4(d,d)
list_: r1(d,d)
py_buffer: r1(d,d)
scalar: r2(d,d)
schema: r2(n,d)
struct: r1(n,d)
timestamp: r2()
type_for_alias: r1()`,
  members: '',
  refused: `
pyarrow._fs FileSystem: compiled: makes file systems, for some kinds with connections
pyarrow._fs FileSystem._from_uri: makes a file system of a URI of the stream: HDFS, S3, GCS connect
pyarrow.lib _restore_array: makes an array of type, length, offset and buffers that are not compared with each other: reads and, for offsets, wild reads behind the data`,
};
