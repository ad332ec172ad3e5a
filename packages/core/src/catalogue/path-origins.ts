import type { SourceOrigin } from '../model/source-fact.js';

/** What is known of where a path, or an open file, comes from: by the full names of callables and by the names of methods. */

type Kind = SourceOrigin['kind'];

/** Where a watched callable finds what it loads: the position and the keyword of the argument. */
export const LOADED_ARGUMENT: Readonly<Record<string, { readonly position: number; readonly keyword: string }>> = {
  'torch.load': { position: 0, keyword: 'f' },
  'torch.hub.load': { position: 0, keyword: 'repo_or_dir' },
  'torch.ops.load_library': { position: 0, keyword: 'path' },
  'torch.classes.load_library': { position: 0, keyword: 'path' },
  'torch.utils.cpp_extension.load': { position: 1, keyword: 'sources' },
};

/** Watched callables that download what they load. `torch.hub.load` takes a folder where its source is `local`. */
export const LOADS_DOWNLOAD = /^torch\.hub\.(?:load|list|help|load_state_dict_from_url|download_url_to_file)$/;

/** Full names, of callables and of values, with what they give. The first one that fits counts. */
const NAMED: readonly (readonly [RegExp, Kind | 'arguments'])[] = [
  [/^(?:sys\.argv|os\.(?:environb?|getenvb?)|builtins\.(?:input|raw_input)|getpass\.getpass|docopt\.docopt)\b/, 'user'],
  [/^(?:absl\.flags|gflags|tensorflow\.(?:compat\.v1\.)?(?:app\.)?flags)\.FLAGS\b/, 'user'],
  [/^pathlib\.(?:Path|PosixPath)\.home$/, 'user'],
  [/^tempfile\.gettempdirb?$/, 'store'],
  [/^tempfile\./, 'constant'],
  [/^os\.(?:getcwdb?|sep|pathsep|curdir|extsep)$|^pathlib\.(?:Path|PosixPath)\.cwd$/, 'constant'],
  [/^(?:pkg_resources|importlib[._]resources)\.|^pkgutil\.get_data$|^inspect\.(?:getfile|getsourcefile)$/, 'constant'],
  [
    /^(?:requests|httpx|aiohttp|urllib3|urllib2?|urllib\.request|http\.client|httplib2?|ftplib|socket|grpc)\b/,
    'network',
  ],
  [/^(?:huggingface_hub|gdown|wget|pooch|kagglehub|modelscope|wandb|mlflow|clearml|comet_ml|neptune|dvc)\b/, 'network'],
  [/^(?:boto3|botocore|s3fs|gcsfs|adlfs|google\.cloud|azure|minio|redis|pymongo|gridfs|oss2|petrel_client)\b/, 'store'],
  // They open addresses as well as paths: the text of a path says which.
  [/^(?:fsspec|smart_open|iopath|tensorflow\.io\.gfile|tensorflow\.gfile)\b/, 'arguments'],
  [/^(?:os\.path|posixpath|ntpath|pathlib|glob|fnmatch|shutil|natsort|zipfile|tarfile|copy)\b/, 'arguments'],
  [/^os\.(?:fspath|fsdecode|fsencode|listdir|scandir|walk|readlink|open|fdopen)$/, 'arguments'],
  [/^(?:io|_io|gzip|bz2|lzma|codecs)\.|^(?:StringIO|cStringIO)\./, 'arguments'],
  [/^builtins\.(?:open|file|str|unicode|bytes|bytearray|memoryview|int|float|repr|format|getattr)$/, 'arguments'],
  [/^builtins\.(?:sorted|reversed|list|tuple|set|dict|max|min|next|iter|enumerate|zip|range|filter|map)$/, 'arguments'],
  [/^builtins\.(?:len|abs|round|sum)$|^itertools\.\w+$|^tqdm\.(?:\w+\.)*\w+$/, 'arguments'],
  [/^(?:json|re|string|base64|binascii|urllib\.parse|typing|omegaconf\.OmegaConf|yaml|toml|tomllib)\b/, 'arguments'],
  [/^(?:time|datetime|uuid|random|math|platform)\b/, 'constant'],
];

