import { judgeDanger } from '../catalogue/danger.js';
import type { Hazard } from '../catalogue/hazard.js';
import type { EffectKind } from './effect.js';

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

const under = (module: string, names: string): readonly string[] => words(names).map((name) => `${module}.${name}`);

/** Names of `os` that start or signal processes; `posix` and `nt` are its C half. */
const OS_PROCESS = `
  system popen popen2 popen3 popen4 startfile fork forkpty kill killpg abort posix_spawn posix_spawnp execl execle execlp
  execlpe execv execve execvp execvpe spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe _exit
`;
const OS_WRITE = `
  remove unlink rename renames replace rmdir removedirs chmod chown lchown lchmod fchmod symlink link truncate write pwrite
  writev mkfifo mknod sendfile
`;

/**
 * What names mean in a program, where that is not what they mean in a pickle: modules that the catalogue holds to be dangerous
 * for what a stream could do with them, and that every program uses.
 */
const OWN: ReadonlyMap<string, EffectKind> = new Map<string, EffectKind>([
  ...['os', 'posix', 'nt'].flatMap((module) => [
    ...under(module, OS_PROCESS).map((name): [string, EffectKind] => [name, 'process']),
    ...under(module, OS_WRITE).map((name): [string, EffectKind] => [name, 'write']),
  ]),
  ...under('builtins', 'eval exec compile execfile breakpoint').map((name): [string, EffectKind] => [
    name,
    'execution',
  ]),
  ...under('types', 'FunctionType CodeType LambdaType').map((name): [string, EffectKind] => [name, 'execution']),
  ...under('sys', 'settrace setprofile').map((name): [string, EffectKind] => [name, 'execution']),
  ...under(
    'shutil',
    'copy copy2 copyfile copytree copymode copystat copyfileobj move rmtree chown unpack_archive make_archive',
  ).map((name): [string, EffectKind] => [name, 'write']),
  ...under('importlib.util', 'spec_from_file_location spec_from_loader module_from_spec').map(
    (name): [string, EffectKind] => [name, 'computed-import'],
  ),
  ...under('importlib.machinery', 'SourceFileLoader SourcelessFileLoader ExtensionFileLoader').map(
    (name): [string, EffectKind] => [name, 'computed-import'],
  ),
  ...under('imp', 'load_source load_module load_compiled load_dynamic').map((name): [string, EffectKind] => [
    name,
    'computed-import',
  ]),
  ...under('urllib.request', 'urlretrieve').map((name): [string, EffectKind] => [name, 'download']),
  ...under('urllib', 'urlretrieve').map((name): [string, EffectKind] => [name, 'download']),
  ...under('huggingface_hub', 'hf_hub_download snapshot_download cached_download').map((name): [string, EffectKind] => [
    name,
    'download',
  ]),
  ...under('huggingface_hub.file_download', 'hf_hub_download').map((name): [string, EffectKind] => [name, 'download']),
  ...under('torch.hub', 'download_url_to_file load_state_dict_from_url').map((name): [string, EffectKind] => [
    name,
    'download',
  ]),
  ...under('wget', 'download').map((name): [string, EffectKind] => [name, 'download']),
  ...under('gdown', 'download cached_download download_folder').map((name): [string, EffectKind] => [name, 'download']),
  ...under('torch.ops', 'load_library').map((name): [string, EffectKind] => [name, 'execution']),
  ...under('torch.classes', 'load_library').map((name): [string, EffectKind] => [name, 'execution']),
]);

