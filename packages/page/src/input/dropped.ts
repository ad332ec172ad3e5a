import { comparePaths } from '../engine/paths.js';
import type { GivenFile } from '../engine/protocol.js';
import { MAX_DROPPED_FILES, MAX_FOLDER_DEPTH } from '../limits.js';

/** What a person gave: files, and folders as a whole. */
export interface Given {
  readonly files: readonly GivenFile[];
  /** Names of what was dropped or chosen, in its order. */
  readonly roots: readonly string[];
}

/** A drop that is refused as a whole, in words. */
export class DropRefused extends Error {}

/** Entries of a drop. They are there only until the event has been handled. */
export function entriesOf(data: DataTransfer): readonly (FileSystemEntry | File)[] {
  const entries: (FileSystemEntry | File)[] = [];
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry() ?? item.getAsFile();
    if (entry !== null) entries.push(entry);
  }
  return entries;
}

/** All files in what was dropped. `onFiles` is told how many were found so far; an aborted signal ends it. */
export async function givenByDrop(
  entries: readonly (FileSystemEntry | File)[],
  onFiles: (count: number) => void,
  signal: AbortSignal,
): Promise<Given> {
  const files: GivenFile[] = [];
  const waiting: { readonly entry: FileSystemEntry; readonly path: string; readonly depth: number }[] = [];
  for (const entry of entries) {
    if (entry instanceof File) files.push({ path: entry.name, file: entry });
    else waiting.push({ entry, path: entry.name, depth: 0 });
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal.throwIfAborted();
    const { entry, path, depth } = next;
    if (isFile(entry)) files.push(await fileOf(entry, path));
    else if (depth === MAX_FOLDER_DEPTH)
      throw new DropRefused(`Folders in folders are entered ${MAX_FOLDER_DEPTH} deep, and ${path} lies deeper.`);
    else {
      const inside = await listOf(entry as FileSystemDirectoryEntry);
      if (typeof inside === 'string') files.push({ path, file: new File([], entry.name), problem: inside });
      else for (const one of inside) waiting.push({ entry: one, path: `${path}/${one.name}`, depth: depth + 1 });
    }
    if (files.length + waiting.length > MAX_DROPPED_FILES) throw tooMany();
    onFiles(files.length);
  }
  return inOrder(
    files,
    entries.map(({ name }) => name),
  );
}

/** Files of a chooser; `webkitRelativePath` begins with the chosen folder. */
export function givenByChoice(list: Iterable<File>): Given {
  const files = [...list].map((file) => ({
    path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
    file,
  }));
  if (files.length > MAX_DROPPED_FILES) throw tooMany();
  const roots = [...new Set(files.map(({ path }) => path.split('/', 1)[0] ?? path))];
  return inOrder(files, roots);
}

function tooMany(): DropRefused {
  return new DropRefused(
    `There are more than ${MAX_DROPPED_FILES} files. The command line takes any number: sentinel artifact FOLDER`,
  );
}

/** As the command line visits them. Reports tell files apart by their paths. */
function inOrder(files: readonly GivenFile[], roots: readonly string[]): Given {
  const rank = new Map(roots.map((root, i) => [root, i]));
  if (rank.size < roots.length)
    throw new DropRefused(
      'Two of them have the same name, and a report could not tell them apart. Drop them one by one.',
    );
  const rankOf = ({ path }: GivenFile): number => rank.get(path.split('/', 1)[0] ?? path) ?? 0;
  return { files: files.toSorted((a, b) => rankOf(a) - rankOf(b) || comparePaths(a.path, b.path)), roots };
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

/** One that cannot be had gets its line in the report. */
function fileOf(entry: FileSystemFileEntry, path: string): Promise<GivenFile> {
  return new Promise((resolve) => {
    entry.file(
      (file) => resolve({ path, file }),
      (error) => resolve({ path, file: new File([], entry.name), problem: error.message }),
    );
  });
}

/** What lies in a folder, or why it cannot be listed. Browsers give it in pieces. */
async function listOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[] | string> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const piece = await new Promise<FileSystemEntry[] | string>((resolve) => {
      reader.readEntries(resolve, (error) => resolve(error.message));
    });
    if (typeof piece === 'string') return piece;
    if (piece.length === 0) return found;
    for (const entry of piece) found.push(entry);
    if (found.length > MAX_DROPPED_FILES) throw tooMany();
  }
}
