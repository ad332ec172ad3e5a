import type { Kind } from './kinds.js';
import { type Table, TableError } from './table.js';

/** Entries that stand in their order, and only once if they count. */
export function checkTables(tables: readonly Table[], sorted: (kind: Kind) => boolean): void {
  const seen = new Map<string, string>();
  for (const table of tables) checkPack(table);
  for (const { path, blocks } of tables) {
    for (const { kind, fields, entries } of blocks) {
      let last = '';
      for (const { words: own, line } of entries) {
        const name = own
          .slice(0, kind === 'danger-module' || kind === 'danger-name' || kind === 'uses' ? 1 : undefined)
          .join(' ');
        if (sorted(kind) && name < last) throw new TableError(path, line, `${name} stands behind ${last}`);
        last = name;
        for (const group of groupsOf(kind, fields, path)) {
          const key = `${group}\n${name}`;
          const before = seen.get(key);
          if (before !== undefined) throw new TableError(path, line, `${name} stands in ${before} already`);
          seen.set(key, `${path}:${line}`);
        }
      }
    }
  }
}

/** A pack is asked for names of its package only: what it says of others would never be read. */
function checkPack({ path, blocks }: Table): void {
  const own = blocks.find(({ kind }) => kind === 'pack')?.fields.get('package');
  if (own === undefined) return;
  for (const { kind, fields, entries, line } of blocks) {
    if (kind === 'uses' && fields.get('packages') !== own) throw new TableError(path, line, `the package is ${own}`);
    for (const { words, line: at } of kind === 'uses' ? [] : entries)
      if (words[0]?.split('.', 1)[0] !== own) throw new TableError(path, at, `${words[0]} is not of ${own}`);
  }
}

/** Where an entry of a block may not stand again. */
function groupsOf(kind: Kind, fields: ReadonlyMap<string, string>, path: string): string[] {
  const list = (name: string): string[] => (fields.get(name) ?? '').split(' ');
  switch (kind) {
    case 'danger-name':
    case 'effect':
      return list('modules').map((module) => `${kind} ${module}`);
    case 'uses':
      return list('packages').map((one) => `uses ${path} ${one}`);
    // What saves write is allowed, judged or refused: one of them. Of a shape, a refusal says why it has no other forms.
    case 'allow':
    case 'conditional':
      return ['global', 'refusal'];
    case 'shape':
      return ['global'];
    case 'refused':
      return ['refusal'];
    // The generator of the allowlist and a review may both have met one.
    case 'member':
      return [`member ${path}`];
    case 'torch-operator':
      return [`torch-operator ${fields.get('namespace')}`];
    case 'torch-namespace':
      return [`torch-namespace ${fields.get('of')}`];
    case 'word':
      return [`word ${fields.get('list')}`];
    // The same name of another object, or asked of another library.
    case 'loader':
    case 'source-member':
    case 'receiving-sink':
    case 'callback-member':
    case 'callback':
      return [];
    default:
      return [kind];
  }
}
