import { torchTarMember } from '../torch/torch-tar.js';
import { isCheckpointName, isModelName } from '../../plausibility/file-names.js';
import { plausibilityOfStorage } from '../../plausibility/marks.js';
import { plausibilityOfGap, plausibilityOfTar } from '../../plausibility/member.js';
import { identityOfBytes } from '../../bytes/identity.js';
import type { Budget } from '../../bytes/budget.js';
import { type ByteRange, sliceSource, type ByteSource } from '../../bytes/source.js';
import { memberPath, type Member, type Opened } from '../members/container.js';
import { joinedCheckpoints, type Part } from '../torch/joined-checkpoints.js';
import { BLOCK_BYTES, isMarkedTarHeader } from '../tar/header.js';
import { tar } from '../tar/container.js';
import {
  isExportedProgram,
  isPackage,
  lacksPickle,
  recordCase,
  torchArchive,
  type TorchArchive,
} from '../torch/torch-zip.js';
import { isKerasArchive, isKerasConfig } from '../keras/archive.js';
import { anyZipMembers, readZip, zipMembers, type ZipArchive, type ZipOpened } from '../zip/container.js';
import { InputError } from '../../model/errors.js';
import type { Fact } from '../../model/fact.js';
import type { Format } from '../../model/format.js';
import type { Identity } from '../../model/identity.js';
import { ENTRY, isUnread, STORAGE, unread } from '../../model/origin.js';
import { isChance } from '../../model/plausibility.js';
import { isNothing } from '../members/quick-reject.js';
import { mayMark } from '../repository/names.js';
import { guarded, ignored, loadFound, noticeOf, type Formats, type Found, type Look } from '../members/look.js';
import { recordsBeside } from '../torch/records-beside.js';
import { restrictedLoader } from '../torch/restricted-loader.js';
import { SoleMember } from './sole-member.js';
import { torchPickle } from '../torch/pickles.js';
import { lazy } from '../../model/lazy.js';
import { storagesNamed, unreadHeaders } from '../torch/unread-storages.js';

export async function* tarMember(member: Member, look: Look, extents: ByteRange[] = []): AsyncGenerator<Found> {
  const torchMembers = new Map<string, Member>();
  const beside = wholeOf(member.source, look.budget);
  // Numbers in an array may be a header by chance. The entries that tarfile would read there are analysed, and nothing else is reported.
  const hasMark = async (): Promise<boolean> => isMarkedTarHeader((await member.source.read(0, BLOCK_BYTES)).slice());
  const chance = isChance(await plausibilityOfTar(member.origin, hasMark));
  const sole = new SoleMember();
  for await (const item of tar(member, look.budget)) {
    if (item.kind === 'member') {
      sole.add(item.member);
      const part = torchTarMember(item.member.name);
      // Its persistent IDs refer to the contents of the other two, in any order of the tar.
      const held = part === 'pickle' ? { ...item.member, beside } : item.member;
      if (part !== null) torchMembers.set(part, held);
      const { at, source } = held;
      if (look.watch !== undefined) await look.watch(held, null);
      if (at !== undefined) extents.push({ start: at, end: at + source.size });
      yield* sole.look(chance ? ignored(held) : held, look);
    } else if (!chance || isGap(item, member)) yield await identified(item, member, look);
  }
  if (!chance) yield* sole.inspect(look);
  const object = torchMembers.get('pickle');
  if (torchMembers.size === 3 && object !== undefined) {
    if (isUnread(member.origin)) return;
    const { torchLoadTar } = await restrictedLoader();
    yield* loadFound(await torchLoadTar(member.path, object, look.budget));
    return;
  }
  if (!torchMembers.has('storages')) return;
  const missing = ['tensors', 'pickle'].filter((name) => !torchMembers.has(name)).join(' and ');
  yield noticeOf(member.path, null, 'truncated', `a PyTorch checkpoint in tar format lacks its member ${missing}`);
}

/** The identity of all bytes of a container, computed once. */
function wholeOf(source: ByteSource, budget: Budget): () => Promise<Identity> {
  let identity: Promise<Identity> | null = null;
  return () => (identity ??= identityOfBytes(source, 0, source.size, budget));
}

/** A notice about bytes that somebody could read and that were not analysed. */
function isGap(item: Opened, { origin }: Member): boolean {
  return item.kind === 'notice' && !isChance(plausibilityOfGap(item.notice.cause, unread(origin)));
}

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
async function identified(item: Exclude<Opened, { kind: 'member' }>, { source }: Member, look: Look): Promise<Found> {
  if (item.kind === 'notice' || item.extent === undefined) return item;
  const { start, end } = item.extent;
  const identity = await identityOfBytes(source, start, Math.min(end, source.size), look.budget);
  return { kind: 'fact', fact: { ...item.fact, identity } };
}

