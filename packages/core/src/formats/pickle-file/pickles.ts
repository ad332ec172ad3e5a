import { isCheckpointName, isModelName } from '../../plausibility/file-names.js';
import { countsAsStream, plausibilityOfMember, promiseOf } from '../../plausibility/member.js';
import { analyseSequence } from '../../streams/sequence.js';
import { analyseStream } from '../../streams/stream.js';
import type { PickleInput, StreamResult } from '../../streams/stream-result.js';
import { analyseLegacy, isLegacyMagic } from '../torch/torch-legacy.js';
import { torchTarMember } from '../torch/torch-tar.js';
import { identityOfBytes } from '../../bytes/identity.js';
import type { Member } from '../members/container.js';
import type { Fact } from '../../model/fact.js';
import type { NamePromise } from '../../model/format.js';
import { isUnloaded, isUnread } from '../../model/origin.js';
import { isChance } from '../../model/plausibility.js';
import { together } from '../../model/identity.js';
import { ignored, loadFound, noticeOf, restOf, type Found, type Look } from '../members/look.js';
import { withBytes } from '../members/beside.js';
import { pickleInput, restOfSequence, streamFound, usesOf } from '../members/streams.js';
import { restrictedLoader } from '../torch/restricted-loader.js';
import { torchTar } from '../torch/pickles.js';

/** `hasMark`: the bytes begin with the mark of pickles. */
export async function* pickles(member: Member, hasMark: boolean, look: Look): AsyncGenerator<Found> {
  const input = pickleInput(member, look);
  const { origin } = member;
  const torchPart = member.role === undefined ? torchTarMember(member.name) : null;
  if (torchPart !== null && member.depth > 0 && !isUnread(origin)) {
    yield* torchTar({ ...input, role: 'torch-tar' }, torchPart, member, look);
    return;
  }
  const first = await analyseStream(input, member.start ?? 0);
  const promise = promiseOf(member, look.formats);
  const countsBehind = (): Promise<boolean> => countsInSequence(input, first);
  const plausibility = await plausibilityOfMember(member, { first, countsBehind }, promise, hasMark);
  if (isChance(plausibility)) {
    if (promise === null || plausibility.reason === 'path-configuration') isData(member, look);
    else yield* unexplained(member, promise, first.stream.error ?? 'the bytes are no pickle');
    return;
  }
  if (origin.from === 'embedded' && origin.reader !== 'holder') yield* nestedPickle(member, look);
  if (isLegacyMagic(first)) {
    yield* legacyCheckpoint(input, first, member, look);
    return;
  }
  const joblib = first.machine.records.some((record) => record.arrayWrapper);
  yield { kind: 'format', format: joblib ? 'joblib' : 'pickle', depth: member.depth };
  if (member.role === 'npy') {
    yield* streamFound(first, member, look);
    // Within a frame, readers with peek go on right behind the pickle, and those without behind the frame.
    for (const next of first.next) {
      if ((await member.source.read(next, 1)).length === 0) continue;
      const rest = { ...restOf(member, next), ...(member.beside === undefined ? {} : { beside: member.beside }) };
      yield* look.inspect(withBytes(rest, { source: member.source, start: 0, end: next }, look));
    }
    return;
  }
  if (isCheckpointName(member.name) && member.role === undefined && origin.from !== 'embedded' && !isUnloaded(origin))
    yield* torchLoaded(member, false, look, namesOf(first));
  yield* streamFound(first, member, look);
  yield* restOfSequence(input, member, first, look);
}

/** The bytes are no pickle, and were recognised as nothing else. */
function isData({ source }: Member, { budget }: Look): void {
  budget.ledger.claim(source, 0, source.size, 'data');
}

/** A checkpoint of PyTorch before 1.6: pickles in a row, then the storages. */
async function* legacyCheckpoint(
  input: PickleInput,
  first: StreamResult,
  member: Member,
  look: Look,
): AsyncGenerator<Found> {
  yield { kind: 'format', format: 'torch-legacy', depth: member.depth };
  yield* streamFound(first, member, look);
  if (!isUnloaded(member.origin)) yield* torchLoaded(member, true, look);
  const known = new Set(usesOf(first));
  const streams = new Map<number, StreamResult>();
  for await (const part of analyseLegacy(input, first)) {
    if ('result' in part) {
      for (const use of usesOf(part.result)) known.add(use);
      streams.set(part.result.stream.offset, part.result);
      // Elements of its tensors follow.
      const { offset, length } = part.result.stream;
      const elements = { source: member.source, start: offset + length, end: member.source.size };
      yield* streamFound(part.result, withBytes(member, elements, look), look);
    } else if ('fact' in part) yield { kind: 'fact', fact: part.fact };
    else if ('notice' in part) yield { kind: 'notice', notice: part.notice };
    else if ('unread' in part) yield { kind: 'unread', unread: part.unread };
    else yield* look.inspect(restOf(member, part.rest));
  }
  // To pickle.load, called again and again, the storages are opcodes too.
  for await (const plain of analyseSequence(input, first, streams)) {
    if (usesOf(plain).some((use) => !known.has(use))) yield* streamFound(plain, ignored(member), look);
  }
}

/** A byte string that holds a pickle, which nothing in the pickle around it loads. */
async function* nestedPickle({ nestedIn, source }: Member, look: Look): AsyncGenerator<Found> {
  if (nestedIn === undefined) return;
  const { path, offset, identity } = nestedIn;
  const detail = 'a byte string holds a pickle of its own';
  const own = await identityOfBytes(source, 0, source.size, look.budget);
  const outer = await identity?.();
  const fact: Fact = {
    kind: 'pickle.structure',
    at: { path, offset, line: null },
    role: 'plain',
    signal: 'nested-pickle',
    detail,
    count: 1,
    identity: together(outer === undefined ? [own] : [own, outer]),
  };
  yield { kind: 'fact', fact };
}

async function countsInSequence(input: PickleInput, first: StreamResult): Promise<boolean> {
  if (first.next.length === 0) return false;
  for await (const result of analyseSequence(input, first)) if (countsAsStream(result, result === first)) return true;
  return false;
}

async function* torchLoaded(
  member: Member,
  isLegacy: boolean,
  look: Look,
  names?: readonly string[],
): AsyncGenerator<Found> {
  const { torchLoadPickles } = await restrictedLoader();
  const fact = await torchLoadPickles(member, isLegacy, look.budget);
  // Pickles of other loaders are called .bin as well.
  yield* loadFound(names === undefined ? fact : { ...fact, names }, !isModelName(member.name));
}

function namesOf({ facts }: StreamResult): string[] {
  return facts.flatMap((fact) => {
    if (fact.kind === 'pickle.dynamic') return [''];
    return fact.kind === 'pickle.global' ? [`${fact.module}.${fact.name}`] : [];
  });
}

/** The name promises something that the bytes are not. */
function* unexplained(member: Member, promise: NamePromise, why: string): Generator<Found> {
  yield { kind: 'format', format: 'unknown', depth: member.depth };
  yield noticeOf(member.path, 0, 'corrupt', `${promise.words} is expected by the name: ${why}`);
}

/** Inside archives empty files are ordinary; a model file that is empty was never written. */
export function* emptyFile(member: Member, look: Look): Generator<Found> {
  if (look.formats.promisedBy(member.name) === null && !isModelName(member.name)) return;
  yield { kind: 'format', format: 'empty', depth: member.depth };
  yield noticeOf(member.path, 0, 'truncated', 'the file is empty');
}
