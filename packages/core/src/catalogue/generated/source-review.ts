// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.

export const PLAIN_MODULES: ReadonlySet<string> = new Set('_weakref abc collections contextlib copy dataclasses functools gc inspect itertools logging numbers operator platform string threading time traceback types typing typing_extensions warnings weakref zlib'.split(' '));
export const PLAIN_BUT: ReadonlySet<string> = new Set('logging.config'.split(' '));
export const PLAIN_NAMES: ReadonlySet<string> = new Set('codecs.decode codecs.encode io.BytesIO io.StringIO os.cpu_count os.environ os.environ.get os.fspath os.getcwd os.getenv os.getpid os.path sys.exc_info sys.getsizeof sys.intern sys.version_info torch.enable_grad torch.inference_mode torch.jit.Final torch.jit.annotate torch.jit.export torch.jit.ignore torch.jit.is_scripting torch.jit.is_tracing torch.jit.unused torch.no_grad'.split(' '));
export const BUILTIN_DANGERS: ReadonlySet<string> = new Set('__build_class__ __import__ apply breakpoint compile eval exec execfile file input open raw_input reload'.split(' '));
export const ATTRIBUTE_BUILTINS: ReadonlySet<string> = new Set('builtins.delattr builtins.getattr builtins.setattr'.split(' '));