/** The same for a zip that is no checkpoint. */
async function* openedZip(
  member: Member,
  container: AsyncGenerator<ZipOpened, void>,
  look: Look,
  beside: Member['beside'],
  { isKeras, isMarked }: { readonly isKeras: boolean; readonly isMarked: boolean },
): AsyncGenerator<Found> {
  const sole = new SoleMember();
  for await (const item of container) {
    if (item.kind !== 'member') {
      yield await identified(item, member, look);
      continue;
    }
    const held: Member = {
      ...item.member,
      ...(beside === undefined ? {} : { beside }),
      ...readAsKeras(item),
      ...(isMarked ? {} : { isOutsideRepository: true }),
    };
    sole.add(held);
    if (look.watch !== undefined) await look.watch(held, null);
    yield* keras(item, isKeras, look);
    if (isMarked || !isNothing(held, look)) yield* sole.look(held, look);
  }
  yield* sole.inspect(look);
}

/** The modules and storages of a package: what the names and the persistent IDs of its pickles stand for. */
function besideInPackage(archive: ZipArchive, { budget }: Look): Member['beside'] {
  return isPackage(archive) ? recordsBeside(archive, budget) : undefined;
}

export async function* zipMember(member: Member, format: Format, look: Look): AsyncGenerator<Found> {
  const joined = await joinedCheckpoints(member.source, look.budget);
  if (joined !== null) {
    yield* joinedMembers(member, joined, look);
    return;
  }
  const named = member.source.selective === true ? storagesNamed(member, look.budget) : undefined;
  const archive = await readZip(member.source, look.budget, named);
  yield* unreadHeaders(archive, member, look.budget);
  const torch = torchArchive(archive);
  const names = archive.entries.map((entry) => entry.name);
  const isKeras = isKerasArchive(
    member.name,
    archive.entries.flatMap((entry) => entry.names),
  );
  if (torch === null && isExportedProgram(archive)) {
    yield { kind: 'format', format: 'torch-export', depth: member.depth };
    for await (const item of zipMembers(archive, member, look.budget)) {
      if (item.kind !== 'member') {
        yield await identified(item, member, look);
        continue;
      }
      if (look.watch !== undefined) await look.watch(item.member, null);
      yield* keras(item, isKeras, look);
      if (!isUnread(item.member.origin))
        yield* native(item.member, item.member.name.replace(/^[^/]+\/(?=models\/|data\/)/, ''), look);
      const inner: Member = { ...item.member, ...readAsKeras(item) };
      if (!isNothing(inner, look)) yield* look.inspect(inner);
    }
    return;
  }
  if (torch === null) {
    if (lacksPickle(archive))
      yield noticeOf(member.path, null, 'corrupt', 'the records of a PyTorch checkpoint without its data.pkl');
    else if (format === 'zip' && isMeantForTorch(archive, member)) yield* strayCheckpoint(member, archive, look);
    if (format === 'zip')
      yield {
        kind: 'format',
        format: isKeras ? 'keras' : isNpz(names) ? 'npz' : 'zip',
        depth: member.depth,
      };
    yield* openedZip(member, anyZipMembers(archive, member, look.budget), look, besideInPackage(archive, look), {
      isKeras,
      isMarked: look.repositories && names.some(mayMark),
    });
    return;
  }
  yield { kind: 'format', format: torch.kind, depth: member.depth };
  const beside = recordsBeside(archive, look.budget);
  if (format === 'zip' && !isUnread(member.origin)) {
    const { torchLoadZip } = await restrictedLoader();
    yield* loadFound(await torchLoadZip(member, archive, beside, look.budget));
  }
  for (const entry of torch.oddCase) yield { kind: 'fact', fact: recordCase(member.path, entry) };
  for await (const item of zipMembers(archive, member, look.budget)) {
    if (item.kind !== 'member') {
      yield await identified(item, member, look);
      continue;
    }
    if (look.watch !== undefined)
      await look.watch(item.member, torch.isStorage(item.member.name) ? 'storage' : torch.roleOf(item.member.name));
    yield* keras(item, isKeras, look);
    const record = isUnread(item.member.origin) ? null : torch.recordOf(item.member.name);
    if (record !== null && isNative(torch, item.member.name)) yield* native(item.member, record, look);
    if (!isUnread(item.member.origin) && torch.isStorage(item.member.name)) {
      look.budget.ledger.claim(item.member.source, 0, item.member.source.size, 'tensor-storage');
      if (isRawData(item.member, look)) continue;
      const storage: Member = { ...item.member, origin: STORAGE };
      yield* guarded(storage, storageMember(storage, look));
      continue;
    }
    const role = isUnread(item.member.origin) ? null : torch.roleOf(item.member.name);
    if (role === null) {
      const isScript = record !== null && torch.kind === 'torchscript' && record.startsWith('code/');
      const { origin } = item.member;
      const inner: Member = {
        ...item.member,
        ...readAsKeras(item),
        beside,
        origin: isScript ? { ...origin, reader: 'torchscript' } : origin,
      };
      if (!isNothing(inner, look)) yield* look.inspect(inner);
    } else yield* torchPickle({ ...item.member, role, beside }, torch, look);
  }
}

