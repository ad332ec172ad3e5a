/** The names that the inspection of source gives facts for. What is to be thought of them is the rules' business. */

/** One of these stands in every source that can reach a watched name, unless the name itself is put together. */
export const SOURCE_WORDS: readonly string[] = ['torch'];

/** Words without which no name can be put together out of parts; several of a row have to be there. */
export const DYNAMIC_WORDS: readonly (readonly string[])[] = [
  ['import_module'],
  ['__import__'],
  ['builtins'],
  ['sys', 'modules'],
];

const WATCHED = new Set([
  'torch.load',
  'torch.hub.load',
  'torch.hub.list',
  'torch.hub.help',
  'torch.hub.load_state_dict_from_url',
  'torch.hub.download_url_to_file',
  'torch.ops.load_library',
  'torch.classes.load_library',
  'torch.utils.cpp_extension.load',
  'torch.utils.cpp_extension.load_inline',
]);

/** The last parts of the watched names, and those that lead below one. */
export const WATCHED_LEAVES: readonly string[] = [
  'load',
  'list',
  'help',
  'load_state_dict_from_url',
  'load_url',
  'download_url_to_file',
  'load_library',
  'load_inline',
];
export const NAMESPACE_NAMES: readonly string[] = ['ops', 'classes'];
/** What finds a name by a text: the text may be put together. */
export const DYNAMIC_NAMES: readonly string[] = [
  'getattr',
  'import_module',
  '__import__',
  '__builtins__',
  'builtins',
  'modules',
  'vars',
  'globals',
  'locals',
  '__dict__',
];

/** Everything below them is watched as well: namespaces of operators and classes. */
const WATCHED_BELOW = ['torch.ops.', 'torch.classes.'];

/**
 * What a hubconf.py does beyond torch: PyTorch runs it for whoever lists, asks about or loads a model of the repository.
 * The last part may be anything below a name that ends in a full stop.
 */
const HUBCONF_WATCHED = new Set([
  'os.system',
  'os.popen',
  'os.startfile',
  'builtins.eval',
  'builtins.exec',
  'builtins.compile',
  'builtins.__import__',
  'importlib.import_module',
  'importlib.__import__',
  'importlib.reload',
  'importlib.util.spec_from_file_location',
  'importlib.machinery.SourceFileLoader',
  'urllib.urlopen',
  'urllib.urlretrieve',
  'urllib2.urlopen',
  'gdown.download',
  'gdown.cached_download',
  'gdown.download_folder',
  'wget.download',
  'huggingface_hub.hf_hub_download',
  'huggingface_hub.snapshot_download',
  'pip.main',
]);
const HUBCONF_BELOW: readonly string[] = [
  'subprocess.',
  'os.exec',
  'os.spawn',
  'os.posix_spawn',
  'pty.',
  'runpy.',
  'socket.',
  'ftplib.',
  'http.client.',
  'urllib.request.',
  'urllib3.',
  'requests.',
  'httpx.',
  'aiohttp.',
  'git.Repo.',
  'pip._internal.',
];

/** Names of one and the same thing. */
const SAME: readonly (readonly [string, string])[] = [
  ['torch.serialization.load', 'torch.load'],
  ['torch.utils.model_zoo.load_url', 'torch.hub.load_state_dict_from_url'],
  ['torch.utils.model_zoo.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
  ['torchvision._internally_replaced_utils.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
  ['torchvision.models.utils.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
];
const SAME_BELOW: readonly (readonly [string, string])[] = [
  ['torch._ops.ops.', 'torch.ops.'],
  ['torch._classes.classes.', 'torch.classes.'],
  // `import torch.load` does not exist, but a name that nothing binds is what it says.
  ['builtins.torch.', 'torch.'],
];

/** The name that the rules know it by. */
export function canonicalName(path: string): string {
  let name = path;
  for (let same = below(name); same !== null; same = below(name)) name = same;
  return SAME.find(([from]) => from === name)?.[1] ?? name;
}

function below(path: string): string | null {
  for (const [from, to] of SAME_BELOW) if (path.startsWith(from)) return to + path.slice(from.length);
  return null;
}

export function isWatched(name: string, inHubconf: boolean): boolean {
  if (WATCHED.has(name) || WATCHED_BELOW.some((prefix) => name.startsWith(prefix))) return true;
  return inHubconf && (HUBCONF_WATCHED.has(name) || HUBCONF_BELOW.some((prefix) => name.startsWith(prefix)));
}

/** Namespaces are named wherever they stand; other names only count where they are called or handed on. */
export function isNamespaceMember(name: string): boolean {
  return WATCHED_BELOW.some((prefix) => name.startsWith(prefix)) && !WATCHED.has(name);
}

/** `torch.ops.ns` of `torch.ops.ns.op.default`. */
export function namespaceOf(name: string): string {
  return name.split('.', 3).join('.');
}

/** Callables that look at a function and do not call it. */
const LOOKING = new Set(
  'callable isinstance issubclass hasattr getattr repr str id type print dir vars help hash'
    .split(' ')
    .map((name) => `builtins.${name}`),
);
/** Those that give back what they are given: it is followed from there. */
const FOLLOWED = new Set(['builtins.staticmethod', 'builtins.classmethod', 'functools.cache', 'typing.cast']);
const LOOKING_ELSEWHERE = new Set([
  'functools.wraps',
  'functools.update_wrapper',
  'functools.partial',
  'functools.partialmethod',
]);

export function onlyLooksAt(callee: string): boolean {
  return LOOKING.has(callee) || FOLLOWED.has(callee) || LOOKING_ELSEWHERE.has(callee) || callee.startsWith('inspect.');
}
