import type { Fact } from './fact.js';

/** What an allow entry may call a global: the name in the stream, and what Python 3 makes of it. */
export function entryNames(fact: Fact): string[] {
  if (fact.kind !== 'pickle.global') return [];
  const { module, name, mapped } = fact;
  return [`${module}.${name}`, ...(mapped === null ? [] : [`${mapped.module}.${mapped.name}`])];
}
