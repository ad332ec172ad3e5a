import { judgeDanger } from '../catalogue/danger.js';
import type { Hazard } from '../catalogue/hazard.js';

/** Why a call in the source of an entry deserves a look. */
export interface SourceDanger {
  readonly hazard: Hazard;
  readonly why: string;
  /** Calling it is the harm itself. */
  readonly primitive: boolean;
}

/**
 * Names that are dangerous when a stream chooses their arguments, and plain when the source does. The danger list is
 * about the former.
 */
const PLAIN_MODULES = new Set(
  '_weakref abc collections contextlib copy copyreg dataclasses functools gc inspect itertools logging numbers operator platform string threading time traceback types typing typing_extensions warnings weakref zlib'.split(
    ' ',
  ),
);
const PLAIN_NAMES = new Set(
  [
    'os.cpu_count os.environ os.environ.get os.fspath os.getcwd os.getenv os.getpid os.path',
    'io.BytesIO io.StringIO sys.exc_info sys.getsizeof sys.version_info sys.intern codecs.encode codecs.decode',
    'torch.jit.export torch.jit.ignore torch.jit.unused torch.jit.is_scripting torch.jit.is_tracing',
    'torch.jit.annotate torch.jit.Final torch.no_grad torch.enable_grad torch.inference_mode',
  ]
    .join(' ')
    .split(' '),
);

/** Of builtins those that run code, open files or import; `getattr` and the like are judged by their arguments. */
const BUILTIN_DANGERS = new Set(
  '__build_class__ __import__ apply breakpoint compile eval exec execfile file input open raw_input reload'.split(' '),
);
/** Fetch or set an attribute by name: harmless where the name is a constant. */
export const ATTRIBUTE_BUILTINS = new Set(['builtins.getattr', 'builtins.setattr', 'builtins.delattr']);

function isPlain(path: string): boolean {
  const [first = ''] = path.split('.', 1);
  if (PLAIN_MODULES.has(first)) return !path.startsWith('logging.config') && !path.startsWith('copyreg.');
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    if (PLAIN_NAMES.has(path.slice(0, end))) return true;
  }
  return false;
}

/** What the danger list says on a full name in source code, or null. */
export function judgeInSource(path: string): SourceDanger | null {
  const dot = path.lastIndexOf('.');
  if (dot <= 0 || path.startsWith('.')) return null;
  const module = path.slice(0, dot);
  const name = path.slice(dot + 1);
  if (module === 'builtins' && !BUILTIN_DANGERS.has(name)) return null;
  if (module !== 'builtins' && isPlain(path)) return null;
  const verdict = judgeDanger(module, name, false);
  if (verdict === null || verdict.hazard === undefined) return null;
  const primitive = verdict.primitive === true;
  const isStep = verdict.hazard === 'introspection' || verdict.hazard === 'state';
  return primitive || !isStep ? { hazard: verdict.hazard, why: verdict.why, primitive } : null;
}
