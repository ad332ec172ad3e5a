import { Budget, DEFAULT_LIMITS, type Limits } from './bytes/budget.js';
import { pagedSource } from './bytes/paged-source.js';
import type { ByteSource } from './bytes/source.js';
import { rangeIn, type Range } from './contents/range-in.js';
import { tensorReaderOf, type FoundTensor } from './contents/tensors.js';
import { inspect } from './formats/inspect.js';
import type { Member } from './formats/members/container.js';
import type { ContentItem, ContentsResult, MemberContent } from './model/contents.js';
import { InputError, LimitError, UnsupportedError } from './model/errors.js';
import { MAX_CONTENT_ITEMS } from './model/limits.js';
import { IN_NAMES } from './model/interest.js';
import { ARTIFACT } from './model/origin.js';
import { portablePlatform, type Platform } from './platform.js';

export interface ContentsOptions {
  readonly limits?: Partial<Limits>;
  /** What the host provides; portable JavaScript by default. */
  readonly platform?: Platform;
  /** Ends it: it then throws the reason of the signal. */
  readonly signal?: AbortSignal;
}

/**
 * What lies in an artifact: its members in the order in which a scan reads them, then its tensors. For people; what cannot be
 * read ends a list with a reason and is nothing to decide by, since the scan reports it.
 */
export async function* contents(
  path: string,
  source: ByteSource,
  options: ContentsOptions = {},
): AsyncGenerator<ContentItem, ContentsResult, void> {
  const list = new ContentList();
  await walk(path, source, options, list);
  yield* list.items();
  return list.result();
}

/** Decoded bytes of a member. */
export interface MemberBytes {
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** Of the whole member; null where it was not decoded to its end. */
  readonly size: number | null;
}

/** Up to `length` bytes of the member of that path, for a hex view; null where there is none, or they cannot be read. */
export async function memberBytes(
  path: string,
  source: ByteSource,
  member: string,
  offset: number,
  length: number,
  options: ContentsOptions = {},
): Promise<MemberBytes | null> {
  let found: MemberBytes | null = null;
  await walk(path, source, options, {
    isDone: () => found !== null,
    member: async (one) => {
      if (found !== null || one.path !== member) return;
      const bytes = (await one.source.read(offset, length)).slice();
      found = { offset, bytes, size: Number.isFinite(one.source.size) ? one.source.size : null };
    },
    format: () => undefined,
    problem: () => undefined,
  });
  return found;
}

interface Visitor {
  readonly isDone: () => boolean;
  readonly member: (member: Member, format: string | null, root: ByteSource, budget: Budget) => Promise<void>;
  /** The format of the member of that depth that was visited last. */
  readonly format: (format: string, depth: number) => void;
  readonly problem: (reason: string) => void;
}

/** Visits the members of an artifact; stops early where the visitor has what it wants. */
async function walk(path: string, source: ByteSource, options: ContentsOptions, visitor: Visitor): Promise<void> {
  const { platform = portablePlatform, signal = null } = options;
  const budget = new Budget({ ...DEFAULT_LIMITS, ...options.limits }, platform, source.size, null, signal, false);
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  // Those who wanted the bytes may have taken the fault for chance.
  const onFault = (error: InputError): void => visitor.problem(error.message);
  const root = pagedSource(source, { thorough: false, onFault, interrupt: budget.interrupt });
  const artifact: Member = { path, name, source: root, depth: 0, origin: ARTIFACT };
  const watch = async (member: Member, format: string | null): Promise<void> => {
    try {
      await visitor.member(member, format, root, budget);
    } catch (error) {
      // The scan reports what cannot be read; here it only ends a list.
      if (!(error instanceof InputError || error instanceof UnsupportedError)) throw error;
      visitor.problem(error.message);
    }
  };
  try {
    for await (const found of inspect(artifact, budget, { watch, digests: false, interest: IN_NAMES })) {
      if (found.kind === 'format') visitor.format(found.format, found.depth);
      else if (found.kind === 'notice') visitor.problem(found.notice.reason);
      if (visitor.isDone()) return;
    }
  } catch (error) {
    if (!(error instanceof LimitError)) throw error;
    visitor.problem(error.message);
  }
}

