// Recursion in this file: none. A node of a drop holds how to list what lies in it; `givenByDrop` goes through them with a list of work.
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

/** Something that was dropped, as far as the event gives it. */
export interface Dropped {
  readonly name: string;
  readonly node: Node;
}

/** A file or folder of a drop, whichever API the browser has for it. What cannot be had is said by the one that is asked for it. */
type Node =
  | { readonly kind: 'file'; readonly get: (path: string) => Promise<GivenFile> }
  | { readonly kind: 'folder'; readonly list: () => Promise<readonly Dropped[] | string> };

/** The File System API, as far as it is used here; not all browsers have it, nor do the types know all of it. */
interface Handle {
  readonly kind: 'file' | 'directory';
  readonly name: string;
  getFile(): Promise<File>;
  values(): AsyncIterable<Handle>;
}
interface ItemWithHandle {
  getAsFileSystemHandle?(): Promise<Handle | null>;
}

/** What a drop has. It is there only until the event has been handled. */
export function droppedOf(data: DataTransfer): readonly Dropped[] {
  const dropped: Dropped[] = [];
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry !== null && isFolder(entry)) {
      const handle = (item as ItemWithHandle).getAsFileSystemHandle?.() ?? null;
      // Asked for when it is needed: that it cannot be had is no error before.
      handle?.catch(() => undefined);
      dropped.push({ name: entry.name, node: droppedFolder(entry, handle) });
    } else if (file !== null) dropped.push({ name: file.name, node: nodeOfFile(file) });
    else if (entry !== null) dropped.push({ name: entry.name, node: nodeOfEntry(entry) });
  }
  return dropped;
}

/**
 * A folder by its entries, or where they cannot be had by its handle: Chromium gives a page from a disk no entries (EncodingError),
 * and other browsers have no handles.
 */
function droppedFolder(entry: FileSystemDirectoryEntry, handle: Promise<Handle | null> | null): Node {
  return {
    kind: 'folder',
    list: async () => {
      const listed = await listOf(entry);
      if (typeof listed !== 'string' || handle === null) return listed;
      try {
        const found = await handle;
        return found === null ? listed : await listOfHandle(found);
      } catch (error) {
        if (error instanceof DOMException) return listed;
        throw error;
      }
    },
  };
}

/** All files in what was dropped. `onFiles` is called with how many were found so far; an aborted signal ends it. */
export async function givenByDrop(
  dropped: readonly Dropped[],
  onFiles: (count: number) => void,
  signal: AbortSignal,
): Promise<Given> {
  const files: GivenFile[] = [];
  const waiting = dropped.map(({ name, node }) => ({ name, node, path: name, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal.throwIfAborted();
    const { name, node, path, depth } = next;
    if (node.kind === 'file') files.push(await node.get(path));
    else if (depth === MAX_FOLDER_DEPTH)
      throw new DropRefused(`Folders in folders are entered ${MAX_FOLDER_DEPTH} deep, and ${path} lies deeper.`);
    else {
      const inside = await node.list();
      if (typeof inside === 'string') files.push({ path, file: new File([], name), problem: inside });
      else for (const one of inside) waiting.push({ ...one, path: `${path}/${one.name}`, depth: depth + 1 });
    }
    if (files.length + waiting.length > MAX_DROPPED_FILES) throw tooMany();
    onFiles(files.length);
  }
  return inOrder(
    files,
    dropped.map(({ name }) => name),
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

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function nodeOfFile(file: File): Node {
  return { kind: 'file', get: (path) => Promise.resolve({ path, file }) };
}

function nodeOfEntry(entry: FileSystemEntry): Node {
  if (isFolder(entry)) return { kind: 'folder', list: () => listOf(entry) };
  return { kind: 'file', get: (path) => fileOf(entry as FileSystemFileEntry, path) };
}

function nodeOfHandle(handle: Handle): Node {
  if (handle.kind === 'directory') return { kind: 'folder', list: () => listOfHandle(handle) };
  return { kind: 'file', get: (path) => fileOfHandle(handle, path) };
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

async function fileOfHandle(handle: Handle, path: string): Promise<GivenFile> {
  try {
    return { path, file: await handle.getFile() };
  } catch (error) {
    if (error instanceof DOMException) return { path, file: new File([], handle.name), problem: error.message };
    throw error;
  }
}

/** What lies in a folder, or why it cannot be listed. Browsers give it in pieces. */
async function listOf(folder: FileSystemDirectoryEntry): Promise<readonly Dropped[] | string> {
  const reader = folder.createReader();
  const found: Dropped[] = [];
  for (;;) {
    const piece = await new Promise<FileSystemEntry[] | string>((resolve) => {
      reader.readEntries(resolve, (error) => resolve(error.message));
    });
    if (typeof piece === 'string') return piece;
    if (piece.length === 0) return found;
    for (const entry of piece) found.push({ name: entry.name, node: nodeOfEntry(entry) });
    if (found.length > MAX_DROPPED_FILES) throw tooMany();
  }
}

async function listOfHandle(folder: Handle): Promise<readonly Dropped[] | string> {
  const found: Dropped[] = [];
  try {
    for await (const handle of folder.values()) {
      found.push({ name: handle.name, node: nodeOfHandle(handle) });
      if (found.length > MAX_DROPPED_FILES) throw tooMany();
    }
  } catch (error) {
    if (error instanceof DOMException) return error.message;
    throw error;
  }
  return found;
}
