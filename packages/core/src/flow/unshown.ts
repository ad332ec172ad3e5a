import { NETWORK_HELPERS, OWN_NAME } from '../catalogue/lookup.js';
import { guessedTalk, isStore, isTalk, talkOf, type Talk } from './package-imports.js';
import type { ModuleFlow, SinkHit } from './module-flow.js';
import type { Scope } from '../python/scope.js';

/** UTF-16 units of a call that are read. */
const CALL_TEXT = 4000;

/** The same where it is only written to. */
const WRITES = /\b[A-Za-z_]\w*\.(?:set|setex|set_many|add|delete|delete_many|touch|publish)\b/g;

/** What functions speak of that read from a store, and of those that receive; words end at an underscore as well. */
const STORE_WORD =
  /(?:^|[^A-Za-z])(?:redis|cache|store|storage|db|database|mongo|sql|bucket|blob|s3|backend|session|key|keys|cursor|rows?|records?|tables?)(?![a-z])/i;
const NETWORK_WORD =
  /(?:^|[^A-Za-z])(?:sock|socket|conn|connection|recv\w*|requests?|responses?|http|url|peer|messages?|msg|channel|rpc|server|reply|packet|frames?|host|port)(?![a-z])/i;

/** A name, and what is done with it where that gives nothing back: `cache.set(…)`. */
const USE = /\b([A-Za-z_]\w*)(\.(?:set|setex|set_many|add|delete|delete_many|touch|publish)\b)?/g;

