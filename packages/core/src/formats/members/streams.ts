import { identityOf } from '../../fingerprint/identity.js';
import { catalogueNames, namesFor } from '../../pickle/names.js';
import type { NestedCandidate } from '../../pickle/record.js';
import { plausibilityOfBreak } from '../../plausibility/member.js';
import { isReported } from '../../plausibility/stream.js';
import { analyseSequence } from '../../streams/sequence.js';
import { analyseStream } from '../../streams/stream.js';
import type { PickleInput, StreamResult } from '../../streams/stream-result.js';
import { quotedString, rawUnicodeEscape, utf8 } from '../../pickle/text.js';
import { memorySource, sliceSource, type ByteSource } from '../../bytes/source.js';
import { memberPath, type Member } from './container.js';
import { LimitError } from '../../model/errors.js';
import type { Fact } from '../../model/fact.js';
import { together, type Identity } from '../../model/identity.js';
import type { Origin } from '../../model/origin.js';
import { isChance } from '../../model/plausibility.js';
import { ignored, noticeOf, restOf, type Found, type Look } from './look.js';
import { withRecords } from './beside.js';
import { MAX_PADDED, MAX_TEXT_BYTES, PADDING_BYTES } from '../../model/limits.js';

function isEmbedded({ from }: Origin): boolean {
  return from === 'embedded' || from === 'text';
}

export function pickleInput(member: Member, look: Look): PickleInput {
  return {
    path: member.path,
    source: member.source,
    role: member.role ?? (isEmbedded(member.origin) ? 'embedded' : 'plain'),
    names: namesFor(look.interest),
    budget: look.budget,
    digests: look.digests,
    observe: look.observe,
  };
}

/** The globals that a stream names, and those that it calls. */
export function usesOf(result: StreamResult): string[] {
  return result.facts.flatMap((fact) => {
    if (fact.kind !== 'pickle.global' && fact.kind !== 'pickle.dynamic') return [];
    const name = `${fact.module}\0${fact.name}`;
    return fact.kind === 'pickle.global' && fact.callCount > 0 ? [name, `${name}\0called`] : [name];
  });
}

/** The streams behind the first, then the bytes behind the last one. */
export async function* restOfSequence(
  input: PickleInput,
  member: Member,
  first: StreamResult,
  look: Look,
): AsyncGenerator<Found> {
  const sequence = analyseSequence(input, first);
  for (;;) {
    const step = await sequence.next();
    if (step.done === true) {
      // Streams that are too short to be shown lie between those that are.
      input.budget.ledger.claim(member.source, first.stream.offset, step.value.end, 'parsed');
      if (step.value.trailing !== null && member.origin.isCut !== true) {
        yield { kind: 'fact', fact: step.value.trailing };
        yield* look.inspect(restOf(member, step.value.end));
        yield* behindPadding(input, member, step.value.end, look);
      }
      return;
    }
    if (step.value !== first) yield* streamFound(step.value, member, look);
  }
}

/**
 * Pickles behind zeros: a file of `dbm.dumb`, in which shelve keeps its values, pads each to whole blocks. An unpickler
 * that comes to a zero ends there; a reader that knows the offsets reads on.
 */
async function* behindPadding(input: PickleInput, member: Member, end: number, look: Look): AsyncGenerator<Found> {
  let at = end;
  for (let count = 0; count < MAX_PADDED; count += 1) {
    const start = await behindZeros(member.source, at);
    if (start === null) return;
    const first = await analyseStream(input, start);
    if (!isReported(first)) return;
    const sequence = analyseSequence(input, first);
    for (;;) {
      const step = await sequence.next();
      if (step.done === true) {
        at = step.value.end;
        break;
      }
      yield* streamFound(step.value, ignored(member), look);
    }
  }
  throw new LimitError('MAX_PADDED', `more than ${MAX_PADDED} pickles with padding between them`);
}

/** Where the zeros end that begin here; null where there are none, or nothing follows. */
async function behindZeros(source: ByteSource, at: number): Promise<number | null> {
  const bytes = await source.read(at, PADDING_BYTES);
  const length = bytes.findIndex((byte) => byte !== 0);
  return length > 0 ? at + length : null;
}

