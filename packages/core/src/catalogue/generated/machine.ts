// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.

export const BYTE_CARRIERS: ReadonlySet<string> = new Set('__builtin__.bytearray __builtin__.bytes _io.BytesIO builtins.bytearray builtins.bytes builtins.memoryview bz2.decompress gzip.decompress io.BytesIO lzma.decompress zlib.decompress'.split(' '));
export const ARRAY_MAKERS: ReadonlySet<string> = new Set('_mareconstruct _mrreconstruct _reconstruct'.split(' '));
export const PANDAS_ARRAYS: ReadonlySet<string> = new Set('Categorical DatetimeArray PeriodArray TimedeltaArray'.split(' '));
export const PANDAS_MAKERS: readonly string[] = '__pyx_unpickle_'.split(' ');
export const ARRAY_WRAPPERS: ReadonlySet<string> = new Set('NumpyArrayWrapper'.split(' '));
