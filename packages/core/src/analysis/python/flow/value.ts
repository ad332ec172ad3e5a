import type { Sink } from '../../../catalogue/serving-sinks.js';
import type { Reach, SourceKind } from '../../../catalogue/serving-sources.js';
import type { Location } from '../../../model/fact.js';
import type { PythonModule } from '../module.js';
import type { Scope } from '../scope.js';
import type { LambdaExpression } from '../syntax.js';
import { MAX_KINDS, MAX_ORIGINS, MAX_PATH, MAX_TRAIL } from './limits.js';

/** A source with the way to say where something in it lies. */
export interface Unit {
  readonly module: PythonModule;
  readonly locate: (from: number, to: number) => Location;
}

/** One step on the way of some bytes; the newest first. */
export interface Trail {
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly previous: Trail | null;
  readonly length: number;
}

/** A check that the bytes have passed. */
export interface Guard {
  readonly text: string;
  /** A weak one lowers a finding; any other closes it. */
  readonly weak: boolean;
  readonly unit: Unit;
  readonly at: number;
}

/** Where a value, or part of it, comes from. */
export interface Origin {
  /** Null for a parameter, whose callers decide. */
  readonly source: SourceKind | null;
  readonly parameter: { readonly owner: Scope; readonly name: string } | null;
  /** It has been made a stream of bytes on the way: it was no path. */
  readonly isBytes: boolean;
  /** It is an attribute of the parameter. */
  readonly isPart: boolean;
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
  /** When it is true, these local names are genuine. */
  readonly check: readonly string[];
}

export const EMPTY: Value = { origins: [], paths: [], instances: [], callables: [], mac: [], check: [] };

export const ofPath = (path: string): Value => (path.length > MAX_PATH ? EMPTY : { ...EMPTY, paths: [path] });
export const ofOrigin = (origin: Origin): Value => ({ ...EMPTY, origins: [origin] });

const RANK: Readonly<Record<Reach, number>> = { network: 0, store: 1, worker: 2, local: 4 };

/** The worse, the smaller. */
export function rank({ source, guard, fixedHost }: Origin): number {
  const base = source === null ? 3 : RANK[source.reach];
  return base + (fixedHost ? 0.5 : 0) + (guard === null ? 0 : guard.weak ? 10 : 20);
}

function keyOf({ source, parameter, isBytes, isPart, trail, guard }: Origin): string {
  const first = firstStep(trail);
  const who =
    parameter === null ? `${source?.protocol ?? ''}@${first.from}` : `${parameter.owner.path}(${parameter.name})`;
  return `${who}${isBytes ? 'b' : ''}${isPart ? 'p' : ''}${guard === null ? '' : guard.weak ? 'w' : 'g'}`;
}

export function firstStep(trail: Trail): Trail {
  let at = trail;
  while (at.previous !== null) at = at.previous;
  return at;
}

/** Each origin once; of too many the worst stay. */
export function unite(sets: readonly (readonly Origin[])[]): readonly Origin[] {
  const filled = sets.filter((set) => set.length > 0);
  const [only] = filled;
  if (only === undefined) return [];
  if (filled.length === 1) return only;
  const kept = new Map<string, Origin>();
  for (const set of filled) {
    for (const origin of set) {
      const key = keyOf(origin);
      if (!kept.has(key)) kept.set(key, origin);
    }
  }
  const all = [...kept.values()];
  return all.length <= MAX_ORIGINS ? all : all.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_ORIGINS);
}

function few<T>(sets: readonly (readonly T[])[]): readonly T[] {
  const filled = sets.filter((set) => set.length > 0);
  const [only] = filled;
  if (only === undefined) return [];
  if (filled.length === 1) return only;
  return [...new Set(filled.flat())].slice(0, MAX_KINDS);
}

export function join(...values: readonly Value[]): Value {
  const filled = values.filter((value) => value !== EMPTY);
  const [only] = filled;
  if (only === undefined) return EMPTY;
  if (filled.length === 1) return only;
  return {
    origins: unite(filled.map(({ origins }) => origins)),
    paths: few(filled.map(({ paths }) => paths)),
    instances: few(filled.map(({ instances }) => instances)),
    callables: few(filled.map(({ callables }) => callables)),
    mac: few(filled.map(({ mac }) => mac)),
    // Only what holds on every way is checked.
    check:
      filled.length === values.length
        ? (filled[0]?.check ?? []).filter((name) => filled.every(({ check }) => check.includes(name)))
        : [],
  };
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  const same = <T>(x: readonly T[], y: readonly T[]): boolean =>
    x.length === y.length && x.every((item) => y.includes(item));
  return (
    same(a.origins.map(keyOf), b.origins.map(keyOf)) &&
    same(a.paths, b.paths) &&
    same(a.instances, b.instances) &&
    a.callables.length === b.callables.length &&
    same(a.mac, b.mac) &&
    same(a.check, b.check)
  );
}

export function step(
  unit: Unit,
  at: { readonly from: number; readonly to: number },
  text: string,
  previous: Trail | null,
): Trail {
  if (previous !== null && previous.length >= MAX_TRAIL) return previous;
  return { unit, from: at.from, to: at.to, text, previous, length: (previous?.length ?? 0) + 1 };
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
  sinks: readonly ParameterSink[];
  /** Parameters that were checked where it returns at all. */
  verifies: readonly string[];
}

/** A sink that the caller's argument reaches. */
export interface ParameterSink {
  readonly origin: Origin;
  readonly site: SinkSite;
}

/** A place where objects are loaded. */
export interface SinkSite {
  readonly unit: Unit;
  readonly from: number;
  readonly to: number;
  readonly sink: Sink;
  readonly scope: Scope;
  /** The innermost condition around it, as it stands there. */
  readonly condition: string | null;
  /** What it is told to load: safe for `weights_only=True` and the like. */
  readonly setting: 'safe' | 'unsafe' | 'default' | 'open';
  /** An unpickler of its own, and what it lets through. */
  readonly guard: Guard | null;
}
