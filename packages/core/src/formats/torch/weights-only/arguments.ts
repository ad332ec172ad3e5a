import { weightsOnlyArity, weightsOnlyKind } from '../../../catalogue/lookup.js';
import { describe, isHashable, isPair, truth, type ArgumentProblem, type Cell } from './cells.js';
import { tensorProblem } from './tensor-arguments.js';

/** Null where it takes them. `spend` counts what is looked at, and says whether to go on. */
export function callProblem(
  of: string,
  args: readonly Cell[],
  spend: (cells: readonly Cell[]) => boolean,
): ArgumentProblem | null {
  let call: InnerCall = { of, args };
  // `_rebuild_from_type_v2` calls another function of the table, itself included, as deep as its arguments lie in each other.
  for (;;) {
    const found = outerProblem(call.of, call.args);
    if (found === null || !('args' in found)) return found;
    if (!spend(found.args)) return { doubt: 'what _rebuild_from_type_v2 calls' };
    call = found;
  }
}

interface InnerCall {
  readonly of: string;
  readonly args: readonly Cell[];
}

/** `InnerCall`: what it comes to. */
function outerProblem(of: string, args: readonly Cell[]): ArgumentProblem | InnerCall | null {
  const kind = weightsOnlyKind(of);
  if (kind === 'value' || isStorageType(of)) return { fails: `${of} cannot be called` };
  const arity = weightsOnlyArity(of);
  if (arity !== null && (args.length < arity.least || args.length > arity.most)) {
    const wanted = arity.least === arity.most ? `${arity.least}` : `${arity.least} to ${arity.most}`;
    return { fails: `${of} takes ${wanted} arguments, not ${args.length}` };
  }
  // What a listed name gives can be anything.
  if (args.some(({ kind: one }) => one === 'result')) return null;
  if (kind === 'function') return of === '_codecs.encode' ? encodeProblem(args) : functionProblem(of, args);
  return kind === null ? null : classProblem(of, args);
}

/** The same for `cls.__new__(cls, *args)`, without the class's `__init__`. */
export function newProblem(of: string, args: readonly Cell[]): ArgumentProblem | null {
  const kind = weightsOnlyKind(of);
  if (kind === 'function' || kind === 'value' || isStorageType(of)) return { fails: `${of} is no class` };
  if (kind === 'tensor') return args.length === 0 ? null : { doubt: `whether ${of} takes its arguments` };
  if (args.some(({ kind: one }) => one === 'result')) return null;
  const takesAll = /^(?:collections\.\w+|builtins\.(?:set|bytearray)|torch\.storage\.TypedStorage)$/.test(of);
  return kind === null || takesAll ? null : classProblem(of, args);
}

/** Of the legacy storages PyTorch's table holds what knows their dtype, and no class (torch.serialization.StorageType). */
function isStorageType(of: string): boolean {
  return weightsOnlyKind(of) === 'storage' && !of.startsWith('torch.storage.');
}

const DEVICE =
  /^(?:cpu|cuda|ipu|xpu|mkldnn|opengl|opencl|ideep|hip|ve|fpga|maia|xla|lazy|vulkan|mps|meta|hpu|mtia|privateuseone)(?::(?:0|[1-9]\d*))?$/;
const LAYOUT = /^torch\.(?:strided|sparse_(?:coo|csr|csc|bsr|bsc)|_mkldnn|jagged)$/;

function classProblem(of: string, args: readonly Cell[]): ArgumentProblem | null {
  const [first, second] = args;
  const most = of === 'builtins.complex' || of === 'torch.device' ? 2 : of === 'builtins.bytearray' ? 3 : 1;
  const isPlainClass = /^(?:builtins|collections)\.|^torch\.(?:Size|device)$/.test(of);
  if (isPlainClass && args.length > most) return { fails: `${of} takes ${most} at most, not ${args.length}` };
  if (first === undefined) return of === 'torch.device' ? { fails: 'torch.device takes the name of a device' } : null;
  switch (of) {
    case 'collections.OrderedDict':
      return filled(of, first, isPairs(first));
    case 'builtins.set':
      return filled(of, first, isKeys(first));
    case 'collections.Counter':
      return first.kind === 'none' ? null : filled(of, first, isKeys(first));
    case 'torch.Size':
      return filled(of, first, isInts(first));
    case 'torch.device':
      return deviceProblem(first, second);
    case 'builtins.complex':
      return complexProblem(args);
    case 'builtins.bytearray':
      return bytearrayProblem(args);
    case 'torch.nn.parameter.Parameter':
      return parameterProblem(args);
    default:
      return sized(of, args);
  }
}

