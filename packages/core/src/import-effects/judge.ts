import type { PythonModule } from '../python/module.js';
import type { Meaning } from '../python/resolve.js';
import type { CallSite, Scoped, UseSite } from '../python/scope.js';
import { EFFECT_METHODS, SENSITIVE } from '../catalogue/lookup.js';
import { effectOf } from './calls.js';
import type { EffectCertainty, EffectKind } from './effect.js';
import { boundTo, originsOf } from './origins.js';

/** An effect at an index of the source. */
export interface FoundEffect {
  readonly kind: EffectKind;
  readonly name: string;
  readonly detail: string | null;
  readonly certainty: EffectCertainty;
  readonly at: number;
}

/** UTF-16 units of a detail that are shown. */
const SHOWN = 200;

const IMPORTERS = new Set(['builtins.__import__', 'importlib.import_module', 'importlib.__import__']);
const OPENERS = new Set(['builtins.open', 'io.open', 'codecs.open', 'os.open', 'os.fdopen', 'pathlib.Path.open']);
/** What these give takes an attribute of what it is called with, or calls it. */
const ATTRIBUTE_GETTERS = new Set([
  'operator.attrgetter',
  'operator.methodcaller',
  '_operator.attrgetter',
  '_operator.methodcaller',
]);
/** Loaders that are restricted by a keyword. */
const RESTRICTED: ReadonlyMap<string, readonly [keyword: string, value: boolean]> = new Map([
  ['torch.load', ['weights_only', true]],
  ['torch.serialization.load', ['weights_only', true]],
]);
/** Loaders that only load objects where an argument asks for it, by its name or its position. */
const ASKED: ReadonlyMap<string, readonly [keyword: string, index: number]> = new Map([
  ['numpy.load', ['allow_pickle', 2]],
]);

/** What one call does by itself, apart from what it leads to in the module. */
export function effectsOfCall(module: PythonModule, site: CallSite): readonly FoundEffect[] {
  const meanings = module.targets(site);
  const found = meanings.flatMap((meaning) => (meaning.kind === 'path' ? ofPath(module, site, meaning) : []));
  if (found.length > 0) return found;
  const computed = computedCallee(module, site);
  return computed === null ? ofMethod(module, site, meanings) : [computed];
}

/** A dangerous function that is handed on: to be called, or under another name. */
export function effectsOfUse(use: UseSite, meanings: readonly Meaning[]): readonly FoundEffect[] {
  return meanings.flatMap((meaning): FoundEffect[] => {
    if (meaning.kind !== 'path' || meaning.bound.length > 0) return [];
    const kind = effectOf(meaning.path);
    if (kind !== 'process' && kind !== 'execution') return [];
    // A class of such a module may stand in a table or be raised; only functions are called by what they are handed to.
    if (use.position !== 'argument' && use.position !== 'decorator' && use.position !== 'item') return [];
    if (/(?:^|\.)[A-Z]\w*$/.test(meaning.path) || /\.[A-Z_\d]+$/.test(meaning.path)) return [];
    return [{ kind, name: meaning.path, detail: null, certainty: 'implied', at: use.value.from }];
  });
}

type PathMeaning = Meaning & { readonly kind: 'path' };

