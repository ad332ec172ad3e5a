import { endsInNothing } from '../analysis/pickle/opcodes.js';
import { analyseSequence, namesGlobals, namesModule, onlyNamesInLines } from '../analysis/pickle/sequence.js';
import { analyseStream, type PickleInput, type StreamResult } from '../analysis/pickle/stream.js';
import { analyseLegacy, isLegacyMagic } from '../analysis/pickle/torch-legacy.js';
import { torchTarMember } from '../analysis/pickle/torch-tar.js';
import { rememberingCounts } from '../bytes/counts-source.js';
import { identityOfBytes } from '../bytes/identity.js';
import { bytesAtHand } from '../bytes/read.js';
import type { Member } from '../containers/container.js';
import type { Format, NamePromise } from '../model/format.js';
import { isPathConfiguration } from '../containers/path-configuration.js';
import { together } from '../model/identity.js';
import { isGuess, loadFound, noticeOf, strayAt, type Found, type Look } from './look.js';
import { pickleInput, restOfSequence, streamFound, usesOf } from './streams.js';
import { restrictedLoader } from './restricted-loader.js';
import { torchTar } from './torch.js';
import { isLinesOfText } from './text-names.js';

/** Names of model files that may be something else as well, so that bytes of another kind are no fault. */
export const MODEL_NAME = /\.(?:bin|model|p)$/i;

export async function* pickles(member: Member, declared: boolean, look: Look): AsyncGenerator<Found> {
  const input = pickleInput(member, look);
  const torchPart = member.role === undefined ? torchTarMember(member.name) : null;
  if (torchPart !== null && member.depth > 0 && member.stray !== true) {
    yield* torchTar({ ...input, role: 'torch-tar' }, torchPart, member, look);
    return;
  }
  const first = await analyseStream(input, member.start ?? 0);
  const promise = member.stray === true || member.role === 'embedded' ? null : look.formats.promisedBy(member.name);
  const guessed = isGuess(member);
  // Two words, one a line, name a global; in a file that is called a model they are no list of words.
  const broken = MODEL_NAME.test(member.name) && !guessed && first.machine.signals.has('truncated');
  const expects = promise?.format === 'pickle' || broken;
  const named = namesGlobals(first);
  if (!first.plausible && (await isPathConfiguration(member, named)) && !(await actsBehind(input, first))) return;
  const meant = first.plausible || (declared && !guessed) || (expects && (first.next.length > 0 || named));
  if (!meant && !(await actsSomewhere(input, first, member.sole !== true && isLinesOfText(member.name)))) {
    if (promise !== null) yield* unexplained(member, promise, first.stream.error ?? 'the bytes are no pickle');
    return;
  }
  if (member.role === 'embedded' && member.nestedIn !== undefined && !member.nestedIn.loaded) {
    const { path, offset, identity } = member.nestedIn;
    const detail = 'a byte string holds a pickle of its own';
    const own = await identityOfBytes(member.source, 0, member.source.size, look.budget);
    const outer = await identity?.();
    yield {
      kind: 'fact',
      fact: {
        kind: 'pickle.structure',
        at: { path, offset, line: null },
        role: 'plain',
        signal: 'nested-pickle',
        detail,
        count: 1,
        identity: together(outer === undefined ? [own] : [own, outer]),
      },
    };
  }
  if (isLegacyMagic(first)) {
    const source = rememberingCounts(member.source);
    yield { kind: 'format', format: 'torch-legacy', depth: member.depth };
    yield* streamFound(first, member, look);
    if (!isGuess(member)) yield* torchLoaded({ ...member, source }, true, look);
    const known = new Set(usesOf(first));
    const streams = new Map<number, StreamResult>();
    for await (const part of analyseLegacy({ ...input, source }, first)) {
      if ('result' in part) {
        for (const use of usesOf(part.result)) known.add(use);
        streams.set(part.result.stream.offset, part.result);
        yield* streamFound(part.result, member, look);
      } else if ('fact' in part) yield { kind: 'fact', fact: part.fact };
      else if ('notice' in part) yield { kind: 'notice', notice: part.notice };
      else yield* look.inspect(strayAt(member, part.rest));
    }
    // To pickle.load, called again and again, the storages are opcodes too.
    for await (const plain of analyseSequence(input, first, streams)) {
      if (usesOf(plain).some((use) => !known.has(use))) yield* streamFound(plain, { ...member, stray: true }, look);
    }
    return;
  }
  const joblib = first.machine.records.some((record) => record.arrayWrapper);
  yield { kind: 'format', format: joblib ? 'joblib' : 'pickle', depth: member.depth };
  if (member.role === 'npy') {
    yield* streamFound(first, member, look);
    // Within a frame, readers with peek go on right behind the pickle, and those without behind the frame.
    for (const next of first.next)
      if ((await member.source.read(next, 1)).length > 0) yield* look.inspect(strayAt(member, next));
    return;
  }
  if (CHECKPOINT_NAME.test(member.name) && member.role === undefined && !guessed)
    yield* torchLoaded(member, false, look, namesOf(first));
  yield* streamFound(first, member, look);
  yield* restOfSequence(input, member, first, look);
}

