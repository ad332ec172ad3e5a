import { weightsOnlyArity } from '../../catalogue/weights-only.js';

/** What is known of an argument. */
interface Known {
  readonly kind: string;
  readonly text?: string;
}

const DEVICE =
  /^(?:cpu|cuda|ipu|xpu|mkldnn|opengl|opencl|ideep|hip|ve|fpga|maia|xla|lazy|vulkan|mps|meta|hpu|mtia|privateuseone)(?::\d+)?$/;
const LAYOUT = /^torch\.(?:strided|sparse_(?:coo|csr|csc|bsr|bsc)|_mkldnn|jagged)$/;

/**
 * Why a callable of the restricted unpickler's table does not take such arguments, as far as their number and kind show it.
 * Loading then ends with a TypeError or the like, whichever loader it is.
 */
export function argumentProblem(of: string, args: readonly Known[]): string | null {
  const arity = weightsOnlyArity(of);
  if (arity !== null && (args.length < arity.least || args.length > arity.most))
    return `${of} takes ${arity.least === arity.most ? arity.least : `${arity.least} to ${arity.most}`} arguments, not ${args.length}`;
  const [first] = args;
  switch (of) {
    case 'collections.OrderedDict':
    case 'builtins.set':
      if (args.length > 1) return `${of} takes one argument, not ${args.length}`;
      return isNumber(first) ? `${of} takes no number` : null;
    case 'torch.Size':
      return isNumber(first) || (first?.kind === 'text' && first.text !== '')
        ? 'torch.Size takes numbers in a list'
        : null;
    case 'torch.device':
      if (first === undefined) return 'torch.device takes the name of a device';
      return first.kind === 'text' && !DEVICE.test(first.text ?? '')
        ? `there is no device ${JSON.stringify(first.text)}`
        : null;
    case 'torch.serialization._get_layout':
      return first?.kind === 'text' && !LAYOUT.test(first.text ?? '')
        ? `there is no layout ${JSON.stringify(first.text)}`
        : null;
    default:
      return null;
  }
}

function isNumber(argument: Known | undefined): boolean {
  return argument?.kind === 'int';
}
