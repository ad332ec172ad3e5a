import { identityOfPickle } from '../../fingerprint/identity.js';
import { COUNT_BYTES, planCounts } from './storage-counts.js';
import type { PickleSetting, WeightsOnlyDecision } from './weights-only/decision.js';
import { decideWeightsOnly } from './weights-only/weights-only.js';
import type { Budget } from '../../bytes/budget.js';
import { latin1, u64 } from '../../bytes/read.js';
import { EMPTY, type ByteSource } from '../../bytes/source.js';
import { WEIGHTS_ONLY_VERSION } from '../../catalogue/lookup.js';
import { memberPath, type Member } from '../members/container.js';
import type { ZipArchive } from '../zip/container.js';
import { METHOD_DEFLATED, METHOD_STORED } from '../zip/facts.js';
import { FLAG_ENCRYPTED } from '../zip/layout.js';
import { openData } from '../zip/methods.js';
import { MinizDirectory } from '../zip/miniz-lookup.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import type { TorchLoadFact, TorchRefusal } from '../../model/fact.js';
import { MAX_PICKLE_BYTES, MAX_RECORD_BYTES, MAX_REFUSALS } from '../../model/limits.js';
import { together, type Identity } from '../../model/identity.js';
import { withRecords } from '../members/beside.js';

/*
 * What `torch.load(weights_only=True)` makes of a file (torch/serialization.py, `load`, `_load`, `_legacy_load`;
 * caffe2/serialize/inline_container.cc): by its first four bytes an archive, which miniz reads, or else a tar, or else
 * pickles in a row. Only the pickles that PyTorch reads count, at the offset where it finds them.
 */

const TOO_LONG = `a pickle of more than ${MAX_PICKLE_BYTES} bytes`;
/** Read of a pickle that other data follow, before it is known how long it is. */
const FIRST_BYTES = 128 * 1024;

/** Formats that the reader takes (inline_container.h, `kMinSupportedFileFormatVersion` and its counterpart). */
const MIN_VERSION = 1;
const MAX_VERSION = 10;

const MAGIC_NUMBER = String(0x1950a86a20f9469cfc6cn);
const PROTOCOL_VERSION = '1001';
/** Indexes of the object and of the keys among the pickles of the format before 1.6. */
const OBJECT = 3;
const KEYS = 4;

interface Judged {
  readonly path: string;
  readonly decision: WeightsOnlyDecision;
  /** They begin with the pickle. */
  readonly bytes: Uint8Array;
}

/** What the pickles say together, or what ends the loading before or behind them. */
interface Outcome {
  readonly format: TorchLoadFact['format'];
  readonly judged: readonly Judged[];
  /** The file as a whole is refused. */
  readonly refused?: string;
  readonly failure?: string;
  /** Not looked at. */
  readonly gap?: string;
}

export interface Checkpoint {
  readonly path: string;
  readonly source: ByteSource;
}

export async function torchLoadZip(
  { path }: Pick<Checkpoint, 'path'>,
  archive: ZipArchive,
  beside: NonNullable<Member['beside']>,
  budget: Budget,
): Promise<TorchLoadFact> {
  const outcome = await guardedOutcome('zip', () => loadZip(path, archive, budget));
  return identified(factOf(path, outcome), outcome, budget, beside);
}

/** Pickles in a row; `named`: it is called a checkpoint and may be any pickle. */
export async function torchLoadPickles(
  checkpoint: Checkpoint,
  isLegacy: boolean,
  budget: Budget,
): Promise<TorchLoadFact> {
  const outcome = await guardedOutcome(isLegacy ? 'legacy' : 'pickle', () => loadPickles(checkpoint, isLegacy));
  return identified(factOf(checkpoint.path, outcome), outcome, budget);
}

