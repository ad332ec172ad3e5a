import { isWeakMarker, type RepositoryFile, type RepositoryMarker } from '../model/repository.js';
import { folderOf, nameOf, parentOf } from './paths.js';

/** A model repository: a folder, or the root of a container, with everything below it that belongs to no other. */
export interface Repository {
  /** Its folder as a prefix of paths; empty for the current one. */
  readonly root: string;
  readonly markers: ReadonlySet<RepositoryMarker>;
  readonly files: readonly RepositoryFile[];
}

/** Files that describe the folders below them, too: their configurations are of parts. */
const WHOLE = /^(?:model_index\.json|modular_model_index\.json|modules\.json|MLmodel)$/i;

/** Groups files by the nearest folder with a marker, or a folder above it whose description includes it. */
export function groupFiles(files: readonly RepositoryFile[]): Repository[] {
  const marked = new Map<string, Set<RepositoryMarker>>();
  const wholes = new Set<string>();
  for (const { path, marker } of files) {
    if (marker === null) continue;
    const folder = markedFolder(path, marker);
    const known = marked.get(folder);
    if (known === undefined) marked.set(folder, new Set([marker]));
    else known.add(marker);
    if (WHOLE.test(nameOf(path))) wholes.add(folder);
  }
  const rootOf = rootFinder(marked, wholes);
  const groups = new Map<string, RepositoryFile[]>();
  for (const file of files) {
    const root = rootOf(folderOf(file.path));
    if (root === null) continue;
    const known = groups.get(root);
    if (known === undefined) groups.set(root, [file]);
    else known.push(file);
  }
  const repositories: Repository[] = [];
  for (const [root, own] of groups) {
    const markers = new Set(own.flatMap(({ marker }) => marker ?? []));
    repositories.push({ root, markers, files: own });
  }
  return repositories;
}

/** Manifests and metadata lie in a folder of their own within what they describe. */
function markedFolder(path: string, marker: RepositoryMarker): string {
  const folder = folderOf(path);
  return (marker === 'torchserve' || marker === 'wheel' ? parentOf(folder) : null) ?? folder;
}

/** Each folder is climbed from once. */
function rootFinder(
  marked: ReadonlyMap<string, unknown>,
  wholes: ReadonlySet<string>,
): (folder: string) => string | null {
  const known = new Map<string, string | null>();
  return (folder) => {
    const climbed: string[] = [];
    let found: string | null = null;
    let at: string | null = folder;
    for (; at !== null && !known.has(at); at = parentOf(at)) climbed.push(at);
    found = at === null ? null : (known.get(at) ?? null);
    // From the outermost folder inwards: what includes its parts stays the root of them.
    for (const one of climbed.toReversed()) {
      const isIncluded = found !== null && wholes.has(found);
      if (!isIncluded && marked.has(one)) found = one;
      known.set(one, found);
    }
    return found;
  };
}

/** Only what runs by itself counts in it: it is a package of Python, or a project that torch.hub loads. */
export function isWeak({ markers }: Repository): boolean {
  return [...markers].every(isWeakMarker);
}
