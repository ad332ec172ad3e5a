import type { SourceFactKind } from '../../model/source-fact.js';
import type { RunObserver } from '../../pickle/drive.js';
import { plausibilityOfGap } from '../../plausibility/member.js';
import type { Observe } from '../../streams/stream-result.js';
import type { Budget } from '../../bytes/budget.js';
import { sliceSource, type ByteSource } from '../../bytes/source.js';
import { memberPath, type Member } from './container.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import type {
  ArchiveBombFact,
  Fact,
  Notice,
  OpaqueFacts,
  StreamFacts,
  TorchLoadFact,
  Unread,
} from '../../model/fact.js';
import type { FoundFormat, Format, NamePromise } from '../../model/format.js';
import type { Interest } from '../../model/interest.js';
import { TAIL, unread } from '../../model/origin.js';
import { isChance } from '../../model/plausibility.js';
import type { SourceNeighbours } from '../../model/neighbours.js';
import type { RepositoryFile } from '../../model/repository.js';

/** What looking at one member brings to light, in order. */
export type Found =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'notice'; readonly notice: Notice }
  | {
      readonly kind: 'stream';
      readonly stream: StreamFacts;
      readonly facts: readonly Fact[];
      readonly observers: readonly RunObserver[];
    }
  | { readonly kind: 'unread'; readonly unread: Unread }
  /** What the member turned out to be; the first one names the artifact's format. */
  | { readonly kind: 'format'; readonly format: FoundFormat; readonly depth: number }
  /** The member is of a format that is known and not analysed. */
  | { readonly kind: 'opaque'; readonly opaque: OpaqueFacts }
  /** What the member says of the model repository that it may lie in. */
  | { readonly kind: 'repository'; readonly file: RepositoryFile };

/** What the first bytes say, and the formats that readers would accept on request, by weaker marks. */
export interface Recognised {
  readonly format: Format;
  readonly others: readonly Format[];
}

/** What is known of formats: by their first bytes, and by names. */
export interface Formats {
  /** `head`: HEAD_BYTES, or all there are. */
  recognise(head: Uint8Array): Recognised;
  formatOf(head: Uint8Array): Format;
  /** The same of a source; at once where its bytes are at hand. */
  formatAtHead(source: ByteSource): Format | Promise<Format>;
  /** Known, and not analysed. */
  isOpaque(format: Format): boolean;
  /** Its own writers put a zip archive behind it. */
  endsInZip(format: Format): boolean;
  /** What a file of this name must be; null where the name promises nothing. */
  promisedBy(name: string): NamePromise | null;
}

/** Sees each member before it is analysed; `format`: by its bytes, `storage` for one of PyTorch, null where nobody asked. */
export type WatchMember = (member: Member, format: string | null) => Promise<void>;

/** What looking at members shares. */
export interface Look {
  readonly formats: Formats;
  readonly budget: Budget;
  /** What will be asked of facts. */
  readonly interest: Interest;
  /** Whether somebody asks for the SHA-256 of the streams. */
  readonly digests: boolean;
  /** Watches the runs of every pickle stream, for a trace. */
  readonly observe: Observe | undefined;
  /** For a list of what lies in the artifact. */
  readonly watch?: WatchMember | undefined;
  /** Facts about source that somebody asks for. */
  readonly sources: readonly SourceFactKind[];
  /** The files around sources. */
  readonly neighbours: SourceNeighbours | null;
  /** Whether somebody asks what files say of a model repository. */
  readonly repositories: boolean;
  /** Looks at a member inside of another one, and at everything in it. */
  readonly inspect: (member: Member) => AsyncGenerator<Found>;
}

export function noticeOf(path: string, offset: number | null, cause: Notice['cause'], reason: string): Found {
  return { kind: 'notice', notice: { path, offset, cause, reason } };
}

/**
 * What PyTorch's restricted unpickler makes of a checkpoint; one that no loader of PyTorch takes is damaged. So is a plain pickle
 * whose name says that it is a checkpoint.
 */