/** The oldest format is refused as a whole; what its object names shows whether it needs more than tensors. */
export async function torchLoadTar(path: string, object: Member, budget: Budget): Promise<TorchLoadFact> {
  const outcome = await guardedOutcome('tar', async () => {
    const read = await judgeAt(object.source, 0, { format: 'tar' });
    if (read === null) return { format: 'tar' as const, judged: [], gap: TOO_LONG };
    const refused = 'PyTorch refuses the tar format there';
    return { format: 'tar' as const, judged: [{ path: object.path, ...read }], refused };
  });
  return identified(factOf(path, outcome), outcome, budget, object.beside);
}

/** With what its pickles do, where some of them or the file is refused. */
async function identified(
  fact: TorchLoadFact,
  { judged }: Outcome,
  budget: Budget,
  beside?: Member['beside'],
): Promise<TorchLoadFact> {
  if (fact.refusals.length === 0 && fact.format !== 'tar') return fact;
  const parts: Identity[] = [];
  for (const { bytes } of judged) parts.push(await identityOfPickle(bytes, budget));
  return { ...fact, identity: withRecords(together(parts), (await beside?.()) ?? null) };
}

/** Bytes that cannot be read are reported by their own analysis. */
async function guardedOutcome(format: Outcome['format'], load: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await load();
  } catch (error) {
    const isLimit = error instanceof LimitError && error.ends === 'part';
    if (!(error instanceof InputError || error instanceof UnsupportedError || isLimit)) throw error;
    if (error instanceof InputError) return { format, judged: [], failure: error.message };
    return { format, judged: [], gap: error.message };
  }
}

/** What was read last: small pickles lie in a row. */
interface Window {
  start: number;
  bytes: Uint8Array;
  /** Nothing follows them. */
  isEnd: boolean;
}

/** The pickle at `offset`, read in steps: storages of many gigabytes may follow it. Null where it is too long. */
async function judgeAt(
  source: ByteSource,
  offset: number,
  setting: PickleSetting,
  window: Window = { start: 0, bytes: EMPTY, isEnd: false },
): Promise<Omit<Judged, 'path'> | null> {
  const from = offset - window.start;
  if (from >= 0 && from < window.bytes.length) {
    const bytes = window.bytes.subarray(from);
    const decision = decideWeightsOnly(bytes, setting);
    if (!decision.touchedEnd || window.isEnd) return { decision, bytes };
  }
  for (let length = FIRST_BYTES; length <= MAX_PICKLE_BYTES; length *= 4) {
    const bytes = (await source.read(offset, length)).slice();
    window.start = offset;
    window.bytes = bytes;
    window.isEnd = bytes.length < length;
    const decision = decideWeightsOnly(bytes, setting);
    if (!decision.touchedEnd || window.isEnd) return { decision, bytes };
  }
  return null;
}

async function loadZip(path: string, archive: ZipArchive, budget: Budget): Promise<Outcome> {
  const format = 'zip';
  const fails = (failure: string): Outcome => ({ format, judged: [], failure });
  const directory = MinizDirectory.of(archive);
  if (directory === null) return fails('PyTorch finds no directory of the archive that it can read');
  const { names } = directory;
  const [first = ''] = names;
  if (!first.includes('/')) return fails(`its first entry lies in no folder: ${JSON.stringify(first)}`);
  const folder = first.slice(0, first.indexOf('/') + 1);
  const record = async (name: string, most: number): Promise<Uint8Array | null> =>
    readRecord(directory, folder + name, archive, budget, most);

  const version = (await record('.data/version', MAX_RECORD_BYTES)) ?? (await record('version', MAX_RECORD_BYTES));
  if (version === null) return fails('the archive has no record "version"');
  const number = /^\s*(\d+)/.exec(latin1(version));
  if (number === null || Number(number[1]) < MIN_VERSION || Number(number[1]) > MAX_VERSION)
    return fails(`the record "version" holds no number from ${MIN_VERSION} to ${MAX_VERSION}`);
  const outside = names.find((name) => !name.startsWith(folder));
  if (outside !== undefined) return fails(`an entry lies outside of the folder ${folder}: ${JSON.stringify(outside)}`);
  if (names.includes(`${folder}constants.pkl`))
    return { format: 'torchscript', judged: [], refused: 'PyTorch refuses every TorchScript archive there' };
  const order = await record('byteorder', MAX_RECORD_BYTES);
  if (order !== null && !/^(?:little|big)$/.test(latin1(order)))
    return fails('the record "byteorder" is neither "little" nor "big"');
  const alignment = await record('.storage_alignment', MAX_RECORD_BYTES);
  if (alignment !== null && !/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(latin1(alignment)))
    return fails('the record ".storage_alignment" is no number');
  const found = directory.locate(`${folder}data.pkl`);
  const bytes = await record('data.pkl', MAX_PICKLE_BYTES);
  if (bytes === null || found === null) return fails('the archive has no record "data.pkl"');
  if (bytes.length > MAX_PICKLE_BYTES) return { format, judged: [], gap: TOO_LONG };
  const setting: PickleSetting = {
    format,
    storageBytes: (key) => directory.locate(`${folder}data/${key}`)?.uncompressed ?? null,
  };
  const decision = decideWeightsOnly(bytes, setting);
  return { format, judged: [{ path: memberPath(path, found.name), decision, bytes }] };
}