/** A class that is made of the items of its argument: `fits`, null where the items are not followed. */
function filled(of: string, first: Cell, fits: boolean | null): ArgumentProblem | null {
  if (fits === true) return null;
  if (fits === false) return { fails: `${of} does not take ${describe(first)}` };
  return { doubt: `whether ${of} takes the items of ${describe(first)}` };
}

const NO_ITEMS = new Set<Cell['kind']>(['none', 'bool', 'int', 'float', 'layout']);

function items(cell: Cell): readonly Cell[] | null {
  return cell.kind === 'tuple' ? cell.items : null;
}

function isPairs(cell: Cell): boolean | null {
  if (NO_ITEMS.has(cell.kind)) return false;
  if (cell.kind === 'dict' || truth(cell) === false) return true;
  if (cell.kind === 'list') return cell.pairs || null;
  if (cell.kind === 'instance' && cell.of.startsWith('collections.')) return true;
  return items(cell)?.every(isPair) === true || null;
}

function isKeys(cell: Cell): boolean | null {
  if (NO_ITEMS.has(cell.kind)) return false;
  if (cell.kind === 'dict' || cell.kind === 'text' || cell.kind === 'set' || cell.kind === 'bytes') return true;
  if (cell.kind === 'list') return cell.hashable;
  if (cell.kind === 'instance' && /^(?:collections\.|torch\.Size$|builtins\.bytearray$)/.test(cell.of)) return true;
  return items(cell)?.every(isHashable) ?? null;
}

function isInts(cell: Cell): boolean | null {
  if (NO_ITEMS.has(cell.kind) || (cell.kind === 'text' && truth(cell) === true)) return false;
  if (truth(cell) === false || (cell.kind === 'instance' && cell.of === 'torch.Size')) return true;
  if (cell.kind === 'list') return cell.ints || null;
  const all = items(cell);
  if (all?.every(({ kind }) => kind === 'int') === true) return true;
  return all?.some(({ kind }) => /^(?:none|float|text|list|dict|tuple|set|global|layout)$/.test(kind)) === true
    ? false
    : null;
}

function deviceProblem(first: Cell, index: Cell | undefined): ArgumentProblem | null {
  if (first.kind === 'instance' && first.of === 'torch.device' && index === undefined) return null;
  if (first.kind !== 'text')
    return first.kind === 'int'
      ? { doubt: 'which devices the loading machine has' }
      : { fails: `torch.device does not take ${describe(first)}` };
  if (first.long !== undefined || !DEVICE.test(first.text))
    return { fails: `there is no device ${JSON.stringify(first.text)}` };
  if (index === undefined || index.kind === 'none') return null;
  if (index.kind !== 'int' || index.value < 0 || first.text.includes(':'))
    return { fails: 'torch.device does not take such an index' };
  return null;
}

function complexProblem(args: readonly Cell[]): ArgumentProblem | null {
  const isNumber = ({ kind }: Cell): boolean => kind === 'int' || kind === 'float' || kind === 'bool';
  if (args.every(isNumber)) return null;
  const isOpen = (cell: Cell): boolean =>
    isNumber(cell) || cell.kind === 'instance' || cell.kind === 'plain' || (cell.kind === 'text' && args.length === 1);
  return args.every(isOpen)
    ? { doubt: 'whether complex takes its argument' }
    : { fails: 'complex takes numbers, or one as a text' };
}

function bytearrayProblem(args: readonly Cell[]): ArgumentProblem | null {
  const [first] = args;
  if (first?.kind === 'text')
    return args.length === 1 ? { fails: 'bytearray of a text takes its encoding as well' } : encodeProblem(args);
  if (args.length > 1 || first === undefined) return { fails: 'bytearray takes an encoding for a text only' };
  if (first.kind === 'int')
    return first.value < 0 || first.value > 2 ** 40 ? { fails: 'bytearray of such a length' } : null;
  if (first.kind === 'bytes' || truth(first) === false)
    return NO_ITEMS.has(first.kind) && first.kind !== 'bool'
      ? { fails: `bytearray does not take ${describe(first)}` }
      : null;
  if (first.kind === 'bool') return null;
  return NO_ITEMS.has(first.kind)
    ? { fails: `bytearray does not take ${describe(first)}` }
    : { doubt: 'whether bytearray takes the items of its argument' };
}

