import type { Call, Value } from '../src/model/fact.js';

/** Values and calls as the machine would record them, for tests of what judges them. */
export const str = (value: string, length = value.length): Value => ({ kind: 'str', value, length });
export const bytes = (value: string, length = value.length): Value => ({ kind: 'bytes', value, length });
export const int = (value: number): Value => ({ kind: 'int', text: String(value) });
export const float = (text: string): Value => ({ kind: 'float', text });
export const bool = (value: boolean): Value => ({ kind: 'bool', value });
export const none: Value = { kind: 'none' };
export const unknown: Value = { kind: 'unknown' };
export const named = (module: string, name: string): Value => ({ kind: 'global', module, name });
export const tuple = (...items: Value[]): Value => ({ kind: 'tuple', items, length: items.length });
export const list = (...items: Value[]): Value => ({ kind: 'list', items, length: items.length });
export const dict = (...items: [string, Value][]): Value => ({
  kind: 'dict',
  items: items.map(([key, item]) => [str(key), item]),
  length: items.length,
});
export const made = (callee: string, ...args: Value[]): Value => ({ kind: 'call', callee, offset: 3, args });

export const reduce = (...args: Value[]): Call => ({ via: 'REDUCE', offset: 9, args, argsKnown: true });
export const newObj = (...args: Value[]): Call => ({ via: 'NEWOBJ', offset: 9, args, argsKnown: true });
export const build = (...args: Value[]): Call => ({ via: 'BUILD', offset: 20, args, argsKnown: true });
/** The same call, of which not all arguments are known. */
export const cut = (call: Call): Call => ({ ...call, argsKnown: false });
