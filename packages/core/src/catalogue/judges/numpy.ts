import type { Value } from '../../model/fact.js';
import { eachCall, isReduce, text } from './judge.js';

/** Older numpy writes a ufunc as `_ufunc_reconstruct(module, name)`, which imports the module. */
const UFUNC_MODULES = new Set([
  'numpy',
  'numpy.core.umath',
  'numpy.core._multiarray_umath',
  'numpy._core.umath',
  'numpy._core._multiarray_umath',
]);

export const ufuncByName = eachCall((call, { isStoredOnly }) => {
  const module = text(call.args[0]);
  const name = text(call.args[1]);
  if (!isReduce(call) || call.args.length !== 2 || module === null || name === null) return 'dangerous';
  return UFUNC_MODULES.has(module) && isStoredOnly('numpy', name) ? 'allowed' : 'dangerous';
});

/** Whether there are as many bytes as the code of a dtype says: numpy reads that many. */
function isLongEnough(code: string | null, data: Value | undefined): boolean {
  const match = /^([a-zA-Z?])(\d*)$/.exec(code ?? '');
  if (match === null || data === undefined) return true;
  const size = Number(match[2] ?? '0') * (match[1] === 'U' ? 4 : 1);
  if (data.kind === 'bytes' || data.kind === 'str') return data.length >= size;
  const [content] = data.kind === 'call' ? (data.args ?? []) : [];
  return content?.kind === 'str' ? content.length >= size : true;
}

/** `scalar(dtype, data)`: data is bytes, or what stands for them below protocol 3; of an object dtype it is returned. */
export const scalarOfBytes = eachCall((call) => {
  const [dtype, data] = call.args;
  if (dtype?.kind !== 'call' || dtype.callee !== 'numpy.dtype') return 'dangerous';
  const code = dtype.args?.[0];
  if (code?.kind !== 'global' && (text(code) ?? 'O').includes('O')) return 'dangerous';
  if (!isLongEnough(text(code), data)) return 'dangerous';
  const raw =
    data === undefined ||
    data.kind === 'bytes' ||
    data.kind === 'str' ||
    (data.kind === 'call' && data.callee === '_codecs.encode');
  return isReduce(call) && raw && call.args.length <= 2 ? 'allowed' : 'dangerous';
});

/** Bit generators of numpy, which the rebuild functions of its random module call. */
const BIT_GENERATOR = /^(?:MT19937|PCG64|PCG64DXSM|Philox|SFC64)$/;

function isBitGenerator(value: Value | undefined): boolean {
  if (value?.kind === 'global') {
    const inRandom = value.module.startsWith('numpy.random');
    return inRandom && (BIT_GENERATOR.test(value.name) || value.name === '__bit_generator_ctor');
  }
  if (value?.kind === 'call')
    return value.callee.startsWith('numpy.random.') && value.callee.endsWith('__bit_generator_ctor');
  return BIT_GENERATOR.test(text(value) ?? '');
}

export const bitGenerators = eachCall((call) => {
  if (call.via === 'BUILD') return 'allowed';
  return isReduce(call) && call.args.length > 0 && call.args.every(isBitGenerator) ? 'allowed' : 'dangerous';
});
