import type { Value } from '../../model/fact.js';
import { eachCall, isReduce, text } from './judge.js';

/**
 * `_restore_array((type, length, nulls, offset, buffers, children, dictionary))`: Arrow asks nobody whether all buffers of
 * a type are there (array.pxi, `_restore_array`; format/Columnar.rst has the buffers of each type).
 */
const BUFFERS: Readonly<Record<string, number>> = {
  null: 1,
  string: 3,
  large_string: 3,
  binary: 3,
  large_binary: 3,
  utf8: 3,
  large_utf8: 3,
};

export const oneText = eachCall((call) =>
  isReduce(call) && call.args.length === 1 && text(call.args[0]) !== null ? 'allowed' : 'dangerous',
);

export const arrowArray = eachCall((call) => {
  const parts = call.args[0];
  if (!isReduce(call) || call.args.length !== 1 || parts?.kind !== 'tuple' || parts.length !== 7) return 'dangerous';
  const [type, length, , offset, buffers, children] = parts.items;
  if (type?.kind !== 'call' || !type.callee.startsWith('pyarrow.lib.')) return 'dangerous';
  const code = type.callee === 'pyarrow.lib.type_for_alias' ? text(type.args?.[0]) : null;
  if (buffers?.kind !== 'list' && buffers?.kind !== 'tuple') return 'dangerous';
  if (buffers.items.length !== buffers.length || !isSize(length) || !isSize(offset)) return 'dangerous';
  const isNested = children?.kind === 'list' || children?.kind === 'tuple' ? children.length > 0 : true;
  if (isNested) return 'allowed';
  // Only the first, which tells what is missing, may be left out.
  const isWhole = buffers.items.slice(1).every((buffer) => buffer.kind === 'call');
  return buffers.length === (code === null ? 2 : (BUFFERS[code] ?? 2)) && isWhole ? 'allowed' : 'dangerous';
});

function isSize(value: Value | undefined): boolean {
  return value?.kind === 'int' && Number(value.text) >= 0;
}
