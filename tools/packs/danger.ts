/** Prints which of the names on standard input, one `module.name` a line, the danger list or the calls' judge has. */
import { createInterface } from 'node:readline';
import { findConditional } from '../../packages/core/src/catalogue/conditional.js';
import { judgeDanger } from '../../packages/core/src/catalogue/danger.js';

for await (const line of createInterface({ input: process.stdin })) {
  const dot = line.lastIndexOf('.');
  const [module, name] = [line.slice(0, dot), line.slice(dot + 1)];
  // A review may take single names out of a module that is listed as a whole, never a name that is listed itself.
  const entry = judgeDanger(module, name, false)?.entry;
  const isListed = entry !== undefined && entry !== module && !module.startsWith(`${entry}.`);
  if (isListed || findConditional(module, name) !== undefined) console.log(line);
}