function parameterProblem(args: readonly Cell[]): ArgumentProblem | null {
  const [data, gradient] = args;
  if (args.length > 2) return { fails: `a Parameter takes 2 at most, not ${args.length}` };
  if (gradient !== undefined && gradient.kind !== 'bool')
    return { fails: 'requires_grad of a Parameter is True or False' };
  if (data?.kind === 'none') return null;
  if (data?.kind !== 'instance')
    return { fails: `no Parameter is made of ${data === undefined ? 'nothing' : describe(data)}` };
  if (!/^torch\.(?:Tensor|nn\.parameter\.Parameter)$/.test(data.of))
    return { doubt: `whether ${describe(data)} can be a Parameter` };
  if (data.floating === false && gradient?.value !== false) return { fails: 'only floating tensors have gradients' };
  return null;
}

/** Tensors and storages of a given size; all else that their constructors take depends on values. */
function sized(of: string, args: readonly Cell[]): ArgumentProblem | null {
  if (args.some((one) => one.kind === 'int' && one.value < 0)) return { fails: `${of} of a negative size` };
  const isSmall = args.every((one) => one.kind === 'int' && one.value < 2 ** 20);
  const isStorage = weightsOnlyKind(of) === 'storage';
  if (isSmall && (isStorage ? args.length === 1 : args.length <= 2)) return null;
  return { doubt: `whether ${of} takes its arguments` };
}

function encodeProblem(args: readonly Cell[]): ArgumentProblem | null {
  const [first, encoding, errors] = args;
  if (first === undefined) return { fails: '_codecs.encode takes a text' };
  if (encoding !== undefined && encoding.kind !== 'text') return { fails: 'the name of an encoding is a text' };
  if (errors !== undefined && errors.kind !== 'text') return { fails: 'the handling of errors is a text' };
  const name = encoding?.text.toLowerCase().replaceAll('_', '-') ?? 'utf-8';
  if (first.kind !== 'text') {
    const isText = /^(?:latin-?1|utf-?8)$/.test(name);
    return isText
      ? { fails: `${describe(first)} is not encoded as a text` }
      : { doubt: `what the encoding ${name} takes` };
  }
  if (/^latin-?1$/.test(name)) {
    if (first.long?.isLatin1 ?? !/[\xc4-\xff]/.test(first.text)) return null;
    return errors === undefined
      ? { fails: 'a letter that latin-1 does not have' }
      : { doubt: 'what becomes of the letters that latin-1 does not have' };
  }
  if (/^utf-?8$/.test(name))
    return /\xed[\xa0-\xbf]/.test(first.text) ? { doubt: 'what becomes of a surrogate' } : null;
  if (/^rot-?13$/.test(name)) return null;
  return { doubt: `what the encoding ${name} makes of a text` };
}

function functionProblem(of: string, args: readonly Cell[]): ArgumentProblem | InnerCall | null {
  const [first, type, inner] = args;
  if (of === 'torch.serialization._get_layout')
    return first?.kind === 'text' && LAYOUT.test(first.text)
      ? null
      : { fails: `there is no layout ${first?.kind === 'text' ? JSON.stringify(first.text) : ''}` };
  if (of !== 'torch._tensor._rebuild_from_type_v2') return tensorProblem(of, args);
  if (first?.kind !== 'global' || inner?.kind !== 'tuple') return { doubt: 'what _rebuild_from_type_v2 calls' };
  const isTensor =
    weightsOnlyKind(first.of) !== 'class' || /^torch\.(?:Tensor|nn\.parameter\.Parameter)$/.test(first.of);
  if (!isTensor && !(type?.kind === 'global' && type.of === first.of))
    return { fails: `an instance of ${first.of} is no tensor of another class` };
  return { of: first.of, args: inner.items };
}
