/** Prints which of the names on standard input, one `module.name` a line, the danger list or the calls' judge has. */
import { createInterface } from 'node:readline';
import { findConditional } from '../../packages/core/src/catalogue/conditional.js';
import { judgeDanger } from '../../packages/core/src/catalogue/danger.js';

for await (const line of createInterface({ input: process.stdin })) {
  const dot = line.lastIndexOf('.');
  const [module, name] = [line.slice(0, dot), line.slice(dot + 1)];
  if (judgeDanger(module, name, false) !== null || findConditional(module, name) !== undefined) console.log(line);
}
