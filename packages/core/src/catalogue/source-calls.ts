import {
  FOLLOWED,
  HUBCONF_BELOW,
  HUBCONF_WATCHED,
  LOOKING,
  SAME,
  SAME_BELOW,
  WATCHED,
  WATCHED_BELOW,
} from './generated/watched.js';

/** Words without which no name can be put together out of parts; several of a row have to be there. */
export const DYNAMIC_WORDS: readonly (readonly string[])[] = [
  ['import_module'],
  ['__import__'],
  ['builtins'],
  ['sys', 'modules'],
];

/** The name that the rules know it by. */
export function canonicalName(path: string): string {
  let name = path;
  for (let same = below(name); same !== null; same = below(name)) name = same;
  return SAME.find(([from]) => from === name)?.[1] ?? name;
}

function below(path: string): string | null {
  for (const [from, to] of SAME_BELOW) if (path.startsWith(from)) return to + path.slice(from.length);
  return null;
}

/** True for a name that the inspection of source gives facts for. */
export function isWatched(name: string, inHubconf: boolean): boolean {
  if (WATCHED.has(name) || WATCHED_BELOW.some((prefix) => name.startsWith(prefix))) return true;
  return inHubconf && (HUBCONF_WATCHED.has(name) || HUBCONF_BELOW.some((prefix) => name.startsWith(prefix)));
}

/** Namespaces count in every expression; other names only count where they are called or handed on. */
export function isNamespaceMember(name: string): boolean {
  return WATCHED_BELOW.some((prefix) => name.startsWith(prefix)) && !WATCHED.has(name);
}

/** `torch.ops.ns` of `torch.ops.ns.op.default`. */
export function namespaceOf(name: string): string {
  return name.split('.', 3).join('.');
}

/** True for a callable that looks at a function, or gives it back, and does not call it. */
export function onlyLooksAt(callee: string): boolean {
  return LOOKING.has(callee) || FOLLOWED.has(callee) || callee.startsWith('inspect.');
}
