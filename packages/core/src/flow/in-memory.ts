import { Resolver } from '../python/resolve.js';
import type { Binding, Scope, Scoped } from '../python/scope.js';
import type { Expression } from '../python/syntax.js';
import type { PythonModule } from '../python/module.js';

/** Where an expression stands. */
interface Surroundings {
  readonly scope: Scope;
  readonly flow: { readonly module: PythonModule };
}

/** Containers of this process: nobody else puts anything into them. */
const CONTAINERS =
  /^(?:builtins\.(?:dict|list|set|frozenset)|collections\.(?:OrderedDict|defaultdict|Counter|deque|ChainMap|UserDict)|weakref\.Weak(?:Value|Key)Dictionary)$/;

/** Every value that the module gives the name or the attribute is a container in memory, or None before there is one. */
export function isInMemory(frame: Surroundings, object: Expression): boolean {
  const given = bindingsOf(frame, object);
  if (given === null || given.length === 0) return false;
  let found = false;
  for (const binding of given) {
    if (binding.kind !== 'value') return false;
    const { value } = binding.of;
    if (value.kind === 'constant' && value.value === null) continue;
    if (!isContainer(frame, binding.of)) return false;
    found = true;
  }
  return found;
}

/** `cache`, or `self.cache` with what the methods of its class assign. */
function bindingsOf(frame: Surroundings, object: Expression): readonly Binding[] | null {
  if (object.kind === 'name') return Resolver.bindings(object.id, frame.scope);
  if (object.kind !== 'attribute') return null;
  const { name } = object;
  const found: Binding[] = [];
  for (const meaning of frame.flow.module.resolve({ value: object.object, scope: frame.scope })) {
    if (meaning.kind !== 'instance' && (meaning.kind !== 'definition' || meaning.scope.kind !== 'class')) return null;
    const { bindings, attributes } = meaning.scope;
    const own = [...(bindings.get(name) ?? []), ...(attributes.get(name) ?? [])];
    if (own.length === 0) return null;
    for (const binding of own) found.push(binding);
  }
  return found;
}

function isContainer(frame: Surroundings, { value, scope }: Scoped): boolean {
  if (value.kind === 'dict' || value.kind === 'sequence') return true;
  if (value.kind !== 'call') return false;
  const callees = frame.flow.module.resolve({ value: value.callee, scope });
  return callees.every((callee) => callee.kind === 'path' && CONTAINERS.test(callee.path));
}
