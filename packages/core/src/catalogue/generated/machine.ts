// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { StateKeyValue } from '../rows.js';

export const STATE_KEYS: ReadonlyMap<string, StateKeyValue> = new Map<string, StateKeyValue>([
  ['_attach_argparser_methods', 'never'],
  ['_attach_methods', 'never'],
  ['_build_f', 'never'],
  ['_clear_item_cache', 'never'],
  ['_initialize', 'never'],
  ['_patch_step_function', 'never'],
  ['_set_axis', 'never'],
  ['all_weights', 'never'],
  ['close', 'never'],
  ['free_network', 'never'],
  ['get_params', 'never'],
  ['profile_hook_step', 'never'],
  ['register_buffer', 'never'],
  ['register_parameter', 'never'],
  ['add', 'built-in'],
  ['append', 'built-in'],
  ['cleanup', 'built-in'],
  ['extend', 'built-in'],
  ['items', 'built-in'],
  ['keys', 'built-in'],
  ['update', 'built-in'],
  ['_sklearn_version', 'constant'],
  ['_typ', 'constant'],
  ['_cache', 'dict'],
  ['_flags', 'dict'],
]);

export const BYTE_CARRIERS: ReadonlySet<string> = new Set('__builtin__.bytearray __builtin__.bytes _io.BytesIO builtins.bytearray builtins.bytes builtins.memoryview bz2.decompress gzip.decompress io.BytesIO lzma.decompress zlib.decompress'.split(' '));
export const ARRAY_MAKERS: ReadonlySet<string> = new Set('_mareconstruct _mrreconstruct _reconstruct'.split(' '));
export const PANDAS_ARRAYS: ReadonlySet<string> = new Set('Categorical DatetimeArray PeriodArray TimedeltaArray'.split(' '));
export const PANDAS_MAKERS: readonly string[] = '__pyx_unpickle_'.split(' ');
export const ARRAY_WRAPPERS: ReadonlySet<string> = new Set('NumpyArrayWrapper'.split(' '));
export const INERT_DUNDERS: ReadonlySet<string> = new Set('__doc__ __module__ __mpl_version__ __name__ __networkx_cache__ __notes__ __orig_class__ __qualname__'.split(' '));
