/** Prints the names that the catalogue allows, as JSON: [module, name, stored only, conditional]. */
import { ALLOW } from '../../packages/core/src/catalogue/generated/allow.ts';
import { CONDITIONAL, MEMBERS } from '../../packages/core/src/catalogue/generated/conditional.ts';
import { PACK_NAMES } from '../../packages/core/src/catalogue/generated/pack-names.ts';
import { PACKS } from '../../packages/core/src/catalogue/generated/packs.ts';
import { pairsOf } from '../../tools/catalogue/pairs.ts';

const names: [string, string, boolean, boolean][] = [];
const packs = [...PACKS.values()];
for (const [module, name, group] of pairsOf([
  ...ALLOW,
  ...[...PACK_NAMES.values()].flatMap(({ groups }) => groups ?? []),
]))
  names.push([module, name, group.storedOnly === true, false]);
for (const [module, name] of pairsOf(CONDITIONAL)) names.push([module, name, false, true]);
for (const line of packs.flatMap(({ shapes }) => shapes?.split('\n') ?? [])) {
  const [module = '', ...own] = line.slice(0, line.indexOf(': ')).split(' ');
  for (const name of own) names.push([module, name, false, true]);
}
const members = MEMBERS.split('\n').map((line) => line.split(' '));
process.stdout.write(JSON.stringify({ names, members }));
