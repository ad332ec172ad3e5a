import { u32, u64 } from '../../bytes/read.js';
import type { Notice, Value } from '../../model/fact.js';
import { capture, intAt } from '../../pickle/constants.js';
import { KIND, kindOf, refOf } from '../../pickle/cells.js';
import { NeedBytes } from '../../pickle/machine.js';
import { analyseStream } from '../../streams/stream.js';
import type { PickleInput, StreamResult } from '../../streams/stream-result.js';
import { elementSize } from './torch-sizes.js';
import { MAX_STORAGES } from '../../model/limits.js';

/*
 * The oldest format (torch/serialization.py, `legacy_load`): a tar with three members.
 *
 *   storages: pickle of n, then n times: pickle of (key, location, storage class), 64-bit count, raw data;
 *             then one pickle of the views
 *   tensors:  pickle of n, then n times: pickle of (key, storage key, tensor class),
 *             32-bit dimensions, 4 bytes, 64-bit sizes and strides for each dimension, 64-bit offset
 *   pickle:   the object
 */
export type TorchTarMember = 'storages' | 'tensors' | 'pickle';

export function torchTarMember(name: string): TorchTarMember | null {
  const bare = name.replace(/^\.\//, '');
  return bare === 'storages' || bare === 'tensors' || bare === 'pickle' ? bare : null;
}

export type TorchTarPart = { readonly result: StreamResult } | { readonly notice: Notice } | { readonly rest: number };

/**
 * The pickles of one member behind the first. `rest`: where bytes begin that torch never reads. The file that torch reads from has no
 * peek: behind a pickle that stops within its frame it goes on behind that, other readers right behind the pickle.
 */
export async function* analyseTorchTar(
  input: PickleInput,
  member: 'storages' | 'tensors',
  first: StreamResult,
): AsyncGenerator<TorchTarPart> {
  if (first.next.length === 0) return;
  const count = Number(intResult(first) ?? NaN);
  if (!Number.isInteger(count) || count < 0 || count > MAX_STORAGES) {
    yield { notice: notice(input, 0, corrupt(`the number of ${member} is expected first`)) };
    return;
  }
  const queue = first.next.map((at) => ({ at, index: 0 }));
  const read = new Set<number>();
  for (let step = queue.pop(); step !== undefined; step = queue.pop()) {
    const { at, index } = step;
    if (read.has(at)) continue;
    read.add(at);
    if (index === count && member === 'tensors') {
      yield { rest: at };
      continue;
    }
    const result = await analyseStream(input, at);
    yield { result };
    for (const next of result.next) {
      if (index === count) {
        yield { rest: next };
        continue;
      }
      const length = member === 'storages' ? await storageLength(input, next, result) : await tensorLength(input, next);
      if (typeof length !== 'number') yield { notice: notice(input, next, length) };
      else if (next + length <= input.source.size) {
        const { ledger } = input.budget;
        ledger.claim(input.source, next, next + length, member === 'storages' ? 'tensor-storage' : 'parsed');
        queue.push({ at: next + length, index: index + 1 });
      } else
        yield {
          notice: notice(
            input,
            input.source.size,
            truncated(`item ${index} of ${member} needs ${next + length - input.source.size} bytes more`),
          ),
        };
    }
  }
}

function intResult(result: StreamResult): string | null {
  const { hi, lo } = result.machine.result;
  if (kindOf(hi) !== KIND.int) return null;
  try {
    return intAt(result.machine, refOf(hi, lo));
  } catch (error) {
    if (error instanceof NeedBytes) return null;
    throw error;
  }
}

function valueResult(result: StreamResult): Value {
  try {
    return capture(result.machine, result.machine.result.hi, result.machine.result.lo);
  } catch (error) {
    if (error instanceof NeedBytes) return { kind: 'unknown' };
    throw error;
  }
}

type Wrong = Pick<Notice, 'cause' | 'reason'>;

const corrupt = (reason: string): Wrong => ({ cause: 'corrupt', reason });
const truncated = (reason: string): Wrong => ({ cause: 'truncated', reason: `truncated: ${reason}` });

/** Bytes of count and data, or what is wrong. */
async function storageLength(input: PickleInput, at: number, args: StreamResult): Promise<number | Wrong> {
  const value = valueResult(args);
  const type = value.kind === 'tuple' ? value.items[2] : undefined;
  const size = type?.kind === 'global' ? elementSize(`${type.module}.${type.name}`) : null;
  if (size === null) return corrupt('the class of a storage is expected');
  const header = await input.source.read(at, 8);
  return header.length < 8 ? truncated('the element count of a storage is expected') : 8 + u64(header, 0) * size;
}

async function tensorLength(input: PickleInput, at: number): Promise<number | Wrong> {
  const header = await input.source.read(at, 4);
  if (header.length < 4) return truncated('the dimensions of a tensor are expected');
  return 8 + u32(header, 0) * 16 + 8;
}

function notice(input: PickleInput, offset: number, wrong: Wrong): Notice {
  return { path: input.path, offset, ...wrong };
}