/** Modules of which nothing else is an effect by itself: what they are given is looked at. */
const ORDINARY_MODULES = new Set(
  words(`
  os posix nt sys io builtins importlib imp shutil tempfile glob logging threading contextlib gc inspect platform atexit types
  functools typing operator weakref traceback warnings linecache tokenize ast dis unittest doctest argparse optparse getpass
  pathlib fileinput zipfile tarfile configparser csv sqlite3 locale gettext time datetime
  concurrent asyncio queue signal selectors multiprocessing joblib cProfile profile pstats trace tracemalloc resource
  pkgutil pkg_resources site sysconfig random secrets uuid copyreg string re logging json struct hashlib
  torch numpy scipy pandas sklearn sentence_transformers typer click transformers diffusers timm peft accelerate safetensors tokenizers datasets einops PIL
  triton numba dataclasses copy collections itertools bisect heapq abc enum math statistics deepspeed
`),
);
/** Parts of these that are effects all the same, by the catalogue. */
const EXCEPT = words(`
  multiprocessing.connection multiprocessing.managers torch.hub torch.utils.cpp_extension torch.load torch.jit.load
  torch.package torch.serialization.load numpy.load numpy.f2py numpy.ctypeslib pandas.read_pickle joblib.load
  transformers.agents importlib.reload logging.config asyncio.create_subprocess_exec asyncio.create_subprocess_shell
  asyncio.open_connection asyncio.start_server PIL.ImageMath pandas.eval numpy.distutils scipy.weave sklearn.externals.joblib.load
  asyncio.subprocess
`);

/** Helpers beside what connects. */
const HELPERS = words(`
  urllib.parse urllib.error huggingface_hub.dataclasses huggingface_hub.utils huggingface_hub.constants huggingface_hub.errors
  huggingface_hub.is_offline_mode huggingface_hub.split_torch_state_dict_into_shards requests.exceptions httpx.HTTPError
`);

/** Whether a name is one of these, or lies in one of them. */
export const startsWithAny = (path: string, starts: readonly string[]): boolean =>
  starts.some((start) => path === start || path.startsWith(`${start}.`));

const KIND_OF: Readonly<Record<Hazard, EffectKind | null>> = {
  execution: 'execution',
  process: 'process',
  network: 'network',
  loader: 'loader',
  import: 'computed-import',
  file: null,
  introspection: null,
  state: null,
};

/** What calling a name does, by the catalogue of pickles as far as it holds for programs; null for all others. */
export function effectOf(path: string): EffectKind | null {
  const own = OWN.get(path);
  if (own !== undefined) return own;
  const [first = ''] = path.split('.', 1);
  if (first === '' || startsWithAny(path, HELPERS)) return null;
  const isExcept = startsWithAny(path, EXCEPT);
  if (ORDINARY_MODULES.has(first) && !isExcept) return null;
  const dot = path.lastIndexOf('.');
  if (dot < 0) return null;
  const verdict = judgeDanger(path.slice(0, dot), path.slice(dot + 1), false);
  if (verdict?.hazard === undefined) return isExcept ? 'loader' : null;
  return KIND_OF[verdict.hazard];
}

/** Methods that do the same on whatever object has them. */
export const METHODS: ReadonlyMap<string, EffectKind> = new Map<string, EffectKind>([
  ['exec_module', 'execution'],
  ['load_module', 'execution'],
  ['write_text', 'write'],
  ['write_bytes', 'write'],
  ['extractall', 'write'],
  ['urlretrieve', 'download'],
]);

/** Calls that give text or bytes out of something packed. */
export const DECODERS = new Set([
  ...under(
    'base64',
    'b64decode b32decode b16decode b85decode a85decode urlsafe_b64decode standard_b64decode decodebytes decodestring',
  ),
  ...under('binascii', 'unhexlify a2b_hex a2b_base64 a2b_uu'),
  ...under('zlib', 'decompress decompressobj'),
  ...under('gzip', 'decompress'),
  ...under('bz2', 'decompress'),
  ...under('lzma', 'decompress'),
  ...under('codecs', 'decode'),
  ...under('marshal', 'loads load'),
  ...under('builtins', 'bytes.fromhex bytearray.fromhex'),
]);
export const DECODING_METHODS = new Set(['fromhex', 'decrypt', 'decompress', 'b64decode']);

/** Where what is read from the environment, or from the user's files, begins. */
export const ENVIRONMENT = words(
  'os.environ os.getenv os.environb posix.environ getpass.getuser socket.gethostname platform.node os.getlogin os.uname os.path.expanduser pathlib.Path.home huggingface_hub.get_token huggingface_hub.HfFolder.get_token',
);

/** Modules whose attributes are as dangerous as any name: a computed one of them may be all. */
export const SENSITIVE = new Set(words('os posix nt subprocess builtins importlib sys ctypes shutil pty socket'));

/** Temporary folders. */
export const TEMPORARY = words('tempfile');
