// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.

export const SAME: readonly (readonly [string, string])[] = [
  ['torch.serialization.load', 'torch.load'],
  ['torch.utils.model_zoo.load_url', 'torch.hub.load_state_dict_from_url'],
  ['torch.utils.model_zoo.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
  ['torchvision._internally_replaced_utils.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
  ['torchvision.models.utils.load_state_dict_from_url', 'torch.hub.load_state_dict_from_url'],
];

export const SAME_BELOW: readonly (readonly [string, string])[] = [
  ['torch._ops.ops.', 'torch.ops.'],
  ['torch._classes.classes.', 'torch.classes.'],
  ['builtins.torch.', 'torch.'],
];

export const SOURCE_WORDS: readonly string[] = 'torch'.split(' ');
export const WATCHED: ReadonlySet<string> = new Set('torch.load torch.hub.load torch.hub.list torch.hub.help torch.hub.load_state_dict_from_url torch.hub.download_url_to_file torch.ops.load_library torch.classes.load_library torch.utils.cpp_extension.load torch.utils.cpp_extension.load_inline'.split(' '));
export const WATCHED_BELOW: readonly string[] = 'torch.ops. torch.classes.'.split(' ');
export const WATCHED_LEAVES: readonly string[] = 'load list help load_state_dict_from_url load_url download_url_to_file load_library load_inline'.split(' ');
export const NAMESPACE_NAMES: readonly string[] = 'ops classes'.split(' ');
export const DYNAMIC_NAMES: readonly string[] = 'getattr import_module __import__ __builtins__ builtins modules vars globals locals __dict__'.split(' ');
export const HUBCONF_WATCHED: ReadonlySet<string> = new Set('os.system os.popen os.startfile builtins.eval builtins.exec builtins.compile builtins.__import__ importlib.import_module importlib.__import__ importlib.reload importlib.util.spec_from_file_location importlib.machinery.SourceFileLoader urllib.urlopen urllib.urlretrieve urllib2.urlopen gdown.download gdown.cached_download gdown.download_folder wget.download huggingface_hub.hf_hub_download huggingface_hub.snapshot_download pip.main'.split(' '));
export const HUBCONF_BELOW: readonly string[] = 'subprocess. os.exec os.spawn os.posix_spawn pty. runpy. socket. ftplib. http.client. urllib.request. urllib3. requests. httpx. aiohttp. git.Repo. pip._internal.'.split(' ');
export const LOOKING: ReadonlySet<string> = new Set('builtins.callable builtins.isinstance builtins.issubclass builtins.hasattr builtins.getattr builtins.repr builtins.str builtins.id builtins.type builtins.print builtins.dir builtins.vars builtins.help builtins.hash functools.wraps functools.update_wrapper functools.partial functools.partialmethod'.split(' '));
export const FOLLOWED: ReadonlySet<string> = new Set('builtins.staticmethod builtins.classmethod functools.cache typing.cast'.split(' '));