function ofPath(module: PythonModule, site: CallSite, meaning: PathMeaning): readonly FoundEffect[] {
  const { path } = meaning;
  const at = site.call.from;
  const { positional, keywords, open } = module.arguments(site, meaning.bound);
  const [first] = positional;
  // `exec(*parts)`: which argument it is nobody knows, but what it is made of.
  const starred = site.call.args.flatMap(({ value, star }) => (star === '' ? [] : [{ value, scope: site.scope }]));
  const known = [...positional, ...[...keywords.values()].flat()];
  const values = [...known, ...starred];
  const detail = detailOf(module, first ?? keywords.values().next().value?.[0]);
  const one = (kind: EffectKind, certainty: EffectCertainty = 'direct'): readonly FoundEffect[] => [
    { kind, name: path, detail, certainty, at },
  ];
  if (IMPORTERS.has(path)) return isKnownText(module, first) ? [] : one('computed-import');
  if (path === 'builtins.getattr') return computedAttribute(module, positional) ? one('computed-name') : [];
  if (OPENERS.has(path)) return writes(module, path, positional, keywords, open) ? ofWrite(module, known, one) : [];
  const restricted = RESTRICTED.get(path);
  if (restricted !== undefined && isConstant(module, keywords.get(restricted[0]), restricted[1])) return [];
  const asked = ASKED.get(path);
  if (asked !== undefined) {
    const given = argumentAt(positional, keywords, ...asked);
    if (given.length === 0 ? !open : isConstant(module, given, false)) return [];
  }
  const kind = effectOf(path);
  switch (kind) {
    case null:
      return [];
    case 'write':
      return ofWrite(module, known, one);
    case 'execution':
    case 'loader': {
      const { decoded, downloaded } = originsOf(module, values);
      return one(downloaded ? 'downloaded-code' : decoded ? 'decoded-payload' : kind);
    }
    case 'network':
      return one(originsOf(module, values).environment ? 'exfiltration' : kind);
    default:
      return one(kind);
  }
}

function ofWrite(
  module: PythonModule,
  values: readonly Scoped[],
  one: (kind: EffectKind, certainty?: EffectCertainty) => readonly FoundEffect[],
): readonly FoundEffect[] {
  return originsOf(module, values).temporary ? [] : one('write');
}

/** A mode that is not known may be one that writes. */
function writes(
  module: PythonModule,
  path: string,
  positional: readonly Scoped[],
  keywords: ReadonlyMap<string, readonly Scoped[]>,
  open: boolean,
): boolean {
  if (path === 'os.open')
    return argumentAt(positional, keywords, 'flags', 1)
      .flatMap((flags) => [flags, ...(flags.value.kind === 'name' ? boundTo(flags.value.id, flags.scope) : [])])
      .some(({ value }) => /O_(?:WRONLY|RDWR|CREAT|APPEND|TRUNC)/.test(module.textOf(value)));
  const modes = argumentAt(positional, keywords, 'mode', path === 'pathlib.Path.open' ? 0 : 1);
  if (modes.length === 0) return open;
  return modes.some((mode) => {
    const { values, complete } = module.constants(mode);
    return !complete || values.some((value) => value.kind === 'str' && /[wax+]/.test(value.value));
  });
}

/** What an argument can be, by its position or its name; several values where they come from a dict that has several. */
function argumentAt(
  positional: readonly Scoped[],
  keywords: ReadonlyMap<string, readonly Scoped[]>,
  keyword: string,
  index: number,
): readonly Scoped[] {
  const own = positional[index];
  return own === undefined ? (keywords.get(keyword) ?? []) : [own];
}

function isConstant(module: PythonModule, given: readonly Scoped[] | undefined, wanted: boolean): boolean {
  if (given === undefined) return false;
  return given.every((scoped) => {
    const { values, complete } = module.constants(scoped);
    return complete && values.every((value) => value.kind === 'bool' && value.value === wanted);
  });
}

function isKnownText(module: PythonModule, scoped: Scoped | undefined): boolean {
  if (scoped === undefined) return false;
  const { values, complete } = module.constants(scoped);
  return complete && values.every(({ kind }) => kind === 'str');
}

/** `getattr(os, name)`, where the name is put together. */
function computedAttribute(module: PythonModule, [object, name]: readonly Scoped[]): boolean {
  if (object === undefined || name === undefined || isKnownText(module, name)) return false;
  return isSensitive(module, object);
}

function isSensitive(module: PythonModule, scoped: Scoped): boolean {
  const { value, scope } = scoped;
  if (value.kind === 'call')
    return module
      .resolve({ value: value.callee, scope })
      .some((meaning) => meaning.kind === 'path' && IMPORTERS.has(meaning.path));
  return module.resolve(scoped).some((meaning) => meaning.kind === 'path' && SENSITIVE.has(meaning.path));
}