/**
 * Whether bytes that do not begin like a pickle do what one does: name a module that may be there, or go on as a stream
 * that counts. `N.` is a whole stream, and who loads again is given the one behind it. What breaks off was looked up by then.
 */
async function actsSomewhere(input: PickleInput, first: StreamResult, mayBeWords: boolean): Promise<boolean> {
  if (namesModule(first) && !(mayBeWords && onlyNamesInLines(first))) return true;
  return actsBehind(input, first);
}

/** Whether one of the streams behind the first is a pickle, or names something. */
async function actsBehind(input: PickleInput, first: StreamResult): Promise<boolean> {
  if (first.next.length === 0) return false;
  for await (const result of analyseSequence(input, first))
    if (result.plausible || (result !== first && namesModule(result))) return true;
  return false;
}

/** Whoever has a file of such a name gives it to torch.load. */
const CHECKPOINT_NAME = /\.(?:pt|pth|ckpt|bin)$/i;

async function* torchLoaded(
  member: Member,
  isLegacy: boolean,
  look: Look,
  names?: readonly string[],
): AsyncGenerator<Found> {
  const { torchLoadPickles } = await restrictedLoader();
  const fact = await torchLoadPickles(member, isLegacy, look.budget);
  yield* loadFound(names === undefined ? fact : { ...fact, names });
}

function namesOf({ facts }: StreamResult): string[] {
  return facts.flatMap((fact) => {
    if (fact.kind === 'pickle.dynamic') return [''];
    return fact.kind === 'pickle.global' ? [`${fact.module}.${fact.name}`] : [];
  });
}

/** Most bytes of other formats turn out within so many to be no pickle; the machine would begin with as many. */
const POLYGLOT_BYTES = 4096;

/** Whether bytes of another format turn out to be no pickle, where that shows at once. A fault is for `polyglot` to meet. */
export function isPlainlyNoPickle({ source }: Member, look: Look): boolean {
  const head = bytesAtHand(source, POLYGLOT_BYTES);
  if (head === null || !endsInNothing(head)) return false;
  look.budget.countLooked(head.length);
  return true;
}

/** Bytes that say they are one thing and, from the first byte on, are a pickle as well: each loader sees its own. */
export async function* polyglot(member: Member, format: Format, look: Look): AsyncGenerator<Found> {
  const input = pickleInput(member, look);
  let told = look.formats.isOpaque(format);
  for await (const result of analyseSequence(input, await analyseStream(input, 0))) {
    if (!namesGlobals(result) && !(result.plausible && result.machine.persistent.length > 0)) continue;
    if (!told) {
      const detail = `these bytes are ${format} and, read from the first byte, a pickle`;
      yield {
        kind: 'fact',
        fact: {
          kind: 'archive.ambiguous',
          at: { path: member.path, offset: 0, line: null },
          problem: 'polyglot',
          entry: null,
          detail,
        },
      };
    }
    told = true;
    yield* streamFound(result, { ...member, stray: true }, look);
  }
}

/** The name promises something that the bytes are not. */
function* unexplained(member: Member, promise: NamePromise, why: string): Generator<Found> {
  yield { kind: 'format', format: 'unknown', depth: member.depth };
  yield noticeOf(member.path, 0, 'corrupt', `${promise.words} is expected by the name: ${why}`);
}

/** Inside archives empty files are ordinary; a model file that is empty was never written. */
export function* emptyFile(member: Member, look: Look): Generator<Found> {
  if (look.formats.promisedBy(member.name) === null && !MODEL_NAME.test(member.name)) return;
  yield { kind: 'format', format: 'empty', depth: member.depth };
  yield noticeOf(member.path, 0, 'truncated', 'the file is empty');
}
