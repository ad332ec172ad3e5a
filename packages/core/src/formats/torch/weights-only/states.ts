import { describe, isPair, truth, type ArgumentProblem, type Cell } from './cells.js';
import { viewProblem } from './tensor-arguments.js';

/** Classes of the table whose instances have no attributes. */
const STATELESS = new Set(['torch.Size', 'torch.device', 'builtins.bytearray', 'builtins.complex', 'builtins.set']);

/** `refused`: CPython's unpickler, which torch.load uses without the protection, takes the state. */
type StateProblem = ArgumentProblem | { readonly refused: string };

/** What BUILD does with a state for an instance of a class of the table; null where it takes it. */
export function stateProblem(of: string, state: Cell): StateProblem | null {
  if (state.kind === 'result') return null;
  if (of === 'torch.Tensor') return tensorState(state);
  if (of === 'torch.nn.parameter.Parameter') return parameterState(state);
  if (of === 'collections.OrderedDict') return orderedState(state);
  const [own, slots] = state.kind === 'tuple' && state.items.length === 2 ? state.items : [state];
  const isOwn = own === undefined ? false : truth(own);
  const isSlots = slots === undefined ? false : truth(slots);
  if (STATELESS.has(of)) {
    if (isOwn === false && isSlots === false) return null;
    return isOwn === true || isSlots === true
      ? { fails: `an instance of ${of} takes no state` }
      : { doubt: `whether the state of an instance of ${of} is empty` };
  }
  const problem =
    isOwn === false || own === undefined ? null : isOwn === true ? attributes(own) : { doubt: 'what a state holds' };
  if (problem !== null || slots === undefined || isSlots === false) return problem;
  return slots.kind === 'dict'
    ? { doubt: `which attributes an instance of ${of} can have` }
    : isSlots === true
      ? { fails: 'attributes that are no dict' }
      : { doubt: 'what a state holds' };
}

/**
 * `__dict__.update(state)`, of whatever. CPython's `load_build` (Modules/_pickle.c) takes None for no state, and a tuple of two:
 * the state of `__dict__`, a dict or None, and that of the slots, a dict.
 */
function orderedState(state: Cell): StateProblem | null {
  if (state.kind === 'none') return { refused: 'None as the state of an OrderedDict, which other loaders take' };
  const [own, slots, ...more] = state.kind === 'tuple' ? state.items : [];
  // An empty dict is no pair of a key and a value, and None is nothing at all.
  const isNoPair = (cell: Cell | undefined): boolean =>
    cell?.kind === 'none' || (cell?.kind === 'dict' && !cell.filled);
  if (slots === undefined || more.length > 0 || !(isNoPair(own) || isNoPair(slots))) return attributes(state);
  return slots.kind === 'dict' && (own?.kind === 'none' || own?.kind === 'dict')
    ? { refused: 'a tuple of two as the state of an OrderedDict, which other loaders take' }
    : { fails: 'a tuple of two as the state of an OrderedDict that is none of its dict and its slots' };
}

/** `__dict__.update(state)` */
function attributes(state: Cell): ArgumentProblem | null {
  switch (state.kind) {
    case 'dict':
      return null;
    case 'none':
    case 'bool':
    case 'int':
    case 'float':
    case 'global':
    case 'layout':
    case 'storage':
      return { fails: `attributes that are ${describe(state)}` };
    case 'list':
      return state.pairs ? null : { doubt: 'which attributes a list gives' };
    case 'tuple':
      return state.items.every(isPair) ? null : { doubt: 'which attributes a tuple gives' };
    case 'instance':
      return state.of.startsWith('collections.') ? null : { doubt: `which attributes ${describe(state)} gives` };
    default:
      return truth(state) === false ? null : { doubt: `which attributes ${describe(state)} gives` };
  }
}

/** `set_(*state)` */
function tensorState(state: Cell): ArgumentProblem | null {
  if (state.kind === 'tuple' && state.items.length === 4)
    return viewProblem(state.items[0], state.items[1], state.items[2], state.items[3]) === null
      ? null
      : { doubt: 'whether a tensor takes its state' };
  if (/^(?:none|bool|int|float|layout|global)$/.test(state.kind))
    return { fails: `a tensor takes no state that is ${describe(state)}` };
  return { doubt: 'whether a tensor takes its state' };
}

/** `Tensor.__setstate__`: a tuple of 3 to 5. */
function parameterState(state: Cell): ArgumentProblem | null {
  if (/^(?:none|bool|int|float|layout|global)$/.test(state.kind) || truth(state) === false)
    return { fails: `a parameter takes no state that is ${describe(state)}` };
  if (state.kind === 'tuple' && (state.items.length < 3 || state.items.length > 5))
    return { fails: `a parameter takes no state of ${state.items.length} parts` };
  return { doubt: 'whether a parameter takes its state' };
}
