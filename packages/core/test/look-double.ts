import { formats } from '../src/formats/index.js';
import type { Member } from '../src/formats/members/container.js';
import type { Found, Look } from '../src/formats/members/look.js';
import { IN_ALL } from '../src/model/interest.js';
import { budgetOf } from './open-container.js';

/** A look that finds in each member what `finds` says, and keeps the members. */
export function lookThat(
  finds: (member: Member) => readonly Found[] | Promise<readonly Found[]>,
  more: Partial<Look> = {},
): { readonly look: Look; readonly members: readonly Member[] } {
  const members: Member[] = [];
  const look: Look = {
    formats,
    budget: budgetOf(),
    digests: true,
    observe: undefined,
    interest: IN_ALL,
    sources: [],
    neighbours: null,
    repositories: false,
    inspect: async function* (member): AsyncGenerator<Found> {
      members.push(member);
      yield* await finds(member);
    },
    ...more,
  };
  return { look, members };
}

/** What was found in short: its kind, and what a notice or a format says. */
export function short(found: Found): string {
  if (found.kind === 'notice') return `${found.notice.cause}: ${found.notice.reason}`;
  if (found.kind === 'format') return `format ${found.format} ${found.depth}`;
  if (found.kind === 'fact') return `fact ${found.fact.kind}`;
  return found.kind;
}
