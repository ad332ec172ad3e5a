import { u64 } from '../../bytes/read.js';
import type { Fact, Notice, Unread } from '../../model/fact.js';
import { KIND, kindOf, refOf } from '../../pickle/cells.js';
import { intAt } from '../../pickle/constants.js';
import { NeedBytes } from '../../pickle/machine.js';
import { trailing } from '../../streams/sequence.js';
import { behind } from '../../streams/read-alike.js';
import { COUNT_BYTES, planCounts } from './storage-counts.js';
import { analyseStream } from '../../streams/stream.js';
import type { Before, PickleInput, StreamResult } from '../../streams/stream-result.js';
import { elementSize } from './torch-sizes.js';

/*
 * The format before PyTorch 1.6 (torch/serialization.py, `_legacy_save` and `_legacy_load`): five pickles in a row,
 * then for each storage, by sorted key, a 64-bit count of elements and the raw data.
 *
 *   magic number | protocol version | system info | the object | list of storage keys | storages …
 */
const MAGIC = String(0x1950a86a20f9469cfc6cn);
const STREAMS = 5;

/** True when this first stream holds torch's magic number and nothing else. */
export function isLegacyMagic(first: StreamResult): boolean {
  const { machine } = first;
  if (!machine.stopped || kindOf(machine.result.hi) !== KIND.int || machine.records.length > 0) return false;
  try {
    return intAt(machine, refOf(machine.result.hi, machine.result.lo)).replace(/L$/, '') === MAGIC;
  } catch (error) {
    if (error instanceof NeedBytes) return false;
    throw error;
  }
}

export type LegacyPart =
  | { readonly result: StreamResult }
  | { readonly fact: Fact }
  | { readonly notice: Notice }
  | { readonly unread: Unread }
  | { readonly rest: number };

/** Where a reader stands: before the pickle of that number, knowing what the earlier ones held. */
interface Continuation {
  readonly at: number;
  readonly index: number;
  readonly object: StreamResult | null;
  readonly keys: number;
  readonly before: Before;
}

/**
 * The streams after the first, and the storages after those. `rest`: where bytes begin that torch never reads. Behind a
 * pickle that stops within its frame torch goes on at two offsets, by the kind of file that it reads from.
 */
export async function* analyseLegacy(input: PickleInput, first: StreamResult): AsyncGenerator<LegacyPart> {
  const queue: Continuation[] = first.next.map((at) => ({
    at,
    index: 1,
    object: null,
    keys: 0,
    before: behind(first),
  }));
  const read = new Set<number>([first.stream.offset]);
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const { at, index, object, keys, before } = step;
    if (index === STREAMS) {
      yield* storagesAt(input, at, object, keys);
      continue;
    }
    if (read.has(at)) continue;
    read.add(at);
    const result = { ...(await analyseStream({ ...input, role: 'torch-legacy' }, at)), before };
    yield { result };
    const { machine } = result;
    for (const next of result.next) {
      queue.push({
        at: next,
        index: index + 1,
        object: index === 3 ? result : object,
        before: behind(result),
        keys: index === 4 ? (machine.nodes.count(refOf(machine.result.hi, machine.result.lo)) ?? 0) : keys,
      });
    }
  }
}

async function* storagesAt(
  input: PickleInput,
  start: number,
  object: StreamResult | null,
  keys: number,
): AsyncGenerator<LegacyPart> {
  let at = start;
  const storages = storagesOf(object);
  if (storages === null || storages.length !== keys) {
    yield {
      notice: notice(
        input,
        at,
        'unsupported',
        `${keys} storages follow, the object names ${storages?.length ?? 'others'}: their offsets cannot be known`,
      ),
    };
    return;
  }
  const sizes = storages.map(({ bytes }) => bytes);
  const { isRead, unread } = await planCounts(input.source, at, sizes);
  const { ledger } = input.budget;
  for (const [i, { key, bytes, elements }] of storages.entries()) {
    if (!isRead(i)) {
      ledger.claim(input.source, at, at + COUNT_BYTES, 'storage-header');
      ledger.claim(input.source, at + COUNT_BYTES, at + COUNT_BYTES + bytes, 'tensor-storage');
      at += COUNT_BYTES + bytes;
      continue;
    }
    const read = input.source.read(at, COUNT_BYTES);
    const header = read instanceof Promise ? await read : read;
    if (header.length < COUNT_BYTES) {
      yield { notice: notice(input, at, 'truncated', `truncated: the element count of storage ${key} is expected`) };
      return;
    }
    if (u64(header, 0) !== elements) {
      yield {
        notice: notice(
          input,
          at,
          'corrupt',
          `storage ${key} should hold ${elements} elements, its header says ${u64(header, 0)}`,
        ),
      };
      return;
    }
    ledger.claim(input.source, at, at + COUNT_BYTES, 'parsed');
    ledger.claim(input.source, at + COUNT_BYTES, at + COUNT_BYTES + bytes, 'tensor-storage');
    at += COUNT_BYTES + bytes;
    if (at > input.source.size) {
      yield {
        notice: notice(
          input,
          input.source.size,
          'truncated',
          `truncated: storage ${key} needs ${at - input.source.size} bytes more`,
        ),
      };
      return;
    }
  }
  if (unread.length > 0) {
    const reason = `storages whose counts of elements were not read: ${unread.length}`;
    yield { unread: { path: input.path, what: 'storage-counts', count: unread.length, ranges: unread, reason } };
  }
  if (storages.length > 0 && (await input.source.read(at - 1, 1)).length === 0) {
    yield { notice: notice(input, at - 1, 'truncated', 'truncated: the last storage is cut') };
    return;
  }
  if ((await input.source.read(at, 1)).length > 0) {
    yield { fact: trailing(input, at, 'trailing-bytes', 'bytes follow the last storage') };
    yield { rest: at };
  }
}

function notice(input: PickleInput, offset: number, cause: Notice['cause'], reason: string): Notice {
  return { path: input.path, offset, cause, reason };
}

interface Storage {
  readonly key: string;
  readonly elements: number;
  readonly bytes: number;
}

/** The storages that the object's persistent IDs name, in the order in which torch writes them; null where one is odd. */
function storagesOf(object: StreamResult | null): readonly Storage[] | null {
  const byKey = new Map<string, Storage>();
  for (const { storage, shape } of object?.machine.persistent ?? []) {
    if (shape === 'module') continue;
    const size = storage === null ? null : elementSize(storage.type);
    if (storage === null || size === null) return null;
    byKey.set(storage.key, { key: storage.key, elements: storage.elements, bytes: storage.elements * size });
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