interface Listed {
  readonly member: Omit<MemberContent, 'format' | 'size'>;
  readonly source: ByteSource;
  readonly declared: number | null;
  format: string | null;
}

/** What a member is called; a record of PyTorch is given with the role of its pickle. */
function shownFormat(format: string | null): string | null {
  if (format === 'maybe-pickle' || format === 'unknown' || format === 'empty') return null;
  return format === 'torch-zip' || format === 'torchscript' ? 'pickle' : format;
}

class ContentList implements Visitor {
  readonly #members = new Map<string, Listed>();
  readonly #atDepth: (Listed | undefined)[] = [];
  readonly #tensors: { readonly member: string; readonly tensor: FoundTensor }[] = [];
  readonly #problems = new Set<string>();
  #isFull = false;

  readonly isDone = (): boolean => false;

  readonly member = async (member: Member, format: string | null, root: ByteSource, budget: Budget): Promise<void> => {
    const { path, depth, source, packed } = member;
    const known = this.#members.get(path);
    if (known !== undefined) {
      known.format ??= shownFormat(format);
      this.#atDepth[depth] = known;
      // It came without a format, and is opened now.
      if (known.format !== format) return;
    } else {
      if (this.#isOver()) return;
      const range = rangeIn(source, root);
      const listed: Listed = {
        member: {
          kind: 'member',
          path,
          depth,
          start: range?.start ?? null,
          end: range?.end ?? null,
          packed: range?.packed ?? true,
        },
        source,
        declared: packed?.declared ?? null,
        format: shownFormat(format),
      };
      this.#members.set(path, listed);
      this.#atDepth[depth] = listed;
    }
    await this.#readTensors(member, format, budget);
  };

  async #readTensors(member: Member, format: string | null, budget: Budget): Promise<void> {
    const reader = tensorReaderOf(format);
    if (reader === null) return;
    for await (const step of reader(member, budget)) {
      if ('problem' in step) this.problem(step.problem);
      else if (this.#isOver()) return;
      else this.#tensors.push({ member: member.path, tensor: step });
    }
  }

  readonly format = (format: string, depth: number): void => {
    const listed = this.#atDepth[depth];
    if (listed !== undefined && format !== 'unknown') listed.format = format;
  };

  readonly problem = (reason: string): void => {
    this.#problems.add(reason);
  };

  #isOver(): boolean {
    if (this.#members.size + this.#tensors.length < MAX_CONTENT_ITEMS) return false;
    this.#isFull = true;
    return true;
  }

  *items(): Generator<ContentItem> {
    for (const { member, format, source, declared } of this.#members.values())
      yield { ...member, format, size: Number.isFinite(source.size) ? source.size : declared };
    for (const { member, tensor } of this.#tensors) {
      const { name, dtype, shape, bytes, holder, offset } = tensor;
      const range = this.#rangeOf(holder, offset, bytes);
      yield { kind: 'tensor', member, name, dtype, shape, bytes, start: range?.start ?? null, end: range?.end ?? null };
    }
  }

  #rangeOf(holder: string, offset: number, bytes: number | null): Range | null {
    const member = this.#members.get(holder)?.member;
    if (member === undefined || member.packed || member.start === null || member.end === null) return null;
    const start = Math.min(member.start + offset, member.end);
    return { start, end: bytes === null ? member.end : Math.min(start + bytes, member.end) };
  }

  result(): ContentsResult {
    const problems = [...this.#problems];
    if (this.#isFull) problems.push(`only the first ${MAX_CONTENT_ITEMS} members and tensors are listed`);
    return { complete: problems.length === 0, problems };
  }
}
