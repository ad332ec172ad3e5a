import type { Reach, Sink, SourceKind } from '../catalogue/lookup.js';
import type { Location } from '../model/fact.js';
import type { PythonModule } from '../python/module.js';
import type { Scope } from '../python/scope.js';
import type { LambdaExpression } from '../python/syntax.js';
import { MANY_PATHS, MAX_PATH, MAX_TRAIL, SOURCES_OF_A_KIND } from './limits.js';
import { perObject } from '../model/lazy.js';

/** A module with the function that gives the location of a range in it. */
export interface Unit {
  readonly module: PythonModule;
  readonly locate: (from: number, to: number) => Location;
}

/** One step of some bytes; the newest first. */
export interface Trail {
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly previous: Trail | null;
  readonly length: number;
  /** Offset of the first step. */
  readonly start: number;
}

/** A check that the bytes have passed. */
export interface Guard {
  readonly text: string;
  /** A weak one lowers a finding; any other closes it. */
  readonly weak: boolean;
  readonly unit: Unit;
  readonly at: number;
}

/** An attribute or the value of a key, what a method gives, what is read from it as from an open file. */
export type Part = 'member' | 'result' | 'read';

/** Where a value, or part of it, comes from. */
export interface Origin {
  /** Null for a parameter, whose callers decide. */
  readonly source: SourceKind | null;
  readonly parameter: { readonly owner: Scope; readonly name: string } | null;
  /** It has been made a stream of bytes in between: it was no path. */
  readonly isBytes: boolean;
  /** What it is of the parameter; null for all of it. */
  readonly part: Part | null;
  /** A client asked a host that is a constant with TLS. */
  readonly fixedHost: boolean;
  readonly guard: Guard | null;
  /** The last step; the first one is the source. */
  readonly trail: Trail;
  /** Entry point, where a framework fills a parameter. */
  readonly entry: string | null;
}

export type Callable =
  | { readonly kind: 'definition'; readonly scope: Scope }
  | { readonly kind: 'lambda'; readonly node: LambdaExpression; readonly scope: Scope };

export interface Value {
  readonly origins: readonly Origin[];
  /** What it is by its name: `zmq.Context().socket()`. */
  readonly paths: readonly string[];
  /** Classes of the module that it is an instance of. */
  readonly instances: readonly Scope[];
  readonly callables: readonly Callable[];
  /** It is a code (HMAC, signature) over these local names. */
  readonly mac: readonly string[];
  /** When it is true, these local names are genuine; those with `NOT` in front when it is false. */
  readonly check: readonly string[];
}

/** In front of a name of `check`. */
export const NOT = '!';

export const EMPTY: Value = { origins: [], paths: [], instances: [], callables: [], mac: [], check: [] };
/** `False` or `None`: nothing that was checked is lost where another branch gives this. */
export const NEVER_TRUE: Value = { ...EMPTY };

export const ofPath = (path: string): Value => {
  const short = shortened(path);
  return short === null ? EMPTY : { ...EMPTY, paths: [short] };
};
export const ofOrigin = (origin: Origin): Value => ({ ...EMPTY, origins: [origin] });

/** A function or class as a value: one object for each, so that it stands once in a set. */
export const definitionOf = perObject((scope: Scope): Callable => ({ kind: 'definition', scope }));

// Paths

/**
 * A member of what has a path. What is read of itself again and again (`node.next.next`) stays what it was when it was
 * read first: paths come to an end, and their last names stay.
 */
export function memberPath(path: string, name: string): string {
  const cutAt = path.indexOf(CUT);
  if (cutAt >= 0) return `${path.slice(0, cutAt)}${CUT}.${name}`;
  const added = `.${name}`;
  for (let at = path.indexOf(added); at >= 0; at = path.indexOf(added, at + 1)) {
    const to = at + added.length;
    if (to === path.length || '.(['.includes(path.charAt(to))) return path.slice(0, to);
  }
  return path + added;
}

export function resultPath(path: string): string {
  return path.endsWith('()()') ? path : `${path}()`;
}

/** Its first two names and its last one, where it is too long; null for a name that is longer than any that matters. */
function shortened(path: string): string | null {
  if (path.length <= MAX_PATH) return path;
  const short = ends(path);
  return short.length <= MAX_PATH ? short : null;
}

/** Stands for names in the middle of a path. */
const CUT = '.…';

function ends(path: string): string {
  if (path.includes(CUT)) return path;
  const second = path.indexOf('.', path.indexOf('.') + 1);
  const last = path.lastIndexOf('.');
  return second < 0 || second >= last ? path : `${path.slice(0, second)}${CUT}${path.slice(last)}`;
}

