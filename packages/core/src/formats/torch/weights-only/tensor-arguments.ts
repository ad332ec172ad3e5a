import { elementSize } from '../torch-sizes.js';
import { describe, truth, type ArgumentProblem, type Cell } from './cells.js';
import { remembered } from '../../../model/lazy.js';

/** The arguments of the functions in torch/_utils.py that make tensors, where their number is right. */
export function tensorProblem(of: string, args: readonly Cell[]): ArgumentProblem | null {
  const [first, second, third, fourth] = args;
  switch (of) {
    case 'torch._utils._rebuild_tensor':
      return viewProblem(first, second, third, fourth);
    case 'torch._utils._rebuild_tensor_v2':
      return (
        viewProblem(first, second, third, fourth) ?? gradientProblem(args[4], overStorage(first)) ?? metadata(args[6])
      );
    case 'torch._utils._rebuild_tensor_v3':
      return typedProblem(args) ?? metadata(args[7]);
    case 'torch._utils._rebuild_parameter':
    case 'torch._utils._rebuild_parameter_with_state':
      return parameterProblem(args);
    case 'torch._utils._rebuild_meta_tensor_no_storage':
      return metaProblem(args);
    case 'torch._utils._rebuild_qtensor':
      return isQuantised(args) ? null : unsure(of);
    case 'torch._utils._rebuild_sparse_tensor':
      return first?.kind === 'layout' && second?.kind === 'tuple' && second.items.some(isTensor) ? null : unsure(of);
    case 'torch._utils._rebuild_nested_tensor':
      return args.every(isTensor) ? null : unsure(of);
    case 'torch._utils._rebuild_wrapper_subclass':
      return first?.kind === 'global' && second?.kind === 'global' ? null : unsure(of);
    default:
      return first?.kind === 'instance' && second?.kind === 'global' ? null : unsure(of);
  }
}

/** Whether the tensor that a function makes can have gradients; undefined where that is not known. */
export function floatingOf(of: string, args: readonly Cell[]): boolean | undefined {
  const [first] = args;
  const dtype = of.endsWith('_v3') ? args[6] : of.endsWith('_no_storage') ? first : undefined;
  if (dtype !== undefined)
    return dtype.kind === 'global' && dtype.type === 'value' ? FLOATING.test(dtype.of) : undefined;
  return overStorage(first);
}

/** Types of storages that are kept: a checkpoint has few. */
const KEPT_TYPES = 100;

const isFloating = remembered(KEPT_TYPES, (type: string) =>
  /\.(?:Double|Float|Half|BFloat16|Complex\w+)(?:Storage|Tensor)$/.test(type),
);

function overStorage(cell: Cell | undefined): boolean | undefined {
  if (cell?.kind === 'instance') return cell.floating;
  if (cell?.kind !== 'storage') return undefined;
  const { type } = cell;
  const size = elementSize(type);
  if (size === null) return undefined;
  return isFloating(type);
}

function unsure(of: string): ArgumentProblem {
  return { doubt: `whether ${of} takes its arguments` };
}

function isTensor(cell: Cell): boolean {
  return cell.kind === 'instance' && (cell.of === 'torch.Tensor' || cell.of === 'torch.nn.parameter.Parameter');
}

type Numbers = readonly Cell[] | 'other' | 'none';

/** `other`: what PyTorch may take all the same. */
function numbers(cell: Cell | undefined): Numbers {
  if (cell?.kind === 'tuple') {
    for (const { kind } of cell.items) if (kind !== 'int') return 'none';
    return cell.items;
  }
  if (cell?.kind === 'list' && cell.length === 0) return [];
  if (cell?.kind === 'list') return cell.ints ? 'other' : 'none';
  return cell?.kind === 'instance' && cell.of === 'torch.Size' ? 'other' : 'none';
}

function numberAt(cells: readonly Cell[], i: number): number {
  const cell = cells[i];
  return cell?.kind === 'int' ? Number(cell.value) : 0;
}

function hasNegative(cells: readonly Cell[]): boolean {
  for (let i = 0; i < cells.length; i += 1) if (numberAt(cells, i) < 0) return true;
  return false;
}