/** A zip under the name of a checkpoint that lacks what PyTorch looks for. */
async function* strayCheckpoint(member: Member, archive: ZipArchive, look: Look): AsyncGenerator<Found> {
  if (archive.entries.length === 0) {
    // Without a first entry its bytes begin as no archive to PyTorch.
    yield noticeOf(member.path, null, 'corrupt', 'torch.load refuses it: an archive without entries is no checkpoint');
    return;
  }
  const { torchLoadZip } = await restrictedLoader();
  yield* loadFound(await torchLoadZip(member, archive, recordsBeside(archive, look.budget), look.budget));
}

/** By its name, and for names that other files have as well by its records: flat ones, or ones a folder too deep. */
function isMeantForTorch(archive: ZipArchive, { name, origin }: Member): boolean {
  if (!isCheckpointName(name) || isUnread(origin)) return false;
  return !isModelName(name) || archive.entries.some((entry) => /(?:^|\/)data\.pkl$/i.test(entry.name));
}

/** Members that may ask for native code: all but tensors in a TorchScript archive, by their names in a checkpoint. */
function isNative(torch: TorchArchive, name: string): boolean {
  if (torch.isStorage(name)) return false;
  return torch.kind === 'torchscript' || /\.(?:so(?:\.\d+)*|dylib|dll|pyd)$/i.test(name);
}

const loadKerasConfig = lazy(() => import('../keras/config.js'));

type ZipMember = Extract<ZipOpened, { readonly kind: 'member' }>;

/** What Keras would import and run, where it reads the member as the configuration of a model. */
async function* keras(item: ZipMember, isNamedKeras: boolean, look: Look): AsyncGenerator<Found> {
  if (!isReadAsKeras(item)) return;
  const { member } = item;
  const { kerasObjects } = await loadKerasConfig();
  yield* guarded(member, kerasObjects(member, isNamedKeras, look));
}

function isReadAsKeras({ member, entry }: ZipMember): boolean {
  return !isUnread(member.origin) && entry !== null && entry.names.some(isKerasConfig);
}

function readAsKeras(item: ZipMember): Pick<Member, 'isReadAsKeras'> {
  return isReadAsKeras(item) ? { isReadAsKeras: true } : {};
}

const loadNativeNames = lazy(() => import('../torch/native-names.js'));

async function* native(member: Member, record: string, look: Look): AsyncGenerator<Found> {
  const { nativeFormat, nativeNames } = await loadNativeNames();
  yield* guarded(member, nativeNames(member, nativeFormat(record), look));
}

/**
 * The checkpoints of a distributed one, each as its reader takes it. A reader of the file as one
 * archive sees only one of them, which is reported if one of them names something that checkpoints do not name: where it
 * does nothing else that is odd, the catalogue says that when the facts are judged.
 */
async function* joinedMembers(member: Member, parts: readonly Part[], look: Look): AsyncGenerator<Found> {
  yield { kind: 'format', format: 'torch-joined', depth: member.depth };
  let isReported = false;
  for (const { start, end } of parts) {
    look.budget.countMember();
    const name = `[checkpoint @${start}]`;
    const source = sliceSource(member.source, start, end - start);
    const part = { path: memberPath(member.path, name), name, source, depth: member.depth + 1, origin: ENTRY };
    for await (const found of look.inspect(part)) {
      yield found;
      if (isReported || found.kind !== 'stream' || found.facts.length === 0) continue;
      isReported = !found.facts.every(isUpToCatalogue);
      const { path, offset } = found.stream;
      const detail = `${parts.length} archives in a row: readers take the first, the last or each of them`;
      const at = { path: member.path, offset: start, line: null };
      yield {
        kind: 'fact',
        fact: {
          kind: 'archive.ambiguous',
          at,
          problem: 'several-end-records',
          entry: null,
          detail,
          ifUnusual: { path, offset },
        },
      };
    }
  }
}

/** Nothing odd by itself: a global, or a signal that only the catalogue makes one. */
function isUpToCatalogue(fact: Fact): boolean {
  return fact.kind === 'pickle.global' || (fact.kind === 'pickle.structure' && fact.only !== undefined);
}

/** What `storageMember` finds of most storages, at once where the bytes are at hand; a fault is for it to tell. */
function isRawData({ name, packed, source }: Member, { formats }: Look): boolean {
  if (packed !== undefined || source.immediate !== true) return false;
  try {
    const format = formats.formatAtHead(source);
    return !(format instanceof Promise) && areNumbers(format, name, formats);
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

function areNumbers(format: Format, name: string, formats: Formats): boolean {
  return isChance(plausibilityOfStorage(format, formats.isOpaque(format), formats.promisedBy(name)));
}

/** A storage whose bytes are not just numbers. One in a thousand begins like zlib by chance. */
async function* storageMember(member: Member, look: Look): AsyncGenerator<Found> {
  const format = await look.formats.formatAtHead(member.source);
  if (areNumbers(format, member.name, look.formats)) return;
  for await (const found of look.inspect(member)) {
    if (found.kind !== 'notice' || !isChance(plausibilityOfGap(found.notice.cause, member.origin))) yield found;
  }
}

function isNpz(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => name.endsWith('.npy'));
}
