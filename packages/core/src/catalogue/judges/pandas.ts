import type { Value } from '../../model/fact.js';
import { packageOf } from '../../model/module-name.js';
import { eachCall, isReduce, stateOf } from './judge.js';

/** What pandas hands to the constructors of its indexes (`_new_Index`, `_new_DatetimeIndex` and others). */
const INDEX_KEYS = new Set(
  'data name names levels codes labels sortorder verify_integrity freq freqstr tz dtype unit start stop step left right closed ordinal categories ordered copy'.split(
    ' ',
  ),
);

export const newIndex = eachCall((call) => {
  const [cls, given] = call.args;
  const attributes = stateOf(given);
  if (!isReduce(call) || call.args.length !== 2 || cls?.kind !== 'global' || attributes === null) return 'dangerous';
  if (packageOf(cls.module) !== 'pandas' || !/Index(?:Opt)?$/.test(cls.name)) return 'dangerous';
  for (const [key, value] of attributes) {
    if (!INDEX_KEYS.has(key)) return 'dangerous';
    if ((key === 'tz' || key === 'dtype') && !isTypeOrZone(value)) return 'dangerous';
  }
  return 'allowed';
});

/** Packages whose makers give types and time zones; a scalar of numpy may be a text. */
const TYPE_PACKAGES = new Set('pandas datetime dateutil pytz zoneinfo pyarrow'.split(' '));

/**
 * A type, a time zone, a number, or a constant text that does not have dateutil open a file: it does for
 * `dateutil/PATH`, also within `datetime64[ns, …]`.
 */
function isTypeOrZone(value: Value): boolean {
  if (value.kind === 'str') return value.value.length === value.length && !/dateutil/i.test(value.value);
  if (value.kind === 'none' || value.kind === 'int' || value.kind === 'bool' || value.kind === 'float') return true;
  if (value.kind !== 'call') return false;
  if (value.callee === 'numpy.dtype' || /^(?:builtins|__builtin__)\.getattr$/.test(value.callee)) return true;
  return TYPE_PACKAGES.has(packageOf(value.callee));
}

export const timestamp = eachCall((call) =>
  isReduce(call) && call.args.every(isTypeOrZone) ? 'allowed' : 'dangerous',
);