export function* loadFound(fact: TorchLoadFact, isNamedCheckpoint = true): Generator<Found> {
  yield { kind: 'fact', fact };
  if (fact.format === 'pickle' ? !isNamedCheckpoint || fact.outcome === 'unknown' : fact.outcome !== 'fails') return;
  const why = fact.format === 'pickle' ? NO_CHECKPOINT : fact.remarks.join(' ');
  yield noticeOf(fact.checkpoint, null, 'corrupt', `torch.load of PyTorch ${fact.torch} refuses it: ${why}`);
}

const NO_CHECKPOINT =
  'it is a plain pickle, without the magic number or the archive of a checkpoint. Without weights_only it is run before that shows.';

export function bomb(path: string, problem: ArchiveBombFact['problem'], detail: string): ArchiveBombFact {
  return { kind: 'archive.bomb', at: { path, offset: null, line: null }, problem, detail };
}

/** Limits of the artifact as a whole, with what reaching them says of it. */
const BOMB_LIMITS: ReadonlyMap<string, ArchiveBombFact['problem']> = new Map([
  ['members', 'member-count'],
  ['decodedBytes', 'expansion'],
]);

/** What is reported for an error that ends one analysis of a member; one that ends the artifact is thrown on. */
export function* faults(member: Member, error: unknown): Generator<Found> {
  if (error instanceof LimitError && error.ends === 'part') {
    const problem = BOMB_LIMITS.get(error.limit);
    if (problem !== undefined) yield { kind: 'fact', fact: bomb(member.path, problem, error.message) };
    yield noticeOf(member.path, null, 'limit', error.message);
    if (problem !== undefined) throw error.endingArtifact();
    return;
  }
  if (error instanceof InputError) {
    if (!isChance(plausibilityOfGap(error.fault, member.origin)))
      yield noticeOf(member.path, error.offset, error.fault, error.message);
    return;
  }
  if (error instanceof UnsupportedError) {
    yield noticeOf(member.path, error.offset, 'unsupported', error.message);
    return;
  }
  throw error;
}

/** Faults of the input end one analysis of a member, never the others. */
export async function* guarded(member: Member, found: AsyncGenerator<Found>): AsyncGenerator<Found> {
  try {
    yield* found;
  } catch (error) {
    yield* faults(member, error);
  }
}

/** A member, read as nobody is known to read it. */
export function ignored(member: Member): Member {
  return { ...member, origin: unread(member.origin) };
}

/** The bytes of a member from an offset on. */
export function restOf(member: Member, offset: number): Member {
  const name = `[bytes ${offset}-]`;
  const source = sliceSource(member.source, offset, member.source.size - offset);
  return { path: memberPath(member.path, name), name, source, depth: member.depth + 1, origin: TAIL };
}

/** Data that unpacks to this much more than itself and is no artifact was made to fill a disk or a memory (CWE-409). */
const SUSPECT_RATIO = 200;

const SUSPECT_BYTES = 16 * 2 ** 20;

function isSuspect(size: number, { compressed }: { readonly compressed: number }): boolean {
  return size >= SUSPECT_BYTES && size >= compressed * SUSPECT_RATIO;
}

/** Whether what is declared is a finding by itself: to unpack it would be what it was made for. */
export function isDeclaredBomb(packed: NonNullable<Member['packed']>, explained: boolean): boolean {
  return !explained && packed.declared !== null && isSuspect(packed.declared, packed);
}

/** The same of bytes that nothing explains, where it may take their end to know. */
export async function isBomb({ packed, source }: Member): Promise<boolean> {
  if (packed === undefined) return false;
  if (packed.declared === null) await packed.drained?.();
  const size = packed.declared ?? source.size;
  return Number.isFinite(size) && isSuspect(size, packed);
}

export async function* expansion(
  member: Member,
  packed: NonNullable<Member['packed']>,
  explained: boolean,
  budget: Budget,
): AsyncGenerator<Found> {
  if (!explained && packed.declared === null) await packed.drained?.();
  const size = packed.declared ?? member.source.size;
  if (!Number.isFinite(size)) return;
  budget.countExpanded(size);
  if (explained || !isSuspect(size, packed)) return;
  yield {
    kind: 'fact',
    fact: bomb(member.path, 'expansion', `${packed.compressed} bytes unpack to ${size} that are no artifact`),
  };
}
