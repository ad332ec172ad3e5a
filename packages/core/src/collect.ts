import { Budget, DEFAULT_LIMITS, type Limits, type RunDeadline } from './bytes/budget.js';
import { GuardedSource } from './bytes/guarded-source.js';
import { identityOfBytes } from './bytes/identity.js';
import { Ledger } from './bytes/ledger.js';
import { pagedSource } from './bytes/paged-source.js';
import { memorySource, type ByteSource } from './bytes/source.js';
import { inspect } from './formats/inspect.js';
import { InputError, LimitError, ReadError } from './model/errors.js';
import { entryNames } from './model/entry-names.js';
import { ANY_FINDING, EVERY_ARTIFACT } from './model/fingerprint.js';
import type { Coverage } from './model/coverage.js';
import type { Fact, Notice, OpaqueFacts, StreamFacts, Unread } from './model/fact.js';
import type { FoundFormat } from './model/format.js';
import type { Interest } from './model/interest.js';
import type { SourceNeighbours } from './model/neighbours.js';
import { withoutOrdinary, type RepositoryFile } from './model/repository.js';
import { ARTIFACT } from './model/origin.js';
import type { SourceFactKind } from './model/source-fact.js';
import { MAX_FACTS, MAX_OPAQUE_PARTS } from './model/limits.js';
import { portablePlatform, type Platform } from './platform.js';

/** One thing to scan: a file, a blob, or a path that could not be opened. */
export interface ScanInput {
  readonly path: string;
  readonly source: ByteSource | null;
  readonly size: number;
  readonly problem?: {
    readonly cause: Notice['cause'];
    readonly reason: string;
    /** It would be the same if it were opened again. */
    readonly isLasting?: boolean;
  };
  /** Tells this state of the file from any other; null or absent where nothing can. */
  readonly identity?: string;
  /** Hex SHA-256 as the source claims it, as far as it is known when the scan is over. Nothing has checked it. */
  readonly claimedSha256?: string | null;
  /** The files around it, which count instead of `CollectOptions.neighbours`. */
  readonly neighbours?: SourceNeighbours | undefined;
  /** Called when the scan is done with it. Says what changed meanwhile, or nothing. */
  close?(): string | null;
}

export interface CollectOptions {
  readonly limits?: Partial<Limits> | undefined;
  /** When the whole run has to be over, even if an artifact may take longer by its own limits. */
  readonly runDeadline?: RunDeadline | null | undefined;
  /** The SHA-256 of the pickle streams, for reports that show it; true by default. */
  readonly digests?: boolean | undefined;
  /** False: facts get no identity, and findings made of them could not be recognised again. For who makes none; true by default. */
  readonly fingerprints?: boolean | undefined;
  /** What will be asked of the facts: all by default, so that they can be stored and judged by any catalogue. */
  readonly interest?: Interest | undefined;
  /** Facts about Python source that rules read; none by default. */
  readonly sources?: readonly SourceFactKind[] | undefined;
  /** The files around sources, for names that they give each other. None unless given. */
  readonly neighbours?: SourceNeighbours | undefined;
  /** What files say of the model repository that they lie in; false by default. */
  readonly repositories?: boolean | undefined;
  /** Reads also what only repeats other records, which is left unread in remote sources (docs/remote-sources.md). */
  readonly thorough?: boolean | undefined;
  /** What the host provides; portable JavaScript by default. */
  readonly platform?: Platform;
  /** Ends the analysis: `collect` then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Whether somebody asks for `Collected.identity`; true by default. */
  readonly identities?: boolean | undefined;
  /**
   * Globals as `module.name`: an artifact that names one of them is hashed, which reads all of it; ANY_FINDING: one of which a
   * finding may come; EVERY_ARTIFACT: any. None otherwise.
   */
  readonly hashWhere?: readonly string[];
}

/**
 * All that lies in one artifact, with no opinion about it. Plain data: another thread can collect it, and it goes through
 * JSON and back without loss, to be judged later (`judge`).
 */