/** The whole record, up to one byte more than `most`; null where there is none. */
async function readRecord(
  directory: MinizDirectory,
  name: string,
  archive: ZipArchive,
  budget: Budget,
  most: number,
): Promise<Uint8Array | null> {
  const record = directory.locate(name);
  if (record === null) return null;
  const { localOffset } = record;
  const start = directory.entryOf(record)?.local?.dataStart;
  if (start === undefined)
    throw new InputError(`the record ${name} does not stand where the directory says`, localOffset);
  const stored = record.method === METHOD_STORED;
  if (!stored && record.method !== METHOD_DEFLATED)
    throw new InputError(`the method ${record.method} of the record ${name}, which PyTorch does not know`, localOffset);
  if ((record.flags & FLAG_ENCRYPTED) !== 0) throw new InputError(`the record ${name} is encrypted`, localOffset);
  const variant = {
    method: record.method,
    start,
    length: stored ? record.uncompressed : record.compressed,
    uncompressed: record.uncompressed,
    hasEndMarker: false,
  };
  const { source } = openData(archive.source, variant, budget);
  const bytes = (await source.read(0, Math.min(record.uncompressed, most + 1))).slice();
  if (bytes.length < Math.min(record.uncompressed, most + 1))
    throw new InputError(`truncated: the record ${name} is cut`, localOffset, 'truncated');
  return bytes;
}

async function loadPickles({ path, source }: Checkpoint, isLegacy: boolean): Promise<Outcome> {
  const format = isLegacy ? 'legacy' : 'pickle';
  const judged: Judged[] = [];
  const window: Window = { start: 0, bytes: EMPTY, isEnd: false };
  let at = 0;
  // Magic number, protocol, system info, the object, keys of the storages.
  for (const [i, expected] of [MAGIC_NUMBER, PROTOCOL_VERSION, null, null, null].entries()) {
    const read = await judgeAt(source, at, { format: i === OBJECT ? 'legacy' : 'legacy-header' }, window);
    if (read === null) return { format, judged, gap: TOO_LONG };
    const { decision, bytes } = read;
    judged.push({ path, decision: moved(decision, at), bytes });
    const { outcome, number, end } = decision;
    // Once its names are listed, PyTorch reads on behind the object.
    const isListable = expected === null && decision.needs.length > 0 && decision.failure === null;
    if (outcome !== 'loads' && outcome !== 'unknown' && !isListable) return { format, judged };
    if (expected !== null && number !== expected)
      return { format, judged, failure: 'the file is no checkpoint: it does not begin with the magic number' };
    at += end;
  }
  const failure = await storagesProblem(source, at, judged[KEYS]?.decision.texts, judged[OBJECT]?.decision.storages);
  return failure === null ? { format, judged } : { format, judged, failure };
}