const RANK: Readonly<Record<Reach, number>> = { network: 0, store: 1, worker: 2, local: 4 };

/** The worse, the smaller. */
export function rank({ source, guard, fixedHost }: Origin): number {
  const base = source === null ? 3 : RANK[source.reach];
  return base + (fixedHost ? 0.5 : 0) + (guard === null ? 0 : guard.weak ? 10 : 20);
}

const PARTS: readonly (Part | null)[] = [null, 'member', 'read', 'result'];

/** A part of a part. */
export function partOfPart(a: Part | null, b: Part | null): Part | null {
  return PARTS.indexOf(a) > PARTS.indexOf(b) ? a : b;
}

/** A part of what a parameter holds; what comes from elsewhere stays what it is. */
export function partOf(origin: Origin, part: Part): Origin {
  const found = partOfPart(origin.part, part);
  return origin.parameter === null || origin.part === found ? origin : { ...origin, part: found };
}

/** Origins with the same key are one. */
export function keyOf({ source, parameter, isBytes, part, trail, guard }: Origin): string {
  const who =
    parameter === null ? `${source?.protocol ?? ''}@${trail.start}` : `${parameter.owner.path}(${parameter.name})`;
  return `${who}${isBytes ? 'b' : ''}${part?.charAt(2) ?? ''}${guard === null ? '' : guard.weak ? 'w' : 'g'}`;
}

export function firstStep(trail: Trail): Trail {
  let at = trail;
  while (at.previous !== null) at = at.previous;
  return at;
}

/**
 * Each origin once. Every parameter is listed, since each may be given something else; of the sources that say the same of
 * a value, the first ones.
 */
export function unite(sets: readonly (readonly Origin[])[]): readonly Origin[] {
  const only = onlyFilled(sets);
  if (only !== null) return only;
  const united = new Map<string, Origin>();
  const counts = new Map<string, number>();
  for (const set of sets) {
    for (const origin of set) {
      const key = keyOf(origin);
      if (united.has(key)) continue;
      if (origin.source !== null) {
        const kind = `${rank(origin)}${origin.isBytes ? 'b' : ''}`;
        const count = counts.get(kind) ?? 0;
        if (count >= SOURCES_OF_A_KIND) continue;
        counts.set(kind, count + 1);
      }
      united.set(key, origin);
    }
  }
  return [...united.values()];
}

function union<T>(sets: readonly (readonly T[])[]): readonly T[] {
  const only = onlyFilled(sets);
  if (only !== null) return only;
  const all = new Set<T>();
  for (const set of sets) for (const item of set) all.add(item);
  return [...all];
}

/** The one set that has something in it, or an empty one; null where several have. */
function onlyFilled<T>(sets: readonly (readonly T[])[]): readonly T[] | null {
  let only: readonly T[] | null = null;
  for (const set of sets) {
    if (set.length === 0 || set === only) continue;
    if (only !== null) return null;
    only = set;
  }
  return only ?? [];
}

/** Of very many paths only their ends are distinguished: these are what libraries are known by. */
function unionOfPaths(sets: readonly (readonly string[])[]): readonly string[] {
  const all = union(sets);
  return all.length <= MANY_PATHS ? all : [...new Set(all.map(ends))];
}

export function join(values: readonly Value[]): Value {
  const filled: Value[] = [];
  let isOne = true;
  for (const value of values) {
    if (value === EMPTY || value === NEVER_TRUE) continue;
    isOne &&= filled.length === 0 || value === filled[0];
    filled.push(value);
  }
  const [only] = filled;
  if (only === undefined)
    return values.length > 0 && values.every((value) => value === NEVER_TRUE) ? NEVER_TRUE : EMPTY;
  if (isOne) return only;
  return {
    origins: unite(filled.map(({ origins }) => origins)),
    paths: unionOfPaths(filled.map(({ paths }) => paths)),
    instances: union(filled.map(({ instances }) => instances)),
    callables: union(filled.map(({ callables }) => callables)),
    mac: union(filled.map(({ mac }) => mac)),
    // Only what holds in every branch is checked.
    check:
      filled.length === values.length
        ? (filled[0]?.check ?? []).filter((name) => filled.every(({ check }) => check.includes(name)))
        : [],
  };
}

/**
 * One of these, as branches leave it: what is checked in some of them only is not checked, where others may be true. What
 * is a code over the bytes in some of them only is none: `b""` may be what it is compared with.
 */