export interface Collected {
  readonly path: string;
  readonly size: number;
  /** False for a path that could not be opened. */
  readonly opened: boolean;
  /** `ScanInput.identity`, where it was asked for. */
  readonly identity: string | null;
  readonly format: FoundFormat | null;
  readonly facts: readonly Fact[];
  readonly streams: readonly { readonly stream: StreamFacts; readonly facts: readonly Fact[] }[];
  /** The first MAX_OPAQUE_PARTS members in formats that are not analysed; the artifact itself is one of them. */
  readonly opaque: readonly OpaqueFacts[];
  /** How many more there are. */
  readonly moreOpaque: number;
  readonly notices: readonly Notice[];
  readonly unread: readonly Unread[];
  readonly coverage: Coverage;
  /** What its files say of the model repository that they lie in, where it was asked for. */
  readonly repository: readonly RepositoryFile[];
  /** Hex SHA-256 of the artifact, where it was asked for. */
  readonly sha256: string | null;
  /** `ScanInput.claimedSha256`, where there is one. */
  readonly claimedSha256?: string;
  /** Bytes that were read from the source. */
  readonly bytesRead: number;
  /** Bytes that decoders made of compressed ones, those of streams that turned out to be damaged included. */
  readonly bytesDecoded: number;
  /** The chunks in which they came. Joined streams of some bytes each put out few bytes in many of them. */
  readonly chunksDecoded: number;
}

/** Facts, streams and notices of one artifact: what `judge` and the memory of a thread have to do with it. */
export function weightOf({ facts, streams, opaque, notices, repository }: Collected): number {
  const own = facts.length + opaque.length + notices.length;
  const ofRepository = repository.reduce((sum, file) => sum + 1 + file.facts.length, 0);
  return streams.reduce((sum, stream) => sum + 1 + stream.facts.length, own + ofRepository);
}

/**
 * Bytes → members → facts of one artifact, within a budget of its own. Closes the input. Anything that is thrown
 * ends this artifact, as a notice, and nothing else; only an aborted signal makes it reject.
 */
export async function collect(input: ScanInput, options: CollectOptions = {}): Promise<Collected> {
  const { path, source, size, problem } = input;
  if (source === null) {
    const reason = problem?.reason ?? 'it cannot be opened';
    return notCollected(path, size, { cause: problem?.cause ?? 'unreadable', reason });
  }
  const collecting = new Collecting(input, options);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { platform = portablePlatform, runDeadline = null, signal = null } = options;
  let changed: string | null;
  try {
    await collecting.run(
      source,
      new Budget(limits, platform, size, runDeadline, signal, options.fingerprints !== false),
    );
  } finally {
    changed = closed(input);
  }
  signal?.throwIfAborted();
  if (changed !== null) collecting.notices.push({ path, offset: null, cause: 'unreadable', reason: changed });
  return collecting.result();
}

function claimOf({ claimedSha256 = null }: ScanInput): Pick<Collected, 'claimedSha256'> {
  return claimedSha256 === null || !/^[0-9a-f]{64}$/.test(claimedSha256) ? {} : { claimedSha256 };
}

function closed(input: ScanInput): string | null {
  try {
    return input.close?.() ?? null;
  } catch (error) {
    return unexpected(error);
  }
}

/** What is said of an artifact whose analysis ended by an error that nobody expected. */
export function unexpected(error: unknown): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `its analysis broke off, which is a bug in Sentinel: ${what}`;
}

/** The result for an artifact of which nothing could be collected: its report is incomplete, with this reason. */
export function notCollected(
  path: string,
  size: number,
  { cause, reason }: Pick<Notice, 'cause' | 'reason'>,
): Collected {
  const notices: Notice[] = [{ path, offset: null, cause, reason }];
  return {
    path,
    size,
    opened: false,
    identity: null,
    format: null,
    facts: [],
    streams: [],
    opaque: [],
    moreOpaque: 0,
    notices,
    unread: [],
    coverage: new Ledger().coverage(size),
    repository: [],
    sha256: null,
    bytesRead: 0,
    bytesDecoded: 0,
    chunksDecoded: 0,
  };
}

class Collecting {
  readonly notices: Notice[] = [];
  readonly #path: string;
  readonly #size: number;
  readonly #identity: string | null;
  readonly #input: ScanInput;
  readonly #options: CollectOptions;
  readonly #facts: Fact[] = [];
  readonly #unread: Unread[] = [];
  readonly #streams: { readonly stream: StreamFacts; readonly facts: readonly Fact[] }[] = [];
  readonly #opaque: OpaqueFacts[] = [];
  readonly #repository: RepositoryFile[] = [];
  #moreOpaque = 0;
  #coverage: Coverage | null = null;
  #format: FoundFormat | null = null;
  #bytesRead = 0;
  #bytesDecoded = 0;
  #chunksDecoded = 0;
  /** The first fault of the source, in any of its reads. */
  #readError: InputError | null = null;
  #sha256: string | null = null;
  readonly #hashWhere: ReadonlySet<string>;

