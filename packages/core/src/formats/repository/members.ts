import { HEAD_BYTES } from '../../model/format.js';
import { lazy } from '../../model/lazy.js';
import type { Member } from '../members/container.js';
import type { Found, Look } from '../members/look.js';
import { mayMark, roleOf } from './names.js';

const loadReaders = lazy(() => import('./inspect-repository.js'));

/**
 * Whether a member may say something of a model repository. In a folder, only files beside or below a name that may mark
 * one: a plain tree of sources is not read for this.
 */
export function mayConcernRepository(member: Member, look: Look): boolean {
  const { name, path, origin, role, depth } = member;
  if (role !== undefined || origin.reader !== 'by-name' || (origin.from !== 'artifact' && origin.from !== 'entry'))
    return false;
  const own = roleOf(fullName(member));
  if (member.isOutsideRepository === true) return own === 'site';
  if (depth > 0 || mayMark(name)) return true;
  if (own === 'template') return true;
  return look.neighbours?.liesInRepository?.(path, mayMark) ?? true;
}

export async function* repositoryMember(member: Member, look: Look): AsyncGenerator<Found> {
  const role = roleOf(fullName(member));
  const head = (await member.source.read(0, HEAD_BYTES)).slice();
  // What is packed is looked at as what it unpacks to.
  const { repositoryFacts } = await loadReaders();
  yield* repositoryFacts(member, role, head, look);
}

/** With its folders. */
function fullName({ name, path, depth }: Member): string {
  return depth === 0 ? path : name;
}
