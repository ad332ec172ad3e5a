import { SOURCE_MEMBERS, type SourceKind, type SourceMember } from '../catalogue/lookup.js';
import type { Expression } from '../python/syntax.js';
import type { Frame } from './frame.js';
import { isInMemory } from './in-memory.js';
import { isLocal } from './store-location.js';
import { perObject } from '../model/lazy.js';

const BY_NAME = new Map<string, SourceMember[]>();
for (const member of SOURCE_MEMBERS) {
  for (const name of new Set(member.names.split(' '))) {
    const known = BY_NAME.get(name);
    if (known === undefined) BY_NAME.set(name, [member]);
    else known.push(member);
  }
}

/** What is known of an expression by now. */
const lastNames = perObject<Expression, { name?: string }>(() => ({}));

/** The last name of an expression: `recv_sock` of `self.recv_sock`, and of `self.recv_sock[0]`. */
export function lastName(node: Expression): string {
  const passed: Expression[] = [];
  let name: string | undefined;
  for (let at = node; name === undefined;) {
    if (at.kind === 'name') name = at.id;
    else if (at.kind === 'attribute') name = at.name;
    else {
      // Each part of a long chain is asked for its name, in one pass.
      name = lastNames(at).name;
      passed.push(at);
      if (at.kind === 'subscript') at = at.object;
      else if (at.kind === 'call') at = at.callee;
      else if (at.kind === 'await' && at.value !== null) at = at.value;
      else name ??= '';
    }
  }
  if (passed.length > 1) for (const part of passed) lastNames(part).name = name;
  return name;
}

/** An object whose path says what it is, and that it is something else. */
const KNOWN_PATH = /\(\)/;

/** What the program itself has put there. */
export const MEMORY: SourceKind = { reach: 'local', protocol: 'memory' };

/** A file that a call has written which says in its name that it downloads: from where is not known. */
export const DOWNLOADED: SourceKind = { reach: 'local', protocol: 'download' };

/** What kind of source a member of an object is, or null. */
export function memberSource(
  frame: Frame,
  name: string,
  use: SourceMember['use'],
  object: Expression,
  paths: readonly string[],
): SourceKind | null {
  const candidates = BY_NAME.get(name);
  if (candidates === undefined) return null;
  if (isLocal(paths)) return MEMORY;
  const own = lastName(object);
  const isKnown = paths.some((path) => KNOWN_PATH.test(path) && !path.startsWith('builtins.'));
  for (const member of candidates) {
    if (member.use !== use) continue;
    const { on, named, imports } = member;
    if (on !== undefined && paths.some((path) => on.test(path))) return member.kind;
    if (named === undefined || !named.test(own)) continue;
    // Behind a name that is known to be something else only what no other library has counts.
    if (isKnown && named.source !== '.') continue;
    if (imports !== undefined && !frame.flow.hasImport(imports)) continue;
    return isInMemory(frame, object) ? MEMORY : member.kind;
  }
  return null;
}