  constructor(input: ScanInput, options: CollectOptions) {
    this.#path = input.path;
    this.#input = input;
    this.#size = input.size;
    // Asked for only where it is wanted: to write it down takes as long as to read a small file.
    this.#identity = options.identities === false ? null : (input.identity ?? null);
    this.#options = options;
    this.#hashWhere = new Set(options.hashWhere);
  }

  result(): Collected {
    return {
      path: this.#path,
      size: this.#size,
      opened: true,
      identity: this.#identity,
      format: this.#format,
      facts: this.#facts,
      streams: this.#streams,
      opaque: this.#opaque,
      moreOpaque: this.#moreOpaque,
      notices: this.notices,
      unread: this.#unread,
      coverage: this.#coverage ?? new Ledger().coverage(this.#size),
      repository: withoutOrdinary(this.#repository, this.#path),
      sha256: this.#sha256,
      ...claimOf(this.#input),
      bytesRead: this.#bytesRead,
      bytesDecoded: this.#bytesDecoded,
      chunksDecoded: this.#chunksDecoded,
    };
  }

  async run(source: ByteSource, budget: Budget): Promise<void> {
    const path = this.#path;
    const size = this.#size;
    const paged = pagedSource(source, {
      thorough: this.#options.thorough === true,
      onFault: (error) => (this.#readError ??= error),
      onBytes: (bytes) => (this.#bytesRead += bytes),
      interrupt: budget.interrupt,
    });
    let facts = 0;
    let read: ByteSource = paged;
    let ending: unknown = null;
    try {
      // Lent until the next read of the source, which does not come where this is the whole of it.
      const whole = size > 0 && size <= WHOLE_FILE_BYTES ? heldSource(await paged.read(0, size), budget) : null;
      const member = {
        path,
        name: baseName(path),
        source: whole?.size === size ? whole : paged,
        depth: 0,
        origin: ARTIFACT,
      };
      read = member.source;
      budget.ledger.open(member.source);
      const { digests = true, sources = [], repositories = false, interest } = this.#options;
      const neighbours = this.#input.neighbours ?? this.#options.neighbours ?? null;
      const options = { digests, sources, neighbours, repositories, interest };
      for await (const item of inspect(member, budget, options)) {
        facts += item.kind === 'stream' ? item.facts.length : item.kind === 'repository' ? item.file.facts.length : 1;
        if (facts > MAX_FACTS)
          throw new LimitError('MAX_FACTS', `more than ${MAX_FACTS} globals and signals in one artifact`);
        if (item.kind === 'fact') this.#facts.push(item.fact);
        else if (item.kind === 'notice') this.notices.push(item.notice);
        else if (item.kind === 'unread') this.#unread.push(item.unread);
        else if (item.kind === 'format') this.#format ??= item.format;
        else if (item.kind === 'opaque') this.#addOpaque(item.opaque);
        else if (item.kind === 'repository') this.#repository.push(item.file);
        else this.#streams.push({ stream: item.stream, facts: item.facts });
      }
    } catch (error) {
      // Only here a limit, a disk that fails, or a bug of ours ends an artifact; the rest of the batch goes on.
      ending = error;
      this.#tellError(error);
    }
    const known = this.#facts.some((fact) => fact.kind === 'archive.bomb');
    if (!known && budget.isBomb) {
      const detail = `${size} bytes unpack to ${budget.expanded} in all`;
      this.#facts.push({ kind: 'archive.bomb', at: { path, offset: null, line: null }, problem: 'expansion', detail });
    }
    await this.#hash(read, budget, ending);
    await this.#identifyArchives(paged, budget);
    this.#tellReadError();
    this.#account(budget);
  }

  /** Also what a limit ended is hashed: an entry of the policy may be pinned to it. `ending`: what ended the analysis. */
  async #hash(source: ByteSource, budget: Budget, ending: unknown): Promise<void> {
    if (!this.#isToBeHashed()) return;
    try {
      this.#sha256 = await hashSource(source, budget);
      this.#compareClaim(this.#sha256);
    } catch (error) {
      // A limit that ended the analysis ends the hashing too, and is said once; so is what cannot be read.
      const isSame = error instanceof LimitError && ending instanceof LimitError && error.limit === ending.limit;
      if (!isSame && !(error instanceof ReadError)) this.#tellError(error);
    }
  }

  /** A source that claims another hash than its bytes have gives others to somebody. */
  #compareClaim(sha256: string): void {
    const { claimedSha256 } = claimOf(this.#input);
    if (claimedSha256 === undefined || claimedSha256 === sha256) return;
    const reason = `its bytes have the SHA-256 ${sha256}, and the source claims ${claimedSha256}`;
    this.notices.push({ path: this.#path, offset: null, cause: 'unreadable', reason });
  }

  #tellError(error: unknown): void {
    const path = this.#path;
    if (error instanceof InputError)
      this.notices.push({ path, offset: error.offset, cause: 'unreadable', reason: error.message });
    else if (error instanceof LimitError)
      this.notices.push({ path, offset: null, cause: 'limit', reason: error.message });
    else this.notices.push({ path, offset: null, cause: 'unreadable', reason: unexpected(error) });
  }

  /** Bytes that could not be had are said to be missing, even where those who wanted them take faults for chance. */
  #tellReadError(): void {
    const error = this.#readError;
    if (error === null) return;
    const { offset, fault } = error;
    if (this.notices.some((one) => one.offset === offset && (one.cause === 'unreadable' || one.cause === fault)))
      return;
    this.notices.push({ path: this.#path, offset: error.offset, cause: 'unreadable', reason: error.message });
  }

  /** No byte is left out silently: what nobody accounts for, and nobody gave a reason for, leaves the artifact incomplete. */
  #account({ ledger, expanded, chunks }: Budget): void {
    this.#bytesDecoded = expanded;
    this.#chunksDecoded = chunks;
    this.#coverage = ledger.coverage(this.#size);
    const unread = this.#coverage.totals.find(({ kind, reason }) => kind === 'unread' && reason === null);
    if (unread === undefined || this.notices.length > 0) return;
    const first = this.#coverage.ranges.find(({ kind, reason }) => kind === 'unread' && reason === null);
    const reason = `${unread.bytes} of its ${this.#size} bytes are accounted for by nothing that was read`;
    this.notices.push({ path: this.#path, offset: first?.start ?? null, cause: 'unsupported', reason });
  }

  #addOpaque(opaque: OpaqueFacts): void {
    if (this.#opaque.length < MAX_OPAQUE_PARTS) this.#opaque.push(opaque);
    else this.#moreOpaque += 1;
  }

  /** A fact of an archive without an identity of its own gets that of the whole artifact. */
  async #identifyArchives(source: ByteSource, budget: Budget): Promise<void> {
    if (!this.#facts.some(lacksIdentity)) return;
    const identity = await identityOfBytes(source, 0, source.size, budget);
    for (const [i, fact] of this.#facts.entries()) if (lacksIdentity(fact)) this.#facts[i] = { ...fact, identity };
  }

  #isToBeHashed(): boolean {
    if (this.#hashWhere.size === 0) return false;
    if (this.#hashWhere.has(EVERY_ARTIFACT)) return true;
    // Those of an archive get their identity last.
    const mayBeFound = (fact: Fact): boolean => fact.identity !== undefined || lacksIdentity(fact);
    if (
      this.#hashWhere.has(ANY_FINDING) &&
      (this.#facts.some(mayBeFound) ||
        this.#streams.some(({ facts }) => facts.some(mayBeFound)) ||
        this.#repository.some(({ facts }) => facts.length > 0))
    )
      return true;
    return this.#streams.some(({ facts }) =>
      facts.some((fact) => entryNames(fact).some((entry) => this.#hashWhere.has(entry))),
    );
  }
}

function lacksIdentity({ kind, identity }: Fact): boolean {
  return identity === undefined && (kind === 'archive.path' || kind === 'archive.ambiguous' || kind === 'archive.bomb');
}

/** One read of a source that is hashed. */
const HASHED_BYTES = 2 ** 20;

/** The artifact's own SHA-256, from the same open file that was analysed. */
async function hashSource(source: ByteSource, budget: Budget): Promise<string> {
  const hash = budget.platform.sha256Stream();
  for (let at = 0; at < source.size;) {
    budget.checkTime();
    const bytes = await source.read(at, Math.min(HASHED_BYTES, source.size - at));
    if (bytes.length === 0) throw new InputError('it ends before its size', at);
    hash.update(bytes);
    at += bytes.length;
  }
  return hash.hex();
}

/** Files up to this size are read once and whole: their tail is read anyway, and archives of small members are read in pieces that overlap. */
const WHOLE_FILE_BYTES = 256 * 1024;

function heldSource(bytes: Uint8Array, { interrupt }: Budget): ByteSource {
  const source = memorySource(bytes);
  return interrupt === null ? source : new GuardedSource(source, { interrupt });
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
