import type { ByteRange } from '../../bytes/source.js';
import { catalogueNames } from '../../pickle/names.js';
import { analyseStream } from '../../streams/stream.js';
import type { Budget } from '../../bytes/budget.js';
import type { Member } from '../members/container.js';
import type { NamedStorages } from '../zip/read-zip.js';
import type { ZipArchive } from '../zip/container.js';
import { InputError, LimitError, UnsupportedError } from '../../model/errors.js';
import type { Found } from '../members/look.js';

const NONE: ReadonlySet<string> = new Set();

/** The storages that the persistent IDs of a checkpoint's pickle stand for; none where its run does not end. */
export function storagesNamed({ path }: Member, budget: Budget): NamedStorages {
  return async (source) => {
    try {
      const input = { path, source, role: 'torch-zip', names: catalogueNames, budget, digests: false } as const;
      const { machine, stream } = await analyseStream(input, 0);
      if (stream.end !== 'stop') return NONE;
      return new Set(machine.persistent.flatMap(({ storage }) => storage?.key ?? []));
    } catch (error) {
      // The analysis of the pickle itself meets it again.
      if (error instanceof InputError || error instanceof UnsupportedError || error instanceof LimitError) return NONE;
      throw error;
    }
  };
}

/** What is said of local headers that were left unread. Where such a header ends, and the storage begins, only it says. */
export function* unreadHeaders({ entries }: ZipArchive, { path, source }: Member, budget: Budget): Generator<Found> {
  const ranges: ByteRange[] = [];
  for (const { unread, central } of entries) {
    if (unread === undefined) continue;
    ranges.push(unread);
    const data = Math.max(unread.start, unread.end - (central?.compressed ?? 0));
    budget.ledger.claim(source, unread.start, data, 'storage-header');
    budget.ledger.claim(source, data, unread.end, 'tensor-storage');
  }
  if (ranges.length === 0) return;
  const reason = `storages whose local headers were not read: ${ranges.length}`;
  yield { kind: 'unread', unread: { path, what: 'storage-headers', count: ranges.length, ranges, reason } };
}