/** A view into a storage: offset, sizes and strides. */
export function viewProblem(
  storage: Cell | undefined,
  offset: Cell | undefined,
  size: Cell | undefined,
  stride: Cell | undefined,
): ArgumentProblem | null {
  if (storage?.kind === 'instance' && storage.of === 'torch.storage.TypedStorage')
    return { doubt: 'whether a tensor can be made of a storage that is called itself' };
  if (storage?.kind !== 'storage')
    return { fails: `a tensor over ${storage === undefined ? 'nothing' : describe(storage)}` };
  const sizes = numbers(size);
  const strides = numbers(stride);
  if (offset?.kind !== 'int' || sizes === 'none' || strides === 'none')
    return { fails: 'a tensor whose offset, sizes or strides are no numbers' };
  if (sizes === 'other' || strides === 'other') return { doubt: 'whether the sizes of a tensor fit its storage' };
  // Without strides it lies in one piece.
  if (strides.length > 0 && sizes.length !== strides.length)
    return { fails: 'a tensor with more sizes than strides, or less' };
  const from = Number(offset.value);
  if (from < 0 || hasNegative(sizes) || hasNegative(strides))
    return { fails: 'a tensor with a negative offset, size or stride' };
  if (storage.elements === null) return null;
  const end = from + extent(sizes, strides);
  if (end <= storage.elements || extent(sizes, strides) === 0) return null;
  return storage.grows === true
    ? { doubt: 'what becomes of a tensor that is larger than its storage' }
    : { fails: `a tensor of ${end} elements over a storage of ${storage.elements}` };
}

/** Elements from the first to behind the last; 0 where there is none. */
function extent(sizes: readonly Cell[], strides: readonly Cell[]): number {
  let reach = 1;
  let product = 1;
  for (let i = 0; i < sizes.length; i += 1) {
    const one = numberAt(sizes, i);
    product *= one;
    reach += (one - 1) * numberAt(strides, i);
  }
  return product === 0 ? 0 : strides.length === 0 ? product : reach;
}

function gradientProblem(cell: Cell | undefined, floating: boolean | undefined): ArgumentProblem | null {
  if (cell?.kind !== 'bool') return { fails: 'requires_grad is True or False' };
  return cell.value && floating === false ? { fails: 'only floating tensors have gradients' } : null;
}

function metadata(cell: Cell | undefined): ArgumentProblem | null {
  if (cell === undefined || cell.kind === 'dict' || truth(cell) === false) return null;
  return cell.kind === 'instance'
    ? { doubt: 'what the metadata of a tensor holds' }
    : { fails: `metadata of a tensor that are ${describe(cell)}` };
}

const FLOATING = /^torch\.(?:b?float|complex)\d/;

function typedProblem(args: readonly Cell[]): ArgumentProblem | null {
  const [storage, , , , gradient, , dtype] = args;
  const isTyped = storage?.kind === 'storage' && dtype?.kind === 'global';
  if (!isTyped) return { doubt: 'whether a tensor can be made of such a storage' };
  return gradientProblem(gradient, FLOATING.test(dtype.of));
}

function parameterProblem([data, gradient, , state]: readonly Cell[]): ArgumentProblem | null {
  if (gradient?.kind !== 'bool') return { fails: 'requires_grad of a parameter is True or False' };
  if (state !== undefined && state.kind !== 'dict' && state.kind !== 'tuple' && truth(state) !== false)
    return { doubt: 'what the state of a parameter holds' };
  if (data?.kind === 'none') return null;
  if (data?.kind === 'instance' && !isTensor(data)) return { doubt: `whether ${describe(data)} can be a parameter` };
  if (data?.kind !== 'instance')
    return { fails: `no parameter is made of ${data === undefined ? 'nothing' : describe(data)}` };
  return gradient.value && data.floating === false ? { fails: 'only floating tensors have gradients' } : null;
}

function metaProblem([dtype, size, stride, gradient]: readonly Cell[]): ArgumentProblem | null {
  const sizes = numbers(size);
  const strides = numbers(stride);
  if (dtype?.kind !== 'global' || gradient?.kind !== 'bool' || sizes === 'none' || strides === 'none')
    return { doubt: 'whether a tensor without elements can be made of such arguments' };
  if (sizes === 'other' || strides === 'other') return null;
  if (sizes.length !== strides.length) return { fails: 'a tensor with more sizes than strides, or less' };
  if (hasNegative(sizes) || hasNegative(strides)) return { fails: 'a tensor with a negative size or stride' };
  return gradientProblem(gradient, FLOATING.test(dtype.of) || undefined);
}

function isQuantised([storage, offset, size, stride, parameters]: readonly Cell[]): boolean {
  const scheme = parameters?.kind === 'tuple' ? parameters.items[0] : undefined;
  return (
    storage?.kind === 'storage' &&
    offset?.kind === 'int' &&
    size?.kind === 'tuple' &&
    stride?.kind === 'tuple' &&
    scheme?.kind === 'global'
  );
}
