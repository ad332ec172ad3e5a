/** Prints the names that the catalogue allows, as JSON: [module, name, stored only, conditional]. */
import { ALLOW_GROUPS, entriesOf } from '../../packages/core/src/catalogue/allowlist.ts';
import { conditionals } from '../../packages/core/src/catalogue/conditional.ts';
import { GETATTR_PAIRS } from '../../packages/core/src/catalogue/generated/conditional-names.ts';

const names: [string, string, boolean, boolean][] = [];
for (const group of ALLOW_GROUPS) {
  for (const [module, name] of entriesOf(group)) names.push([module, name, group.storedOnly === true, false]);
}
for (const key of conditionals().keys()) {
  const [module = '', name = ''] = key.split('\n');
  names.push([module, name, false, true]);
}
const members = GETATTR_PAIRS.trim()
  .split('\n')
  .map((line) => line.split(' '));
process.stdout.write(JSON.stringify({ names, members }));