/** Behind the keys: for each of them a 64-bit count of elements, and the elements. */
async function storagesProblem(
  source: ByteSource,
  start: number,
  keys: readonly string[] | null | undefined,
  storages: WeightsOnlyDecision['storages'] | undefined,
): Promise<string | null> {
  let at = start;
  let last: string | null = null;
  if (keys === null) return 'the keys of the storages are no list of texts';
  const sizes = (keys ?? []).map((key) => storages?.get(key)?.bytes ?? NaN);
  const { isRead } = await planCounts(source, start, sizes);
  for (const [i, key] of (keys ?? []).entries()) {
    const stored = storages?.get(key);
    if (stored === undefined) return `no tensor has the storage ${key}`;
    if (!isRead(i)) {
      at += COUNT_BYTES + stored.bytes;
      last = key;
      continue;
    }
    const read = source.read(at, COUNT_BYTES);
    const header = read instanceof Promise ? await read : read;
    if (header.length < COUNT_BYTES) return `the storage ${key} is cut off`;
    if (u64(header, 0) !== stored.elements) return `the storage ${key} has another size than its tensor`;
    at += COUNT_BYTES + stored.bytes;
    last = key;
  }
  // That the storages before are there is shown by the count behind each.
  return last !== null && (await source.read(at - 1, 1)).length === 0 ? `the storage ${last} is cut off` : null;
}

/** Offsets count from the start of the file. */
function moved(decision: WeightsOnlyDecision, by: number): WeightsOnlyDecision {
  return by === 0
    ? decision
    : { ...decision, refusals: decision.refusals.map((refusal) => ({ ...refusal, offset: refusal.offset + by })) };
}

function factOf(checkpoint: string, { format, judged, refused, failure, gap }: Outcome): TorchLoadFact {
  const decisions = judged.map(({ decision }) => decision);
  const refusals: TorchRefusal[] = judged.flatMap(({ path, decision }) =>
    decision.refusals.map((refusal) => ({ ...refusal, path })),
  );
  const needs = [...new Set(decisions.flatMap((decision) => decision.needs))];
  const stop = refusals.find(({ listable }) => !listable);
  const failures = decisions.flatMap((decision) => decision.failure ?? []);
  const why = failure ?? failures[0];
  const hopeless =
    refused ??
    stop?.reason ??
    (refusals.length === 0 ? null : format === 'pickle' ? 'the file is no checkpoint, whatever is listed' : null) ??
    (refusals.length === 0 || why === undefined ? null : `it fails with every loader, for ${why}`);
  const remarks = [
    ...(gap === undefined ? [] : [`Not looked at: ${gap}.`]),
    ...(why === undefined ? [] : [`It fails with every loader: ${why}.`]),
    ...decisions.flatMap(({ open }) => open.map((doubt) => `It may fail with every loader: it is open ${doubt}.`)),
    ...decisions.flatMap(({ doubts }) => doubts.map((doubt) => `The list may not be all: ${doubt}.`)),
  ];
  const [first] = refusals;
  const isRefused = refused !== undefined || refusals.length > 0;
  const isUnknown = gap !== undefined || decisions.some(({ outcome }) => outcome === 'unknown');
  return {
    kind: 'torch.load',
    at: { path: first?.path ?? checkpoint, offset: first?.offset ?? null, line: null },
    checkpoint,
    format,
    torch: WEIGHTS_ONLY_VERSION,
    outcome: isRefused ? 'refused' : why !== undefined ? 'fails' : isUnknown ? 'unknown' : 'loads',
    refusals: refusals.slice(0, MAX_REFUSALS),
    moreRefusals: Math.max(0, refusals.length - MAX_REFUSALS),
    safeGlobals: hopeless !== null || needs.length === 0 ? null : needs,
    listMayLack: decisions.some(({ doubts }) => doubts.length > 0),
    hopeless,
    remarks: [...new Set(remarks)],
  };
}
