import { analyseSequence, trailing } from '../../streams/sequence.js';
import { analyseStream } from '../../streams/stream.js';
import type { PickleInput, StreamResult } from '../../streams/stream-result.js';
import { elementSize } from './torch-sizes.js';
import { analyseTorchTar, type TorchTarMember } from './torch-tar.js';
import { identityOfBytes } from '../../bytes/identity.js';
import type { Member } from '../members/container.js';
import type { TorchArchive } from './torch-zip.js';
import { expansion, faults, ignored, noticeOf, restOf, type Found, type Look } from '../members/look.js';
import { withBytes } from '../members/beside.js';
import { pickleInput, restOfSequence, streamFound, usesOf } from '../members/streams.js';

export async function* torchPickle(member: Member, torch: TorchArchive, look: Look): AsyncGenerator<Found> {
  try {
    const input = pickleInput(member, look);
    const result = await analyseStream(input, 0);
    yield* streamFound(result, member, look);
    yield* missingStorages(result, torch, member);
    if (member.packed !== undefined) yield* expansion(member, member.packed, result.machine.stopped, look.budget);
    yield* afterFirst(input, member, result, look);
  } catch (error) {
    yield* faults(member, error);
  }
}

/** Records that the pickle names and the archive lacks, or holds too short: PyTorch fails on them. */
function* missingStorages(result: StreamResult, torch: TorchArchive, member: Member): Generator<Found> {
  for (const { storage, offset } of result.machine.persistent) {
    if (storage === null) continue;
    const size = torch.storageOf(member.name, storage.key);
    if (size === undefined) return;
    const wanted = storage.elements * (elementSize(storage.type) ?? 0);
    if (size === null)
      yield noticeOf(
        member.path,
        offset,
        'corrupt',
        `the record ${torch.folder}${folderOf(member.name)}/${storage.key} of this tensor is missing`,
      );
    else if (size < wanted) {
      yield noticeOf(
        member.path,
        offset,
        'corrupt',
        `the record ${torch.folder}${folderOf(member.name)}/${storage.key} holds ${size} bytes, the tensor needs ${wanted}`,
      );
    } else continue;
    return;
  }
}

/** `a/data.pkl`: `data` */
function folderOf(pickle: string): string {
  return pickle.slice(pickle.lastIndexOf('/') + 1).replace(/\.pkl$/i, '');
}

/** Bytes behind the one pickle of a format that has just one: the format's reader stops, one that loads again goes on. */
async function* afterFirst(input: PickleInput, member: Member, first: StreamResult, look: Look): AsyncGenerator<Found> {
  let reported = false;
  for await (const found of restOfSequence(input, member, first, look)) {
    if (found.kind === 'stream' && !reported) {
      reported = true;
      const { offset, length } = found.stream;
      const fact = trailing(input, offset, 'trailing-pickle', 'another pickle follows the one that this format holds');
      const identity = await identityOfBytes(member.source, 0, offset + length, look.budget);
      yield { kind: 'fact', fact: { ...fact, identity } };
    }
    yield found;
  }
}

export async function* torchTar(
  input: PickleInput,
  part: TorchTarMember,
  member: Member,
  look: Look,
): AsyncGenerator<Found> {
  const first = await analyseStream(input, 0);
  if (part === 'pickle') {
    yield* streamFound(first, member, look);
    yield* restOfSequence(input, member, first, look);
    return;
  }
  // Raw data lie between the pickles.
  const whole = withBytes(member, { source: member.source, start: 0, end: member.source.size }, look);
  yield* streamFound(first, whole, look);
  const known = new Set(usesOf(first));
  for await (const found of analyseTorchTar(input, part, first)) {
    if ('result' in found) {
      for (const use of usesOf(found.result)) known.add(use);
      yield* streamFound(found.result, whole, look);
    } else if ('notice' in found) yield { kind: 'notice', notice: found.notice };
    else if ((await member.source.read(found.rest, 1)).length > 0) yield* look.inspect(restOf(member, found.rest));
  }
  for await (const plain of analyseSequence(input, first)) {
    if (usesOf(plain).some((use) => !known.has(use))) yield* streamFound(plain, ignored(member), look);
  }
}
