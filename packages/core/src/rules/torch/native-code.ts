import { CLASS_NAMESPACES, OPERATOR_NAMESPACES } from '../../catalogue/lookup.js';
import { cut, escapeText } from '../../model/escape.js';
import type { PickleGlobalFact, TorchNativeFact } from '../../model/fact.js';
import type { Match } from '../../model/rule.js';

/** Attributes of Python's `torch.ops` and `torch.classes` that stand among the namespaces; nothing registers operators there. */
const PYTHON_ONLY = new Set(['loaded_libraries', 'import_module']);
/** Operators that ExecuTorch's own runtime has (executorch/kernels/prim_ops, executorch/exir/dim_order_utils.py). */
const EXECUTORCH = new Set(['executorch_prim', 'dim_order_ops']);
/** Known namespaces of libraries that are none of PyTorch's own: its registry has nothing of them. */
const OTHER_LIBRARIES = new Map([['fbgemm', 'fbgemm_gpu']]);
/** Longest name in a signal. */
const NAME_LENGTH = 200;

/** Operators and classes of a model that PyTorch does not ship, and native code beside it. */
export function nativeCode({ what, name, namespace, detail, count, at }: TorchNativeFact): Match | undefined {
  const shown = cut(escapeText(name), NAME_LENGTH);
  const found = {
    call: what === 'operator' && detail !== '' ? cut(detail.replaceAll(/\s+/g, ' '), NAME_LENGTH) : null,
    chain: count > 1 ? [`${count} times in ${at.path}`] : [],
    level: 3,
  } as const;
  switch (what) {
    case 'operator':
      // The reader of the model has taken out those that PyTorch has or had.
      if (namespace === 'aten' || namespace === 'prim')
        return {
          ...found,
          signal: `operator ${shown}`,
          message: `The model calls ${shown}, an operator that PyTorch neither has nor had in its own namespace ${namespace}: native code of somebody else registers it there, or a registration in Python.`,
        };
      if (isOtherLibrary(namespace))
        return { ...found, ...otherLibrary(namespace, `operator ${shown}`, `The model calls ${shown}, an operator`) };
      if ((OPERATOR_NAMESPACES.has(namespace) || EXECUTORCH.has(namespace)) && !PYTHON_ONLY.has(namespace))
        return undefined;
      return {
        ...found,
        signal: `operator ${shown}`,
        message: `The model calls the operator ${shown}, whose namespace ${ELSEWHERE}`,
      };
    case 'class':
      return classMatch(namespace, shown);
    case 'library':
      return {
        ...found,
        signal: `shared library ${shown}`,
        message: `Native code lies in the archive of the model (${detail}). Who loads it runs it, and no review of the model has seen it.`,
      };
    case 'load-hint':
      return {
        ...found,
        signal: `library load ${shown}`,
        message: `A member of the archive holds the text ${shown}, with which native libraries are loaded.`,
      };
  }
}

const ELSEWHERE =
  'neither PyTorch nor its domain libraries register: it is native code of somebody else, or a registration in Python.';

/** Its publisher is known; that PyTorch cannot load the model without the library has to be known as well. */
export function otherLibrary(
  namespace: string,
  signal: string,
  what: string,
): Pick<Match, 'signal' | 'message' | 'level' | 'severity'> {
  return {
    signal,
    message: `${what} of ${OTHER_LIBRARIES.get(namespace) ?? namespace}. PyTorch and its domain libraries lack it: without that library nothing of it loads, and with it native code of that library runs.`,
    level: 0,
    severity: 'MEDIUM',
  };
}

export function isOtherLibrary(namespace: string): boolean {
  return OTHER_LIBRARIES.has(namespace);
}

function isKnownClass(namespace: string): boolean {
  return CLASS_NAMESPACES.has(namespace) && !PYTHON_ONLY.has(namespace);
}

function classMatch(namespace: string, shown: string): Match | undefined {
  const found = { call: null, chain: [] };
  const signal = `class ${shown}`;
  if (isOtherLibrary(namespace))
    return { ...found, ...otherLibrary(namespace, signal, `The model holds an object of ${shown}, a class`) };
  if (isKnownClass(namespace)) return undefined;
  return {
    ...found,
    signal,
    message: `The model holds an object of the class ${shown}, whose namespace ${ELSEWHERE}`,
    level: 3,
  };
}

const CLASSES = '__torch__.torch.classes.';

/** A class that the archive's reader makes an object of, with a state that it is handed. */
export function nativeClass({ role, module, name }: PickleGlobalFact): Match | undefined {
  const path = `${module}.${name}`;
  if (role !== 'torchscript' || !path.startsWith(CLASSES)) return undefined;
  const [namespace = '', own = ''] = path.slice(CLASSES.length).split('.');
  const full = `${namespace}::${own}`;
  return classMatch(namespace, cut(escapeText(full), NAME_LENGTH));
}
