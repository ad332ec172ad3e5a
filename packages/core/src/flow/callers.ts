import { COMMAND_DECORATORS, COMMAND_MODULES, TRANSPARENT_DECORATORS } from '../catalogue/lookup.js';
import { append } from '../model/append.js';
import type { PythonModule } from '../python/module.js';
import type { CallSite, Scope, Scoped } from '../python/scope.js';
import type { Expression } from '../python/syntax.js';
import { lastName } from './member-source.js';
import type { ModuleIndex } from './module-index.js';

/** Who calls the functions of a module, and what they give. */
export class Callers {
  readonly #module: PythonModule;
  readonly #index: ModuleIndex;
  readonly #isNamedElsewhere: (name: string) => boolean;

  constructor(module: PythonModule, index: ModuleIndex, isNamedElsewhere: (name: string) => boolean) {
    this.#module = module;
    this.#index = index;
    this.#isNamedElsewhere = isNamedElsewhere;
  }

  /** The calls of a function in its file: of a class, to make an instance. `step` is false when nothing more may be done. */
  of(target: Scope, step: () => boolean): readonly CallSite[] {
    const isPrivate = isPrivateFunction(target);
    return this.#index.callsOf(calledAs(target)).filter((site) => step() && this.#mayCall(site, target, isPrivate));
  }

  /** Of a private method also a call of that name on an object that is not known. */
  #mayCall(site: CallSite, target: Scope, isPrivate: boolean): boolean {
    const { ownerClass } = target;
    const byName = isPrivate && (ownerClass !== null || site.call.callee.kind === 'name');
    return this.#module
      .targets(site)
      .some(
        (of) =>
          (of.kind === 'unknown' && byName) ||
          (of.kind === 'definition' && (of.scope === target || (of.scope === ownerClass && ownerClass !== null))),
      );
  }

  /** What a call gives for a parameter; `open` where it may give more. */
  given(site: CallSite, target: Scope, name: string): { readonly values: readonly Scoped[]; readonly open: boolean } {
    const { node } = target;
    if (node?.kind !== 'function') return { values: [], open: true };
    const { positional, keywords, open } = this.#module.arguments(site);
    const index = node.parameters.findIndex((parameter) => parameter.name === name);
    const star = node.parameters[index]?.star ?? '';
    const values = [...(keywords.get(name) ?? [])];
    const from = index - this.#shiftOf(site, target);
    if (star === '**') for (const own of keywords.values()) append(values, own);
    else if (from >= 0) append(values, positional.slice(from, star === '*' ? undefined : from + 1));
    // What is given already is given by `**kwargs` no second time: Python raises.
    const mayBeMore = values.length === 0 || site.call.args.some(({ star: spread }) => spread === '*');
    return { values, open: open && mayBeMore };
  }

  /** Parameters that a call does not write down: `self`. */
  #shiftOf({ call, scope }: CallSite, target: Scope): number {
    const { ownerClass } = target;
    if (ownerClass === null || hasDecorator(target, 'staticmethod')) return 0;
    const { callee } = call;
    if (callee.kind !== 'attribute' || hasDecorator(target, 'classmethod')) return 1;
    if (callee.object.kind === 'call') return 1;
    const ofClass = this.#module
      .resolve({ value: callee.object, scope })
      .some((of) => of.kind === 'definition' && of.scope.kind === 'class');
    return ofClass && calledAs(target) === callee.name ? 0 : 1;
  }

  /** Somebody may call a private function whose call is not seen. */
  mayHaveOthers(scope: Scope): boolean {
    const name = scope.node?.name ?? '';
    if (this.#index.escapes(name) || this.#index.looksUpNames) return true;
    const { node } = scope;
    const isPlain =
      node?.kind === 'function' && node.decorators.every((one) => TRANSPARENT_DECORATORS.has(nameOf(one)));
    return !isPlain || (!isNested(scope) && this.#isNamedElsewhere(name));
  }

  /** A command of click or typer: its parameters are options of the command line. */
  isCommand({ node }: Scope): boolean {
    if (node?.kind !== 'function' || !node.decorators.some((one) => COMMAND_DECORATORS.has(nameOf(one)))) return false;
    return this.#module.imports.some(({ module }) => COMMAND_MODULES.test(module));
  }
}

/** Others do not call it: by its name, or because it is defined within a function. */
export function isPrivateFunction(scope: Scope): boolean {
  if (isNested(scope)) return true;
  const name = scope.node?.name ?? '';
  return name.startsWith('_') && !/^__\w+__$/.test(name);
}

function nameOf(decorator: Expression): string {
  return lastName(decorator.kind === 'call' ? decorator.callee : decorator);
}

function hasDecorator({ node }: Scope, name: string): boolean {
  return node?.kind === 'function' && node.decorators.some((one) => nameOf(one) === name);
}

export function isProperty(scope: Scope): boolean {
  return hasDecorator(scope, 'property') || hasDecorator(scope, 'cached_property');
}

/** Nobody outside of a function sees what is defined in it. */
function isNested(scope: Scope): boolean {
  for (let at = scope.parent; at !== null; at = at.parent) if (at.kind === 'function') return true;
  return false;
}

/** The name by which a function is called: a class by its own, to make an instance. */
function calledAs(scope: Scope): string {
  const name = scope.node?.name ?? '';
  return (name === '__init__' || name === '__new__') && scope.ownerClass !== null
    ? (scope.ownerClass.node?.name ?? name)
    : name;
}
