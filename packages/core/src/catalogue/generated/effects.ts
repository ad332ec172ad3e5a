// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { EffectRow } from '../source-rows.js';

export const EFFECTS: readonly EffectRow[] = [
  { kind: 'process', modules: 'nt os posix', names: '_exit abort execl execle execlp execlpe execv execve execvp execvpe fork forkpty kill killpg popen popen2 popen3 popen4 posix_spawn posix_spawnp spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe startfile system' },
  { kind: 'execution', modules: 'builtins', names: 'breakpoint compile eval exec execfile' },
  { kind: 'execution', modules: 'sys', names: 'setprofile settrace' },
  { kind: 'execution', modules: 'torch.classes torch.ops', names: 'load_library' },
  { kind: 'execution', modules: 'types', names: 'CodeType FunctionType LambdaType' },
  { kind: 'write', modules: 'nt os posix', names: 'chmod chown fchmod lchmod lchown link mkfifo mknod pwrite remove removedirs rename renames replace rmdir sendfile symlink truncate unlink write writev' },
  { kind: 'write', modules: 'shutil', names: 'chown copy copy2 copyfile copyfileobj copymode copystat copytree make_archive move rmtree unpack_archive' },
  { kind: 'computed-import', modules: 'imp', names: 'load_compiled load_dynamic load_module load_source' },
  { kind: 'computed-import', modules: 'importlib.machinery', names: 'ExtensionFileLoader SourceFileLoader SourcelessFileLoader' },
  { kind: 'computed-import', modules: 'importlib.util', names: 'module_from_spec spec_from_file_location spec_from_loader' },
  { kind: 'download', modules: 'gdown', names: 'cached_download download download_folder' },
  { kind: 'download', modules: 'huggingface_hub', names: 'cached_download hf_hub_download snapshot_download' },
  { kind: 'download', modules: 'huggingface_hub.file_download', names: 'hf_hub_download' },
  { kind: 'download', modules: 'torch.hub', names: 'download_url_to_file load_state_dict_from_url' },
  { kind: 'download', modules: 'urllib urllib.request', names: 'urlretrieve' },
  { kind: 'download', modules: 'wget', names: 'download' },
];

export const EFFECT_METHODS: ReadonlyMap<string, EffectRow['kind']> = new Map<string, EffectRow['kind']>([
  ['exec_module', 'execution'],
  ['load_module', 'execution'],
  ['extractall', 'write'],
  ['write_bytes', 'write'],
  ['write_text', 'write'],
  ['urlretrieve', 'download'],
]);

export const ORDINARY_MODULES: ReadonlySet<string> = new Set('PIL abc accelerate argparse ast asyncio atexit bisect builtins cProfile click collections concurrent configparser contextlib copy copyreg csv dataclasses datasets datetime deepspeed diffusers dis doctest einops enum fileinput functools gc getpass gettext glob hashlib heapq imp importlib inspect io itertools joblib json linecache locale logging math multiprocessing nt numba numpy operator optparse os pandas pathlib peft pkg_resources pkgutil platform posix profile pstats queue random re resource safetensors scipy secrets selectors sentence_transformers shutil signal site sklearn sqlite3 statistics string struct sys sysconfig tarfile tempfile threading time timm tokenize tokenizers torch trace traceback tracemalloc transformers triton typer types typing unittest uuid warnings weakref zipfile'.split(' '));
export const NOT_ORDINARY: readonly string[] = 'PIL.ImageMath asyncio.create_subprocess_exec asyncio.create_subprocess_shell asyncio.open_connection asyncio.start_server asyncio.subprocess importlib.reload joblib.load logging.config multiprocessing.connection multiprocessing.managers numpy.ctypeslib numpy.distutils numpy.f2py numpy.load pandas.eval pandas.read_pickle scipy.weave sklearn.externals.joblib.load torch.hub torch.jit.load torch.load torch.package torch.serialization.load torch.utils.cpp_extension transformers.agents'.split(' ');
export const HELPERS: readonly string[] = 'httpx.HTTPError huggingface_hub.constants huggingface_hub.dataclasses huggingface_hub.errors huggingface_hub.is_offline_mode huggingface_hub.split_torch_state_dict_into_shards huggingface_hub.utils requests.exceptions urllib.error urllib.parse'.split(' ');
export const DECODERS: ReadonlySet<string> = new Set('base64.a85decode base64.b16decode base64.b32decode base64.b64decode base64.b85decode base64.decodebytes base64.decodestring base64.standard_b64decode base64.urlsafe_b64decode binascii.a2b_base64 binascii.a2b_hex binascii.a2b_uu binascii.unhexlify builtins.bytearray.fromhex builtins.bytes.fromhex bz2.decompress codecs.decode gzip.decompress lzma.decompress marshal.load marshal.loads zlib.decompress zlib.decompressobj'.split(' '));
export const DECODING_METHODS: ReadonlySet<string> = new Set('b64decode decompress decrypt fromhex'.split(' '));
export const ENVIRONMENT: readonly string[] = 'getpass.getuser huggingface_hub.HfFolder.get_token huggingface_hub.get_token os.environ os.environb os.getenv os.getlogin os.path.expanduser os.uname pathlib.Path.home platform.node posix.environ socket.gethostname'.split(' ');
export const SENSITIVE: ReadonlySet<string> = new Set('builtins ctypes importlib nt os posix pty shutil socket subprocess sys'.split(' '));