/** A stream with what lies in it; then the limit that ended it, so that nothing found before it is lost. */
export async function* streamFound(result: StreamResult, member: Member, look: Look): AsyncGenerator<Found> {
  yield* streamParts(result, member, look);
  if (result.limit !== null) throw result.limit;
}

/** A stream, its object arrays, and the byte strings in it that may be pickles themselves. Recursion: MAX_ARRAY_DEPTH. */
async function* streamParts(result: StreamResult, member: Member, look: Look): AsyncGenerator<Found> {
  claimStream(result, member, look);
  const identity = identityFor(result, member, look);
  const known = look.interest.identifies(result.facts) ? await identity() : null;
  yield {
    kind: 'stream',
    stream: result.stream,
    facts: result.facts.map((fact) => {
      const shown = shownUnder(fact, member);
      return known === null ? shown : { ...shown, identity: known };
    }),
    observers: result.observers,
  };
  if (result.notice !== null && !isChance(plausibilityOfBreak(result.notice.cause, member.origin)))
    yield { kind: 'notice', notice: result.notice };
  for (const inner of result.inner) yield* streamParts(inner, member, look);
  for (const candidate of result.nested) {
    const nested = await nestedMember(candidate, member, identity);
    if (nested === null)
      yield noticeOf(
        member.path,
        candidate.offset,
        'limit',
        'bytes that may be a pickle are written as text too long to decode',
      );
    else yield* look.inspect(nested);
  }
}

/** Accounts for a stream: its opcodes are parsed, the arrays between them are data. */
function claimStream({ stream, runs }: StreamResult, { source }: Member, { budget }: Look): void {
  budget.ledger.claim(source, stream.offset, stream.offset + stream.length, 'parsed');
  for (const { start, end, pickle } of runs.arrays)
    if (pickle === null) budget.ledger.claim(source, start, end, 'array-data');
}

/** The identity of a stream, computed once and on request; within another pickle, together with that of the other. */
function identityFor(result: StreamResult, member: Member, look: Look): () => Promise<Identity> {
  const make = async (): Promise<Identity> => {
    const own = await identityOf(result, { source: member.source, names: catalogueNames, budget: look.budget });
    const inside = withRecords(own, (await member.beside?.()) ?? null);
    const outer = await member.nestedIn?.identity?.();
    return outer === undefined ? inside : together([inside, outer]);
  };
  let identity: Promise<Identity> | null = null;
  return () => (identity ??= make());
}

/** The facts of a pickle that another one holds say so. */
function shownUnder(fact: Fact, { nestedIn }: Member): Fact {
  if (nestedIn === undefined || (fact.kind !== 'pickle.global' && fact.kind !== 'pickle.dynamic')) return fact;
  const { path, offset, loader } = nestedIn;
  const use =
    loader === undefined ? 'nothing there loads them' : `there ${loader.opcode} @${loader.offset} ${loader.text}`;
  return { ...fact, outer: `this pickle lies in the bytes @${offset} of ${path}: ${use}` };
}

async function nestedMember(
  candidate: NestedCandidate,
  member: Member,
  identity: () => Promise<Identity>,
): Promise<Member | null> {
  const name = `<bytes @${candidate.offset}>`;
  const shared = {
    path: memberPath(member.path, name),
    name,
    depth: member.depth + 1,
    origin: { from: 'embedded', reader: candidate.loaded ? 'holder' : 'program' },
    nestedIn: {
      path: member.path,
      offset: candidate.offset,
      loader: candidate.loader,
      identity,
    },
  } as const;
  if (candidate.form === 'bytes')
    return { ...shared, source: sliceSource(member.source, candidate.offset, candidate.length) };
  if (candidate.length > MAX_TEXT_BYTES) return null;
  const raw = (await member.source.read(candidate.offset, candidate.length)).slice();
  if (candidate.form === 'quoted') return { ...shared, source: memorySource(quotedString(raw) ?? new Uint8Array(0)) };
  const text = (candidate.form === 'line' ? rawUnicodeEscape(raw) : utf8(raw)) ?? '';
  return { ...shared, source: memorySource(Uint8Array.from(text, (char) => char.charCodeAt(0))) };
}