/** What it loads may have been received: no open file, nothing that a pickle hands to its own objects. */
export function takesReceived({ site, parameters }: SinkHit, rebuilders: ReadonlySet<string>): boolean {
  const text = site.unit.module.textOf(site).slice(0, CALL_TEXT);
  // A constant is nobody's.
  if (/^[^(]*\(\s*[bru]{0,2}["']/i.test(text)) return false;
  const isStream = site.isStream || parameters.some(({ isBytes }) => isBytes) || /(?:Bytes|String)IO\b/.test(text);
  // An open file of which nothing is known is no file of this host: `pickle.load(self._sockfile)`.
  const isUnknownFile =
    site.sink.takes === 'file' && parameters.every(({ part }) => part === 'member' || part === 'result');
  if (site.sink.takes !== 'bytes' && !isStream && !isUnknownFile) return false;
  return (
    parameters.length === 0 ||
    parameters.some(
      ({ part, parameter }) =>
        part !== 'read' &&
        // What is restored is asked by other functions for new bytes: `self.client = state['client']`, then `self.client.get(key)`.
        (parameter?.owner !== site.scope || parameter.owner.node?.name !== '__setstate__') &&
        !rebuilders.has(parameter?.owner.node?.name ?? ''),
    )
  );
}

/** Functions that `__reduce__` names: what they are given comes out of a pickle that is being loaded already. */
export function rebuildersOf({ functions, module }: ModuleFlow): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { node } of functions) {
    if (node === null || !/^__reduce(?:_ex)?__$/.test(node.name)) continue;
    for (const [, name] of module.textOf(node).matchAll(/\breturn\s{0,8}\(?\s{0,80}([A-Za-z_]\w*)\s{0,80},/g))
      if (name !== undefined) found.add(name);
  }
  return found;
}

/** Of `socket` it asks how this host is called, and nothing else. */
function asksOwnName({ module }: ModuleFlow): boolean {
  const used = [...module.source.text.matchAll(/\bsocket\b(?:\.([A-Za-z_]\w*))?/g)];
  const names = used.flatMap(([, name]) => (name === undefined ? [] : [name]));
  // The import itself, and attributes of it.
  return names.length > 0 && used.length - names.length <= 1 && names.every((name) => OWN_NAME.test(name));
}

/** With whom a loader talks; `by` is null where no import shows it. */
type Peer = Omit<Talk, 'by'> & { readonly by: string | null };

/** Hits of one peer and one kind of loader: what one finding lists. */
export interface Unshown {
  readonly talk: Peer;
  readonly hits: [SinkHit, ...SinkHit[]];
}

/**
 * With whom the loaders talk whose bytes nobody can follow. The import that is used closest to a loader counts: in its
 * function, in a function or a class around it, in the module, in the package. A module whose only peers are workers,
 * none of them where the loader stands, is judged by its package.
 */
export class UnshownLoaders {
  readonly #flow: ModuleFlow;
  readonly #packageTalk: () => Talk | null;
  readonly #own: Talk | null;
  /** By words, where no table knows what the module imports. */
  readonly #guess: Talk | null;
  /** A store that the module imports, by a table or by its words. */
  readonly #store: string | null;
  readonly #isWeak: (name: string) => boolean;
  /** Of each scope the import of the worst kind that it uses, null for none. */
  readonly #ofScopes = new Map<Scope, Talk | null>();
  #names: ReadonlyMap<string, string> | null = null;

  constructor(flow: ModuleFlow, packageTalk: () => Talk | null) {
    this.#flow = flow;
    this.#packageTalk = packageTalk;
    this.#isWeak = asksOwnName(flow) ? (name) => name === 'socket' : () => false;
    this.#own = talkOf(flow.imports, true, this.#isWeak);
    this.#guess = guessedTalk(flow.imports);
    this.#store = flow.imports.find(isStore) ?? null;
  }

  /** With whom the module or its package talks. */
  talk(): Talk | null {
    return this.#own ?? this.#packageTalk() ?? this.#guess;
  }

  /** Those that were handed on count only where it shows with whom. */
  groups(hits: readonly SinkHit[], handed: readonly SinkHit[]): readonly Unshown[] {
    const groups = new Map<string, Unshown>();
    const isHanded = new Set(handed);
    for (const hit of [...hits, ...handed]) {
      const talk = this.#talkOf(hit.site.scope) ?? (isHanded.has(hit) ? null : this.#unknownPeer(hit));
      if (talk === null) continue;
      const { family } = hit.site.sink;
      const key = `${talk.by === null ? '' : `${talk.reach} ${talk.by}`} ${family === 'forking' ? 'pickle' : family}`;
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { talk, hits: [hit] });
      else known.hits.push(hit);
    }
    return [...groups.values()];
  }

  #talkOf(scope: Scope): Talk | null {
    const own = this.#own;
    if (own === null) return this.#byWords(scope, this.#packageTalk() ?? this.#guess);
    for (let at: Scope | null = scope; at?.node != null; at = at.parent) {
      const near = this.#nearest(at);
      if (near !== null && (near.reach !== 'worker' || at.kind === 'function')) return near;
    }
    if (own.reach !== 'worker') return this.#byWords(scope, own);
    const talk = this.#packageTalk();
    return talk?.reach === 'network' ? talk : own;
  }

  /** A function that speaks of a store, and not of a network, in a module that imports a store as well. */
  #byWords({ node }: Scope, talk: Talk | null): Talk | null {
    if (talk?.reach !== 'network' || this.#store === null || node?.kind !== 'function') return talk;
    const text = this.#flow.module.textOf(node).slice(0, CALL_TEXT).replaceAll(WRITES, '');
    return STORE_WORD.test(text) && !NETWORK_WORD.test(text) ? { ...talk, reach: 'store', by: this.#store } : talk;
  }

  /** Nothing that is imported shows with whom: by the words of the function. */
  #unknownPeer({ site: { scope } }: SinkHit): Peer {
    const { node } = scope;
    const text = node === null ? '' : this.#flow.module.textOf(node).slice(0, CALL_TEXT).replaceAll(WRITES, '');
    return { reach: STORE_WORD.test(text) && !NETWORK_WORD.test(text) ? 'store' : 'network', by: null, isOwn: false };
  }

  #nearest(scope: Scope): Talk | null {
    const known = this.#ofScopes.get(scope);
    if (known !== undefined) return known;
    const { module, checkTime } = this.#flow;
    checkTime();
    const { from = 0, to = 0 } = scope.node ?? {};
    const used = new Set<string>();
    for (const { module: path, name, at } of module.imports)
      if (at >= from && at < to) used.add(name === null || name === '*' ? path : `${path}.${name}`);
    const names = this.#importedNames();
    if (names.size > 0)
      for (const [, word = '', written] of module.textOf({ from, to }).matchAll(USE)) {
        const path = names.get(word);
        if (path !== undefined && written === undefined) used.add(path);
      }
    // What by itself talks to nobody is no reason to leave the rest of the module out.
    const talk = talkOf(
      [...used].filter((path) => !this.#isWeak(path) && !NETWORK_HELPERS.test(path)),
      true,
    );
    this.#ofScopes.set(scope, talk);
    return talk;
  }

  /** Names of the module that stand for what talks to others, with the full names of that. */
  #importedNames(): ReadonlyMap<string, string> {
    if (this.#names !== null) return this.#names;
    const names = new Map<string, string>();
    for (const [name, bindings] of this.#flow.module.scope.bindings)
      for (const binding of bindings)
        if (binding.kind === 'import' && isTalk(binding.path)) names.set(name, binding.path);
    // A class of the module that inherits from what talks to others stands for it.
    for (const scope of this.#flow.classes) {
      const base = scope.parent === this.#flow.module.scope ? this.#flow.basesOf(scope).find(isTalk) : undefined;
      if (base !== undefined && scope.node !== null) names.set(scope.node.name, base);
    }
    this.#names = names;
    return names;
  }
}
