// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pyarrow 26.0.1',
  groups: [
    {
      why: 'Converts one value to a type. Read in its source and tried.',
      insideDanger: true,
      names: `
pyarrow.lib: scalar`,
    },
    {
      why: 'Fields and metadata. Read in its source and tried.',
      insideDanger: true,
      names: `
pyarrow.lib: schema`,
    },
    {
      why: 'Only for its _deserialize by getattr.',
      insideDanger: true,
      names: `
pyarrow._compute: Expression`,
    },
    {
      why: 'compiled: seven typed fields, converted and checked one by one.',
      insideDanger: true,
      names: `
pyarrow._csv: ReadOptions`,
    },
  ],
  uses: `
ReadOptions: bT7()
scalar: r2(d,d)
schema: r2(n,d)`,
  members: '',
  shapes: '',
  refused: `
pyarrow._compute Expression._deserialize: Native IPC parser on a buffer of the stream; offsets in it are not fully validated, functions are taken from the registry by name
pyarrow._fs FileSystem: compiled: makes file systems, for some kinds with connections
pyarrow._fs FileSystem._from_uri: Makes a file system of a URI of the stream: HDFS, S3, GCS connect
pyarrow.lib _reconstruct_record_batch: Arrays and a schema are checked against each other (validate), but what is no Arrow array is converted (calls __arrow_array__, __array__ … of it), and its arrays come from _restore_array, which trusts lengths and offsets
pyarrow.lib _reconstruct_table: Arrays and a schema are checked against each other (validate), but what is no Arrow array is converted (calls __arrow_array__, __array__ … of it), and its arrays come from _restore_array, which trusts lengths and offsets
pyarrow.lib _restore_array: Makes an array of type, length, offset and buffers that are not compared with each other: reads and, for offsets, wild reads behind the data`,
};