/** What the full name of a callable or of a value says; null where nothing is known of it. */
export function namedOrigin(path: string): Kind | 'arguments' | null {
  return NAMED.find(([names]) => names.test(path))?.[1] ?? null;
}

/** Words that a callable has in its name that brings something over a network, or may. */
export const DOWNLOADS =
  /download|fetch|(?:^|_)retriev|urlretrieve|urlopen|from_url|from_hub|hub_(?:load|file)|cached_path|cached_file|^get_file$|get_from_cache|wget|(?:^|_)pull(?:_|$)/i;

/** Of these the callables that may write what they bring to a path among their arguments; the others give it back. */
export const FILLS = /download|fetch|(?:^|_)retriev|urlretrieve|^get_file$|wget|(?:^|_)pull(?:_|$)/i;

/** Keywords of callables that give what they are given, which are no part of it. */
export const NO_PATH_KEYWORDS = new Set(
  'key desc disable total mode encoding errors reverse recursive leave unit ncols position buffering'.split(' '),
);
/** What is given a function to look at its items with. */
export const LOOKING_AT_ITEMS = new Set(['filter', 'sorted', 'max', 'min', 'sort']);

/** Methods that give what they are called on, or are given, in another form. */
export const PASSING_METHODS = new Set(
  (
    'absolute as_posix capitalize copy decode encode expanduser extractfile format format_map get glob items iterdir join ' +
    'joinpath keys lower lstrip namelist open pop read read1 read_bytes readline readlines relative_to removeprefix ' +
    'removesuffix replace resolve rglob rsplit rstrip samefile seek setdefault split splitlines strip title upper values ' +
    'with_name with_stem with_suffix getvalue getbuffer tobytes __str__ __fspath__ __enter__'
  ).split(' '),
);

/** Methods of parsers of command lines. */
export const PARSING_METHODS = new Set([
  'parse_args',
  'parse_known_args',
  'parse_intermixed_args',
  'parse_known_intermixed_args',
  'parse_args_into_dataclasses',
]);

/** The last name of a decorator that gives the parameters of a function values of the command line. */
export const COMMAND_DECORATORS = new Set(['command', 'option', 'argument', 'group', 'pass_context']);
/** Modules of which these decorators are. */
export const COMMAND_MODULES = /^(?:click|rich_click|asyncclick|cloup|typer)(?:\.|$)/;

/** Decorators that call the function with what it is called with. */
export const TRANSPARENT_DECORATORS = new Set(
  'staticmethod classmethod property cached_property lru_cache cache wraps no_grad inference_mode contextmanager rank_zero_only override abstractmethod'.split(
    ' ',
  ),
);

/** Modules with which a program brings something over a network. */
export const CLIENT_MODULES =
  /^(?:requests|httpx|aiohttp|urllib3|urllib2|urllib\.request|wget|gdown|huggingface_hub|boto3|botocore|ftplib|paramiko|google\.cloud)(?:\.|$)/;

/** Paths on which other users or machines write. */
export const SHARED_PATH =
  /^(?:\/mnt|\/nfs|\/efs|\/shared|\/net|\/Volumes|\/gpfs|\/lustre|\/tmp|\/var\/tmp|\/dev\/shm|\\\\|\/\/)/;

/** What the text of a path says, or its beginning; `~` and `$` stand for what the environment says. */
export function originOfText(text: string): Kind {
  if (/^[~$]/.test(text)) return 'user';
  const scheme = /^([a-z][a-z\d+.-]{1,20}):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'file')
    return /^(?:s3a?|s3n|gs|gcs|az|abfss?|wasbs?|oss|hdfs|dbfs)$/.test(scheme) ? 'store' : 'network';
  return SHARED_PATH.test(text) ? 'store' : 'constant';
}