export function either(values: readonly Value[]): Value {
  const all = join(values);
  if (values.every(({ check, mac }) => check.length + mac.length === 0)) return all;
  const possible = values.filter((value) => value !== NEVER_TRUE);
  const check = inAll(possible.map((value) => value.check));
  const mac = inAll(possible.map((value) => value.mac));
  return sameItems(check, all.check) && sameItems(mac, all.mac) ? all : { ...all, check, mac };
}

/** All of them are true: what each of them says is checked. */
export function both(values: readonly Value[]): Value {
  const all = join(values);
  const check = union(values.map((value) => value.check));
  return sameItems(check, all.check) ? all : { ...all, check };
}

function inAll([first, ...others]: readonly (readonly string[])[]): readonly string[] {
  return first?.filter((name) => others.every((names) => names.includes(name))) ?? [];
}

/** The same with the ends of its paths only: of these there are not many, however long something goes around. */
export function widened(value: Value): Value {
  return value.paths.length === 0 ? value : { ...value, paths: [...new Set(value.paths.map(ends))] };
}

/** How much there is in a value: what it costs to go through it. */
export function sizeOf({ origins, paths, instances, callables, mac }: Value): number {
  return origins.length + paths.length + instances.length + callables.length + mac.length;
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === NEVER_TRUE || b === NEVER_TRUE) return false;
  return (
    sameItems(a.paths, b.paths) &&
    sameItems(a.instances, b.instances) &&
    sameItems(a.callables, b.callables) &&
    sameItems(a.mac, b.mac) &&
    sameItems(a.check, b.check) &&
    (a.origins === b.origins || sameItems(a.origins.map(keyOf), b.origins.map(keyOf)))
  );
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  if (a.every((item, i) => item === b[i])) return true;
  const known = new Set(b);
  return a.every((item) => known.has(item));
}

export function step(
  unit: Unit,
  at: { readonly from: number; readonly to: number },
  text: string,
  previous: Trail | null,
): Trail {
  if (previous !== null && previous.length >= MAX_TRAIL) return previous;
  const { from, to } = at;
  return { unit, from, to, text, previous, length: (previous?.length ?? 0) + 1, start: previous?.start ?? from };
}

/** The steps of `later` behind those of `before`. */
export function append(before: Trail, later: Trail): Trail {
  const found: Trail[] = [];
  for (let at: Trail | null = later; at !== null; at = at.previous) found.push(at);
  let trail = before;
  for (const { unit, from, to, text } of found.toReversed()) trail = step(unit, { from, to }, text, trail);
  return trail;
}

/** The same bytes one step further. */
export function moved(
  value: Value,
  unit: Unit,
  at: { readonly from: number; readonly to: number },
  text: string,
): readonly Origin[] {
  return value.origins.map((origin) => ({ ...origin, trail: step(unit, at, text, origin.trail) }));
}

export function stepsOf(trail: Trail): readonly Trail[] {
  const found: Trail[] = [];
  for (let at: Trail | null = trail; at !== null; at = at.previous) found.push(at);
  return found.toReversed();
}

/** What callers have to know of a function. */
export interface Summary {
  readonly owner: Scope;
  readonly unit: Unit;
  readonly parameters: readonly string[];
  /** The first parameter is the instance. */
  readonly isMethod: boolean;
  returns: Value;
  /** Some of its results are a code over its parameters, and others are none. */
  hasOtherCodes: boolean;
  /** By the offset of the sink and the parameter. */
  readonly sinks: Map<string, ParameterSink>;
  /** Parameters that it calls, or hands on to who calls them, by parameter and member. */
  readonly calls: Map<string, ParameterCall>;
  /** Parameters that were checked where it returns at all. */
  verifies: readonly string[];
}

/** A sink that the caller's argument reaches. */
export interface ParameterSink {
  readonly origin: Origin;
  readonly site: SinkSite;
}

/** A parameter that is called, and what it is given in all of these calls. */
export interface ParameterCall {
  readonly parameter: string;
  /** `loads` of `serializer.loads(data)`; null where the parameter itself is called. */
  readonly member: string | null;
  readonly positional: readonly Value[];
}

/** A call that loads objects. */
export interface SinkSite {
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
  readonly sink: Sink;
  readonly scope: Scope;
  /** The innermost condition around it, as written. */
  readonly condition: string | null;
  /** What its arguments allow it to load: safe for `weights_only=True` and the like. */
  readonly setting: 'safe' | 'unsafe' | 'default' | 'open';
  /** An unpickler of its own, and what it lets through. */
  readonly guard: Guard | null;
  /** What it is given is a stream of bytes in memory, and no path. */
  readonly isStream: boolean;
  /** It receives if a module of the package opens what it is called on. */
  readonly isOfPackage: boolean;
}
