import type { SourceCallFact } from '../../model/source-fact.js';
import { isAlways, onlyText, passed } from './source-call.js';

/** What a call in a hubconf.py does that its reader has to know of. */
interface HubconfUse {
  readonly signal: string;
  readonly message: string;
}

type Kind = 'process' | 'code' | 'import' | 'download' | 'network';

const DOES: Readonly<Record<Kind, string>> = {
  process: 'starts a process',
  code: 'runs text as code',
  import: 'imports a name that is computed',
  download: 'downloads without a hash or a revision that would tell another file',
  network: 'opens a connection',
};

const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^(?:os\.(?:system|popen|startfile|exec|spawn|posix_spawn)|subprocess\.|pty\.|pip\.|runpy\.)/, 'process'],
  [/^builtins\.(?:eval|exec|compile)$/, 'code'],
  [/^(?:importlib\.|builtins\.__import__$)/, 'import'],
  [
    /^(?:torch\.hub\.download_url_to_file|huggingface_hub\.|gdown\.|wget\.|urllib\.request\.|urllib2?\.url|git\.)/,
    'download',
  ],
  [/^(?:requests|httpx|aiohttp|urllib3)\./, 'download'],
  [/^(?:socket|ftplib|http\.client)\./, 'network'],
];

/** Names of the modules above that do nothing by themselves. */
const HARMLESS =
  /^(?:subprocess\.(?:PIPE|DEVNULL|STDOUT|list2cmdline|\w+Error)|urllib\.request\.(?:Request|pathname2url|url2pathname|getproxies)|socket\.(?:gethostname|getfqdn|inet_\w+|hton\w|ntoh\w)|requests\.(?:exceptions|adapters|utils|codes|Request)\b.*|http\.client\.\w+Error|importlib\.(?:metadata|resources|util\.find_spec)\b.*)/;

/** The parameter that pins what is downloaded. */
function isPinned(fact: SourceCallFact): boolean {
  if (fact.target === 'torch.hub.download_url_to_file') {
    const hash = passed(fact, 'hash_prefix', 2);
    return hash.length > 0 && !hash.some(({ values }) => values.some((value) => value.kind === 'none'));
  }
  if (fact.target.startsWith('huggingface_hub.'))
    return /^[\da-f]{40}$/i.test(onlyText(passed(fact, 'revision')) ?? '');
  return (
    fact.target.startsWith('gdown.cached_download') &&
    !isAlways(passed(fact, 'md5'), false) &&
    passed(fact, 'md5').length > 0
  );
}

/** A module that is imported by a constant name is an import like any other. */
function importsConstant(fact: SourceCallFact): boolean {
  return /import(?:_module|__)$/.test(fact.target) && onlyText(passed(fact, 'name', 0)) !== null;
}

/** What a hubconf.py does beyond building models; null for anything else. */
export function inHubconf(fact: SourceCallFact): HubconfUse | null {
  const { role, target, when, scope } = fact;
  // PyTorch imports it as a module: what stands under `__name__ == "__main__"` never runs there.
  if (role !== 'hubconf' || when === 'main' || HARMLESS.test(target)) return null;
  const kind = KINDS.find(([names]) => names.test(target))?.[1];
  if (kind === undefined) return null;
  if ((kind === 'import' && importsConstant(fact)) || (kind === 'download' && isPinned(fact))) return null;
  const entry = scope.split('.', 1)[0] ?? '';
  const who =
    when === 'import'
      ? 'as soon as PyTorch imports it, to list its models as well as to load one'
      : entry.startsWith('_')
        ? `in ${scope}`
        : `when somebody loads the model ${entry}`;
  return {
    signal: `hubconf.py ${target}${when === 'import' ? ' on import' : ''}`,
    message: `This hubconf.py ${DOES[kind]} (${target}) ${who}.`,
  };
}
