import { latin1 } from '../bytes/read.js';
import type { ByteSource } from '../bytes/source.js';
import type { Notice, StreamRole } from '../model/fact.js';
import type { NamePromise } from '../model/format.js';
import { isUnloaded, isUnread, type Origin } from '../model/origin.js';
import { because, isChance, type Plausibility } from '../model/plausibility.js';
import { isLinesOfText, isModelName } from './file-names.js';
import { isPathConfiguration } from './path-configuration.js';
import { namesGlobals, namesModule, onlyNamesInLines, type JudgedStream } from './stream.js';

/** What a member says of itself before its bytes are run. */
interface MemberWords {
  readonly name: string;
  readonly source: ByteSource;
  readonly origin: Origin;
  readonly role?: StreamRole;
}

interface MemberStreams {
  readonly first: JudgedStream & { readonly next: readonly number[] };
  /** Whether one of the streams behind the first is a pickle, or names a module. */
  readonly countsBehind: () => Promise<boolean>;
}

/** What the name of a member promises; nobody goes by the name of bytes that no loader is given by it. */
export function promiseOf(
  { name, origin }: Pick<MemberWords, 'name' | 'origin'>,
  formats: { promisedBy(name: string): NamePromise | null },
): NamePromise | null {
  return isUnloaded(origin) || origin.from === 'embedded' ? null : formats.promisedBy(name);
}

/**
 * Whether the bytes of a member are a pickle. Those that do not begin like one may do what one does: name a module that may
 * be there, or go on as a stream that counts. `N.` is a whole stream, and who loads again is given the one behind it. What
 * breaks off was looked up by then. `hasMark`: they begin with the mark of pickles.
 */
export async function plausibilityOfMember(
  member: MemberWords,
  { first, countsBehind }: MemberStreams,
  promise: NamePromise | null,
  hasMark: boolean,
): Promise<Plausibility> {
  const { name, origin } = member;
  if (!isChance(first.plausibility)) return first.plausibility;
  const namesAny = namesGlobals(first);
  if ((await isPathConfiguration(member, namesAny)) && !(await countsBehind())) return because('path-configuration');
  if (isDeclared(member, hasMark)) return because('declared');
  // Two words, one a line, name a global; in a file that is called a model they are no list of words.
  const breaksOff = isModelName(name) && !isUnloaded(origin) && first.machine.signals.has('truncated');
  if ((promise?.format === 'pickle' || breaksOff) && (first.next.length > 0 || namesAny))
    return because('promised-by-name');
  const isText = origin.reader !== 'pandas' && isLinesOfText(name) && onlyNamesInLines(first);
  const hasModule = namesModule(first) && !isText;
  const isDigest = hasModule && (await isDigestInHex(member.source));
  if (hasModule && !isDigest) return because('names-module');
  if (await countsBehind()) return because('stream-behind');
  if (isDigest) return because('digest-in-hex');
  return because(isText ? 'lines-of-text' : 'no-stream');
}

/**
 * MD5, SHA-1 and SHA-256 as references of git, caches of hubs and files of checksums have them: nothing but the digest, and the
 * end of its line. A module would have to be called by the rest of its digits.
 */
async function isDigestInHex(source: ByteSource): Promise<boolean> {
  if (!(source.size <= 64 + '\r\n'.length)) return false;
  const bytes = await source.read(0, source.size);
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\r?\n$/.test(latin1(bytes.slice()));
}

/** The format says that it is a pickle, what holds it says so, or gives it to a loader. */
function isDeclared({ origin, role }: MemberWords, hasMark: boolean): boolean {
  return !isUnloaded(origin) && (hasMark || role !== undefined || origin.reader === 'holder');
}

/** Whether one of the streams of a sequence, but for the first one's names, is a pickle or names a module. */
export function countsAsStream(result: JudgedStream, isFirst: boolean): boolean {
  return !isChance(result.plausibility) || (!isFirst && namesModule(result));
}

/**
 * What could not be read of a container is a gap where somebody could read it. Damage where nobody does is what chance looks
 * like, and numbers of a storage that do not decode, or are something unknown, are numbers.
 */
export function plausibilityOfGap(cause: Notice['cause'], origin: Origin): Plausibility {
  if (cause === 'limit') return because('limit-reached');
  if (origin.from === 'storage') return because('numbers');
  if (cause === 'unsupported') return because('well-formed');
  return because(isUnread(origin) ? 'damage-unread' : 'damage');
}

/** The same of a pickle: an array of joblib's is there by no chance. */
export function plausibilityOfBreak(cause: Notice['cause'], origin: Origin): Plausibility {
  if (cause === 'unsupported') return because('well-formed');
  return because(isUnloaded(origin) ? 'damage-unread' : 'damage');
}

/** `hasMark`: whether the header has a mark that numbers do not have by chance. */
export async function plausibilityOfTar(origin: Origin, hasMark: () => Promise<boolean>): Promise<Plausibility> {
  return because(!isUnloaded(origin) || (await hasMark()) ? 'header' : 'header-sum');
}
