import { packageOf } from '../model/module-name.js';
import type { Pack } from './pack.js';
import { PACKS } from './packs/index.js';

export function packOf(module: string): Pack | undefined {
  return PACKS.get(packageOf(module));
}

const members = new Map<Pack, ReadonlySet<string>>();

/** Whether default saves of a library keep this member of a class of its. */
export function isPackMember(owner: string, member: string): boolean {
  const pack = packOf(owner);
  if (pack === undefined || pack.members === '') return false;
  let known = members.get(pack);
  if (known === undefined) {
    known = new Set(pack.members.trim().split('\n'));
    members.set(pack, known);
  }
  return known.has(`${owner} ${member}`);
}

const shapes = new Map<Pack, ReadonlyMap<string, string>>();

/** The forms of each name of a pack that is judged by its calls and states, by `module`, newline, `name`. */
export function shapesOfPack(pack: Pack): ReadonlyMap<string, string> {
  let known = shapes.get(pack);
  if (known === undefined) {
    const forms = new Map<string, string>();
    for (const line of pack.shapes.trim().split('\n')) {
      const colon = line.indexOf(': ');
      if (colon < 0) continue;
      const [module = '', ...names] = line.slice(0, colon).split(' ');
      for (const name of names) forms.set(`${module}\n${name}`, line.slice(colon + 2));
    }
    shapes.set(pack, forms);
    known = forms;
  }
  return known;
}

/** Why a name stays a finding that default saves of its library write; undefined for all others. */
export function refusedInPack(module: string, name: string): string | undefined {
  const refused = packOf(module)?.refused;
  if (refused === undefined || refused === '') return undefined;
  const start = `\n${module} ${name}: `;
  const at = refused.indexOf(start);
  if (at < 0) return undefined;
  const end = refused.indexOf('\n', at + 1);
  return refused.slice(at + start.length, end < 0 ? undefined : end);
}
