import { identityOfBytes } from '../../bytes/identity.js';
import type { Member, Opened } from './container.js';
import type { Found, Look } from './look.js';
import { isNothing } from './quick-reject.js';

/** The program that loads a compressed byte string also loads its contents. */
export async function* unpacked(member: Member, container: AsyncGenerator<Opened, void>): AsyncGenerator<Opened, void> {
  const { nestedIn } = member;
  for await (const item of container) {
    yield item.kind === 'member' && nestedIn !== undefined ? { ...item, member: { nestedIn, ...item.member } } : item;
  }
}

/** Passes on what a container yields and looks at its members. */
export async function* opened(container: AsyncGenerator<Opened, void>, look: Look): AsyncGenerator<Found> {
  for await (const item of container) {
    if (item.kind !== 'member') yield item;
    else {
      if (look.watch !== undefined) await look.watch(item.member, null);
      if (!isNothing(item.member, look)) yield* look.inspect(item.member);
    }
  }
}

/** A fact about one entry covers its bytes. Others get the identity of the artifact. */
export async function identified(
  item: Exclude<Opened, { kind: 'member' }>,
  { source }: Member,
  look: Look,
): Promise<Found> {
  if (item.kind === 'notice' || item.extent === undefined) return item;
  const { start, end } = item.extent;
  const identity = await identityOfBytes(source, start, Math.min(end, source.size), look.budget);
  return { kind: 'fact', fact: { ...item.fact, identity } };
}
