/**
 * Prints which of the names on standard input, one `module.name` a line, a pack cannot have: those that the danger list or
 * the judge of calls names, and those of the allowlist itself.
 */
import { createInterface } from 'node:readline';
import { findConditional } from '../../packages/core/src/catalogue/conditional.js';
import { judgeDanger } from '../../packages/core/src/catalogue/danger.js';
import { ALLOW } from '../../packages/core/src/catalogue/generated/allow.js';
import { pairsOf } from '../catalogue/pairs.js';

const base = new Set([...pairsOf(ALLOW)].map(([module, name]) => `${module}.${name}`));

for await (const line of createInterface({ input: process.stdin })) {
  const dot = line.lastIndexOf('.');
  const [module, name] = [line.slice(0, dot), line.slice(dot + 1)];
  // A review may take single names out of a module that is listed as a whole, never a name that is listed itself.
  const entry = judgeDanger(module, name, false)?.entry;
  const isListed = entry !== undefined && entry !== module && !module.startsWith(`${entry}.`);
  if (isListed || base.has(line) || findConditional(module, name) !== undefined) console.log(line);
}
