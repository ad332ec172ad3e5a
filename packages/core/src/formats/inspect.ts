import type { Observe } from '../streams/stream-result.js';
import type { Budget } from '../bytes/budget.js';
import type { ByteRange } from '../bytes/source.js';
import type { Format, NamePromise } from '../model/format.js';
import type { SourceNeighbours } from '../model/neighbours.js';
import { isUnread } from '../model/origin.js';
import type { SourceFactKind } from '../model/source-fact.js';
import { IN_ALL, type Interest } from '../model/interest.js';
import { FURTHER } from './further.js';
import { identify } from './identify.js';
import { FORMATS, formats } from './index.js';
import type { Member } from './members/container.js';
import type { Outcome } from './members/further.js';
import { bomb, faults, guarded, noticeOf, type Found, type Look, type WatchMember } from './members/look.js';
import { pickles } from './pickle-file/pickles.js';

export interface InspectOptions {
  /** Watches the runs of every pickle stream, for a trace; what it gave comes back with the stream. */
  readonly observe?: Observe;
  /** Sees each member, for a list of what lies in the artifact. */
  readonly watch?: WatchMember;
  /** The SHA-256 of the streams; true by default. */
  readonly digests?: boolean;
  /** Facts about Python source; none by default. */
  readonly sources?: readonly SourceFactKind[];
  readonly neighbours?: SourceNeighbours | null;
  /** What will be asked of the facts; all by default. */
  readonly interest?: Interest | undefined;
  /** What files say of a model repository; not by default. */
  readonly repositories?: boolean;
}

/** Looks at a member and at everything inside it. Faults of the input become notices; LimitError of time passes. */
export function inspect(member: Member, budget: Budget, options: InspectOptions = {}): AsyncGenerator<Found> {
  const { observe, watch, digests = true, sources = [], neighbours = null, repositories = false } = options;
  const look: Look = {
    formats,
    budget,
    interest: options.interest ?? IN_ALL,
    observe,
    watch,
    digests,
    sources,
    neighbours,
    repositories,
    inspect: (inner) => inspectMember(inner, look),
  };
  return look.inspect(member);
}

/** A member as what its bytes say it is, then as everything else that loaders would read it as. */
async function* inspectMember(member: Member, look: Look): AsyncGenerator<Found> {
  if (member.depth > look.budget.limits.depth) {
    const detail = `archives lie more than ${look.budget.limits.depth} deep in each other`;
    yield { kind: 'fact', fact: bomb(member.path, 'nesting', detail) };
    yield noticeOf(member.path, null, 'limit', detail);
    return;
  }
  look.budget.countLooked(member.packed?.compressed ?? (Number.isFinite(member.source.size) ? member.source.size : 0));
  if (member.role === 'npy') {
    yield* guarded(member, pickles(member, true, look));
    return;
  }
  // No reader of such bytes is known, in any format.
  if (isUnread(member.origin)) look.budget.ledger.claim(member.source, 0, member.source.size, 'data');
  const outcome = await recognised(member);
  if (!('format' in outcome)) {
    yield* outcome;
    return;
  }
  if (look.watch !== undefined) await look.watch(member, outcome.format);
  // As `guarded` does, without one more generator that everything would go through.
  try {
    for await (const found of opening(member, outcome.format, look, outcome.held)) {
      noteFound(found, outcome);
      yield found;
    }
  } catch (error) {
    outcome.isWholeArray = false;
    yield* faults(member, error);
  }
  for (const further of FURTHER) {
    const found = further(member, outcome, look);
    if (found !== null) yield* guarded(member, found);
  }
}

async function recognised(member: Member): Promise<Outcome | readonly Found[]> {
  try {
    const identity = await identify(member);
    return { ...identity, explained: false, isWholeArray: identity.format === 'npy', pickleEnd: 0, held: [] };
  } catch (error) {
    return [...faults(member, error)];
  }
}

/** @internal For tests. */
export function noteFound(found: Found, outcome: Outcome): void {
  if (found.kind === 'format') {
    if (found.format !== 'unknown') outcome.explained = true;
    return;
  }
  outcome.isWholeArray = false;
  if (found.kind !== 'stream' || found.stream.end !== 'stop') return;
  outcome.explained = true;
  if (found.stream.offset === 0) outcome.pickleEnd = Math.max(outcome.pickleEnd, found.stream.length);
}

/** A format that is not analysed accounts for all of the bytes. */
function opening(
  member: Member,
  format: Format,
  look: Look,
  held: ByteRange[],
): Iterable<Found> | AsyncIterable<Found> {
  const module = FORMATS[format];
  if ('open' in module) return module.open(member, look, held);
  const { path, source } = member;
  look.budget.ledger.claim(source, 0, source.size, 'not-analysed');
  // Of bytes that nobody claims, a mark of two or four is no name.
  if (isUnread(member.origin)) return [];
  const size = Number.isFinite(source.size) ? source.size : null;
  const promise = formats.promisedBy(member.name);
  const reason =
    promise === null || promise.format === format ? module.opaque : `${module.opaque} ${promisedOtherwise(promise)}`;
  return [{ kind: 'opaque', opaque: { path, format, size, reason } }];
}

/** Loaders of the promised format end at the first bytes, or take what is looked for in every member and is reported. */
function promisedOtherwise({ words }: NamePromise): string {
  return `The name promises ${words}: loaders of that refuse these bytes, but for what is reported beside them.`;
}
