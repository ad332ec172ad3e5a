import { elementSize } from '../torch-sizes.js';
import { describe, isHashable, type ArgumentProblem, type Cell } from './cells.js';
import type { PickleSetting, StoredElements } from './decision.js';

type Storage = Cell & { readonly kind: 'storage' };

/** What `persistent_load` of torch/serialization.py does with ("storage", class, key, location, elements), and a view. */
export class StorageTable {
  readonly #setting: PickleSetting;
  /** By what Python tells keys apart by: 0, False and 0.0 are one. */
  readonly #loaded = new Map<string, Storage>();
  /** By key. */
  readonly elements = new Map<string, StoredElements>();

  constructor(setting: PickleSetting) {
    this.#setting = setting;
  }

  take(id: readonly Cell[]): Storage | ArgumentProblem {
    const isLegacy = this.#setting.format === 'legacy';
    const parts = isLegacy ? 6 : 5;
    if (id.length !== parts) return { fails: `a persistent ID of ${id.length} parts instead of ${parts}` };
    const [, type, key, , count, view] = id;
    if (type === undefined || key === undefined || count === undefined) return { fails: 'an empty persistent ID' };
    const size = sizeOf(type, isLegacy);
    if (typeof size === 'object' && size !== null) return size;
    const name = keyOf(key);
    if (!('known' in name)) return name;
    const known = this.#loaded.get(name.known);
    const elements = count.kind === 'int' || count.kind === 'bool' ? Number(count.value) : null;
    if (elements === null && (known === undefined || isLegacy))
      return count.kind === 'result' || (isLegacy && /^(?:tuple|list|text|instance|bytes)$/.test(count.kind))
        ? { doubt: 'how many elements a storage has' }
        : { fails: 'a persistent ID that is no storage record' };
    const bytes = elements === null || size === null ? null : elements * size;
    if (known === undefined) {
      const problem = this.#sizeProblem(name.record, bytes);
      if (problem !== null) return problem;
    }
    const of = type.kind === 'global' ? type.of : type.kind === 'storage' ? type.type : '';
    const storage = known ?? { kind: 'storage', elements: size === null ? null : elements, type: of, grows: isLegacy };
    this.#loaded.set(name.known, storage);
    if (key.kind === 'text' && elements !== null && bytes !== null) this.elements.set(key.text, { elements, bytes });
    return isLegacy ? viewOf(storage, view) : storage;
  }

  #sizeProblem(record: string | null, bytes: number | null): ArgumentProblem | null {
    if (bytes !== null && bytes < 0) return { fails: 'a storage of a negative size' };
    const { storageBytes } = this.#setting;
    if (storageBytes === undefined) return null;
    if (record === null) return { doubt: 'which record of the archive a storage has' };
    const size = storageBytes(record);
    if (size === null) return { fails: `the record data/${record} of a tensor is missing` };
    return bytes !== null && size !== bytes
      ? { fails: `the record data/${record} holds ${size} bytes, not ${bytes}` }
      : null;
  }
}

/** Bytes of an element; null for a class that would have to be listed. */
function sizeOf(type: Cell, isLegacy: boolean): number | null | ArgumentProblem {
  if (type.kind === 'result') return null;
  if (type.kind === 'storage') return elementSize(type.type);
  if (type.kind === 'instance' && /^torch\.(?:Tensor|nn\.parameter\.Parameter|storage\.TypedStorage)$/.test(type.of))
    return { doubt: `the elements of a storage whose type is ${describe(type)}` };
  if (type.kind !== 'global') return { fails: 'a persistent ID that is no storage record' };
  if (type.type === null) return null;
  // `_legacy_load` asks the class for its dtype: newer dtypes are written there and cannot be read back.
  if (type.of === 'torch.storage.UntypedStorage')
    return isLegacy ? { fails: 'PyTorch writes storages without a type to this format and cannot read them back' } : 1;
  const size = type.type === 'storage' || type.type === 'tensor' ? elementSize(type.of) : null;
  return size ?? { fails: `${type.of} is no type of a storage` };
}

/** `record`: below `data/`; null where its name is not kept. */
function keyOf(key: Cell): { readonly known: string; readonly record: string | null } | ArgumentProblem {
  switch (key.kind) {
    case 'text':
      return { known: `text ${key.text}`, record: key.long === undefined ? key.text : null };
    case 'int':
      return { known: `number ${key.value}`, record: String(key.value) };
    case 'bool':
      return { known: `number ${Number(key.value)}`, record: key.value ? 'True' : 'False' };
    case 'none':
      return { known: 'none', record: 'None' };
    default:
      return isHashable(key)
        ? { doubt: `which record of the archive a key has that is ${describe(key)}` }
        : { fails: 'the key of a storage is a list, a dict or a set' };
  }
}

function viewOf(storage: Storage, view: Cell | undefined): Storage | ArgumentProblem {
  if (view === undefined || view.kind === 'none') return storage;
  if (view.kind === 'tuple' && view.items.length === 3) return { ...storage, elements: null };
  return /^(?:bool|int|float|tuple|global|layout)$/.test(view.kind)
    ? { fails: 'a view of a storage has three parts' }
    : { doubt: 'what a view of a storage is' };
}