/** `attrgetter(name)(os)`, `methodcaller(name, …)(os)`, directly or by a name that it has. */
function takesAttribute(module: PythonModule, { call, scope }: CallSite): boolean {
  const { callee, args } = call;
  const [first] = args;
  if (first === undefined || !isSensitive(module, { value: first.value, scope })) return false;
  const makers = callee.kind === 'name' ? boundTo(callee.id, scope) : [{ value: callee, scope }];
  return makers.some(
    (made) =>
      made.value.kind === 'call' &&
      module
        .resolve({ value: made.value.callee, scope: made.scope })
        .some((meaning) => meaning.kind === 'path' && ATTRIBUTE_GETTERS.has(meaning.path)),
  );
}

/** `globals()[name](…)`, `__builtins__[name](…)`, `vars(os)[name](…)`, `getattr(os, name)(…)`: the name is put together. */
function computedCallee(module: PythonModule, site: CallSite): FoundEffect | null {
  const { call, scope } = site;
  const { callee } = call;
  const computed = (): FoundEffect => ({
    kind: 'computed-name',
    name: shown(module.textOf(callee)),
    detail: null,
    certainty: 'implied',
    at: call.from,
  });
  if (takesAttribute(module, site)) return computed();
  if (callee.kind !== 'subscript') return null;
  const [index] = callee.indices;
  if (index === undefined || isKnownText(module, { value: index, scope })) return null;
  const { object } = callee;
  const isNamespace =
    object.kind === 'call'
      ? module
          .resolve({ value: object.callee, scope })
          .some(
            (meaning) =>
              meaning.kind === 'path' &&
              (meaning.path === 'builtins.vars' || meaning.path === 'builtins.globals') &&
              object.args.every(({ value }) => isSensitive(module, { value, scope })),
          )
      : module
          .resolve({ value: object, scope })
          .some((meaning) => meaning.kind === 'path' && /^builtins$|\.__dict__$|^sys\.modules$/.test(meaning.path));
  return isNamespace ? computed() : null;
}

/** A method by its name alone, on an object that is not known. */
function ofMethod(
  module: PythonModule,
  { call, scope }: CallSite,
  meanings: readonly Meaning[],
): readonly FoundEffect[] {
  const { callee } = call;
  if (callee.kind !== 'attribute') return [];
  // What is known by its full name was judged by that.
  const isKnown = meanings.some((meaning) => meaning.kind === 'path' && OPENERS.has(meaning.path));
  const isOpened = callee.name === 'open' && !isKnown && isForWriting(module, call, scope);
  const kind = EFFECT_METHODS.get(callee.name) ?? (isOpened ? 'write' : null);
  if (kind === null) return [];
  const values = [callee.object, ...call.args.map(({ value }) => value)].map((value) => ({ value, scope }));
  if (kind === 'write' && originsOf(module, values).temporary) return [];
  const [first] = call.args;
  const detail = first === undefined ? null : detailOf(module, { value: first.value, scope });
  return [{ kind, name: `.${callee.name}`, detail, certainty: 'implied', at: call.from }];
}

/** `path.open('w')`: the mode comes first, and is written there. */
function isForWriting(module: PythonModule, { args }: CallSite['call'], scope: CallSite['scope']): boolean {
  const mode = args.find(({ name }) => name === 'mode') ?? args[0];
  if (mode === undefined || mode.star !== '') return false;
  const { values } = module.constants({ value: mode.value, scope });
  return values.some(
    (value) => value.kind === 'str' && /^[rwaxbt+U]{1,4}$/.test(value.value) && /[wax+]/.test(value.value),
  );
}

function detailOf(module: PythonModule, scoped: Scoped | undefined): string | null {
  if (scoped === undefined) return null;
  const parts = module.textParts(scoped);
  if (parts.some((part) => part !== null)) return shown(parts.map((part) => part ?? '…').join(''));
  return shown(module.textOf(scoped.value));
}

function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
