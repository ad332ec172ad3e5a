import type { Value } from '../../model/fact.js';
import { eachCall, isReduce, text } from './judge.js';

/** Bytes that are written in the stream: as they are, or as the text that protocols below 3 encode (see latin1Bytes). */
export function areConstantBytes(value: Value | undefined): boolean {
  if (value?.kind === 'bytes') return true;
  return (
    value?.kind === 'call' &&
    value.callee === '_codecs.encode' &&
    value.args?.[0]?.kind === 'str' &&
    text(value.args[1]) === 'latin1'
  );
}

/**
 * Python 3 writes bytes as `_codecs.encode(text, 'latin1')` below protocol 3 (`pickle._Pickler.save_bytes`). This
 * one codec takes nothing but a text and gives nothing but bytes, so the first argument does not matter.
 */
export const latin1Bytes = eachCall((call) =>
  isReduce(call) && call.args.length === 2 && text(call.args[1]) === 'latin1' ? 'allowed' : 'dangerous',
);

/**
 * Python 3 writes a bytearray as `bytearray(bytes)`, below protocol 3 also as `bytearray(text, 'latin-1')`: any other
 * name of an encoding is a module that is imported.
 */
export const plainBytearray = eachCall((call) => {
  const [value, encoding] = call.args;
  if (!isReduce(call) || call.args.length > 2) return 'dangerous';
  if (encoding !== undefined) return value?.kind === 'str' && text(encoding) === 'latin-1' ? 'allowed' : 'dangerous';
  const plain = value === undefined || value.kind === 'str' || areConstantBytes(value);
  return plain ? 'allowed' : 'dangerous';
});

/** `type(None)` and the like: pickle has no other form for the types of these constants (`save_type`). */
export const typeOfConstant = eachCall((call) => {
  const [value] = call.args;
  const constant =
    value?.kind === 'none' ||
    (value?.kind === 'global' &&
      (value.module === 'builtins' || value.module === '__builtin__') &&
      (value.name === 'Ellipsis' || value.name === 'NotImplemented'));
  return isReduce(call) && call.args.length === 1 && constant ? 'allowed' : 'dangerous';
});

const CONSTANTS = new Set<Value['kind']>(['none', 'bool', 'int', 'float', 'str', 'bytes']);

/** `itemgetter(0, 'name')`: what it gives is an object that nothing may call or change. */
export const plainKeys = eachCall((call) => {
  const plain = call.args.length > 0 && call.args.every((key) => CONSTANTS.has(key.kind));
  return isReduce(call) && call.on === undefined && plain ? 'allowed' : 'dangerous';
});

/** sympy's numbers and symbols, made by `__new__`: `sympify`, which evaluates text, is for what is none of these. */
export const plainNumber = eachCall((call) => {
  const plain = call.args.length <= 2 && call.args.every((part) => part.kind === 'int');
  return call.via === 'NEWOBJ' && call.on === undefined && plain ? 'allowed' : 'dangerous';
});

export const plainSymbol = eachCall((call) => {
  const plain = call.args.length === 1 && text(call.args[0]) !== null;
  return call.via === 'NEWOBJ' && call.on === undefined && plain ? 'allowed' : 'dangerous';
});
