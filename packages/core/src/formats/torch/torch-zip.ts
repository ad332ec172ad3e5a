import type { ArchiveAmbiguousFact, StreamRole } from '../../model/fact.js';
import type { ZipArchive } from '../zip/container.js';

/*
 * A checkpoint of PyTorch (torch/serialization.py, caffe2/serialize/inline_container.cc):
 *
 *   NAME/data.pkl        the pickle; tensors are persistent IDs ("storage", class, key, location, numel)
 *   NAME/data/KEY        the bytes of one storage
 *   NAME/byteorder, NAME/version, NAME/.data/serialization_id
 *   NAME/constants.pkl, NAME/code/…   TorchScript only, read by C++
 */
export interface TorchArchive {
  readonly kind: 'torch-zip' | 'torchscript';
  /** The folder of the first entry, with its slash: every record must lie in it. */
  readonly folder: string;
  /** Bytes of the storage that a pickle names by a key; null where there is none, undefined where no reader follows it. */
  readonly storageOf: (pickle: string, key: string) => number | null | undefined;
  /** True for entries that are read as raw bytes only. */
  readonly isStorage: (name: string) => boolean;
  readonly roleOf: (name: string) => StreamRole | null;
  /** The name within the folder; null outside of it. */
  readonly recordOf: (name: string) => string | null;
  /** Records that PyTorch finds under another case than it writes: it compares names without case. */
  readonly oddCase: readonly string[];
}

const PICKLES = new Map<string, 'data' | 'script'>([
  ['data.pkl', 'data'],
  ['constants.pkl', 'script'],
  ['bytecode.pkl', 'script'],
  ['mobile_debug_handles.pkl', 'script'],
  ['callstack_debug_map.pkl', 'script'],
]);

/**
 * A record that every archive of torch.package has (torch/package/package_importer.py, `_read_extern`). There any record
 * may be a pickle: `load_pickle("data", "0")` reads `data/0`.
 */
const PACKAGE_RECORD = '.data/extern_modules';

/**
 * Where the storages of a pickle lie, each numbered anew (torch/csrc/jit/serialization/export_module.cpp, `writeArchive`).
 * Others, the inputs of a trace among them, are no part of what is loaded: their storages may be empty.
 */
const STORAGES = new Map([
  ['data.pkl', ['data']],
  ['constants.pkl', ['constants']],
  ['bytecode.pkl', ['constants', 'tensors', 'data']],
]);

/** What PyTorch would make of this archive; null where it is none of PyTorch's. */
export function torchArchive(archive: ZipArchive): TorchArchive | null {
  const entries = [...archive.entries, ...archive.unlisted];
  const names = entries.map((entry) => entry.name);
  const data = names.find((name) => /^[^/]*\/data\.pkl$/i.test(name));
  if (data === undefined) return null;
  const folder = data.slice(0, data.indexOf('/') + 1);
  const lowerFolder = folder.toLowerCase();
  const inFolder = (name: string): string | null =>
    name.startsWith(folder) || name.toLowerCase().startsWith(lowerFolder) ? name.slice(folder.length) : null;
  const script = names.some((name) => {
    const rest = inFolder(name)?.toLowerCase();
    return rest === 'constants.pkl' || rest?.startsWith('code/') === true;
  });
  const mayBePackage = isPackage(archive);
  const storages = new Map<string, number>();
  for (const entry of entries) {
    const rest = inFolder(entry.name);
    if (rest === null || !/^(?:data|constants|tensors)\/[^/]+$/i.test(rest)) continue;
    storages.set(
      rest.replace(/^[^/]+/, (name) => name.toLowerCase()),
      entry.central?.uncompressed ?? entry.local?.uncompressed ?? 0,
    );
  }
  return {
    kind: script ? 'torchscript' : 'torch-zip',
    folder,
    storageOf: (pickle, key) => {
      const folders = STORAGES.get(inFolder(pickle)?.toLowerCase() ?? '');
      if (folders === undefined) return undefined;
      let largest: number | null = null;
      for (const name of folders) {
        const size = storages.get(`${name}/${key}`);
        if (size !== undefined && (largest === null || size > largest)) largest = size;
      }
      return largest;
    },
    recordOf: inFolder,
    isStorage: (name) => !mayBePackage && /^(?:data|constants|tensors)\/[^/]+$/i.test(inFolder(name) ?? ''),
    roleOf: (name) => {
      const record = inFolder(name)?.toLowerCase() ?? '';
      if (script && /\.(?:debug_)?pkl$/.test(record)) return 'torchscript';
      const known = PICKLES.get(record);
      if (known === undefined) return null;
      return script || known === 'script' ? 'torchscript' : 'torch-zip';
    },
    oddCase: names.filter(
      (name) => PICKLES.has(inFolder(name)?.toLowerCase() ?? '') && !PICKLES.has(inFolder(name) ?? ''),
    ),
  };
}

/** Whether torch.package may read it. */
export function isPackage(archive: ZipArchive): boolean {
  return [...archive.entries, ...archive.unlisted].some(({ name }) =>
    name.toLowerCase().endsWith(`/${PACKAGE_RECORD}`),
  );
}

/** What `torch.export.save` writes: a program as JSON, in the older form at the top, with checkpoints beside it. */
export function isExportedProgram(archive: ZipArchive): boolean {
  return archive.entries.some((entry) =>
    /^(?:[^/]+\/)?(?:archive_format|serialized_exported_program\.json)$/.test(entry.name),
  );
}

/** An archive that PyTorch wrote whose pickle is gone. What `torch.export.save` writes has models as JSON instead. */
export function lacksPickle(archive: ZipArchive): boolean {
  if (isExportedProgram(archive)) return false;
  return archive.entries.some((entry) => /^[^/]+\/(?:byteorder|\.data\/serialization_id|data\/\d+)$/.test(entry.name));
}

export function recordCase(path: string, entry: string): ArchiveAmbiguousFact {
  return {
    kind: 'archive.ambiguous',
    at: { path, offset: null, line: null },
    problem: 'record-case',
    entry,
    detail: 'PyTorch finds this record without regard to case; other readers do not',
  };
}
