import type { Sink } from '../catalogue/lookup.js';
import { Resolver, type Meaning } from '../python/resolve.js';
import type { Scope, Scoped } from '../python/scope.js';
import type { CallExpression } from '../python/syntax.js';
import type { Flow } from './frame.js';
import type { SinkSite } from './value.js';

/** Loaders of PyYAML that make plain values only; FullLoader does since 5.4. */
const SAFE_LOADER = /(?:^|\.)C?(?:Safe|Base|Full|Minimal)Loader$/;

/** What a call tells its loader to take. */
export function settingOf(flow: Flow, call: CallExpression, sink: Sink): SinkSite['setting'] {
  const { switch: kind } = sink;
  if (kind === undefined) return 'unsafe';
  const given = flow.argumentsOf(call);
  if (given === null) return 'open';
  const [value] =
    given.keywords.get(kind) ??
    (kind === 'Loader' ? given.positional.slice(1, 2) : kind === 'allow_pickle' ? given.positional.slice(2, 3) : []);
  if (value === undefined) return given.open ? 'open' : kind === 'allow_pickle' ? 'safe' : 'default';
  if (kind === 'Loader') return isSafeLoader(flow, value) ? 'safe' : 'unsafe';
  const truths = truthsOf(flow, value);
  const isTrue = truths.includes(true);
  if (kind === 'allow_pickle') return isTrue ? 'unsafe' : 'safe';
  return truths.length > 0 && truths.every((truth) => truth) ? 'safe' : truths.length > 0 ? 'unsafe' : 'open';
}

function truthsOf(flow: Flow, value: Scoped): readonly boolean[] {
  const { values, complete } = flow.module.constants(value);
  const found = values.flatMap((item) => (item.kind === 'bool' ? [item.value] : []));
  if (found.length > 0) return complete ? found : [...found, false];
  return defaultsOf(flow, value);
}

/** A parameter or an attribute: what it is unless somebody says otherwise. */
function defaultsOf(flow: Flow, { value, scope }: Scoped): readonly boolean[] {
  const bindings =
    value.kind === 'name'
      ? (Resolver.bindings(value.id, scope) ?? [])
      : value.kind === 'attribute'
        ? flow.module
            .resolve({ value: value.object, scope })
            .flatMap((of) =>
              of.kind === 'instance'
                ? [...(of.scope.attributes.get(value.name) ?? []), ...(of.scope.bindings.get(value.name) ?? [])]
                : [],
            )
        : [];
  return bindings.flatMap((binding) => {
    const of = binding.kind === 'value' || binding.kind === 'parameter' ? binding.of : null;
    if (of === null) return [];
    const found = flow.module.constants(of).values.flatMap((item) => (item.kind === 'bool' ? [item.value] : []));
    if (found.length > 0 || of.value.kind !== 'name' || binding.kind === 'parameter') return found;
    // self.allow_pickle = allow_pickle, where that is a parameter.
    return (Resolver.bindings(of.value.id, of.scope) ?? []).flatMap((inner) =>
      inner.kind === 'parameter' && inner.of !== null
        ? flow.module.constants(inner.of).values.flatMap((item) => (item.kind === 'bool' ? [item.value] : []))
        : [],
    );
  });
}

/** Every class that it can be makes plain values only: by its name, or because one of its bases does. */
function isSafeLoader(flow: Flow, { value, scope }: Scoped): boolean {
  const first = flow.module.resolve({ value, scope });
  const classes: { readonly scope: Scope; readonly bases: readonly (readonly Meaning[])[] }[] = [];
  const seen = new Set<Scope>();
  const waiting: Meaning[] = [...first];
  for (let of = waiting.pop(); of !== undefined; of = waiting.pop()) {
    if (of.kind !== 'definition' || seen.has(of.scope)) continue;
    const { parent, classArguments } = of.scope;
    seen.add(of.scope);
    const bases =
      parent === null ? [] : classArguments.map((base) => flow.module.resolve({ value: base.value, scope: parent }));
    classes.push({ scope: of.scope, bases });
    for (const base of bases) for (const meaning of base) if (flow.step()) waiting.push(meaning);
  }
  const safe = new Set<Scope>();
  const isSafe = (of: Meaning): boolean =>
    of.kind === 'path' ? SAFE_LOADER.test(of.path) : of.kind === 'definition' && safe.has(of.scope);
  // From the end of a chain of classes to its beginning; again where they lead back.
  for (let before = -1; before !== safe.size && flow.step(classes.length);) {
    before = safe.size;
    for (const { scope: owner, bases } of classes.toReversed())
      if (bases.some((meanings) => meanings.length > 0 && meanings.every(isSafe))) safe.add(owner);
  }
  return first.length > 0 && first.every(isSafe);
}
