import { identityOfBytes } from '../../bytes/identity.js';
import type { ByteSource } from '../../bytes/source.js';
import { together, UNKNOWN, type Identity } from '../../model/identity.js';
import type { Member } from './container.js';
import type { Look } from './look.js';

/** A member whose pickles get, or are loaded behind, bytes that become part of their identity. */
export function withBytes(
  member: Member,
  { source, start, end }: { readonly source: ByteSource; readonly start: number; readonly end: number },
  { budget }: Pick<Look, 'budget'>,
): Member {
  const { beside } = member;
  return {
    ...member,
    beside: async () => {
      const known = (await beside?.()) ?? null;
      // What was not read cannot be accepted.
      const own = source.selective === true ? UNKNOWN : await identityOfBytes(source, start, end, budget);
      return known === null ? own : together([known, own]);
    },
  };
}

/** The identity of a pickle with the records that it gets: still one of effects, if it was one. */
export function withRecords(own: Identity, records: Identity | null): Identity {
  if (records === null) return own;
  const { of, digest } = together([own, records]);
  return { of: of === 'unknown' ? of : own.of, digest };
}
