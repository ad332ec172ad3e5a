import { SparseFile } from './double-files.js';
import { TOKEN, type HubDouble } from './hub-double.js';
import type { DESCRIBED } from './hub-description.js';

/** A request to the double and its answer. */
export interface Exchange {
  readonly which: keyof typeof DESCRIBED;
  readonly status: number;
  readonly headers: Headers;
  /** JSON, else text. */
  readonly body: unknown;
}

/** `collections.OrderedDict()` */
const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');
const SAFE = { status: 'safe', version: '1.2.3' };
const VERDICTS = {
  status: 'unsafe',
  avScan: SAFE,
  jFrogScan: { status: 'unsafe', message: 'found', reportLink: 'https://h.example/', reportLabel: 'report' },
  protectAiScan: { status: 'error' },
  pickleImportScan: { status: 'unsafe', pickleImports: [{ module: 'os', name: 'system', safety: 'dangerous' }] },
  virusTotalScan: { status: 'queued' },
};
/** What the double has for them: files of every kind, in models, datasets and spaces. */
const REPOSITORIES = ['org/described', 'datasets/org/described', 'spaces/org/described'];

/** Every request that the description has and the double answers, without faults. */
export async function exchanges(double: HubDouble): Promise<readonly Exchange[]> {
  double.pageSize = 3;
  const all: Exchange[] = [];
  for (const key of REPOSITORIES) {
    const large = new SparseFile();
    large.add(CLEAN);
    large.skip(11_000_000);
    const { commit } = double.add(key, {
      'config.json': '{}',
      'a/ü b#1.pkl': { content: SparseFile.of(CLEAN), lfs: true, security: VERDICTS },
      'a/b/c.txt': 'text',
      'a.bin': { content: large, lfs: true },
      'z.pkl': CLEAN,
    });
    all.push(...(await ofRepository(double, key, commit)));
  }
  return all;
}

async function ofRepository(double: HubDouble, key: string, commit: string): Promise<readonly Exchange[]> {
  const [kind, name] = key.startsWith('org/') ? ['models', key] : [key.slice(0, key.indexOf('/')), 'org/described'];
  const prefix = kind === 'models' ? '' : `${kind}/`;
  const api = `/api/${kind}/${name}`;
  const ask = (which: Exchange['which'], path: string, options: RequestInit = {}): Promise<Exchange> =>
    exchanged(which, new URL(path, double.endpoint), options);
  const all = [
    await ask('refs', `${api}/refs`),
    await ask('scan', `${api}/scan`),
    await ask('tree', `${api}/tree/main/a?recursive=true`),
    await ask('tree', `${api}/tree/${commit}?recursive=true&expand=true&limit=2`),
    await ask('resolve', `/${prefix}${name}/resolve/main/config.json`),
    await ask('resolve', `/${prefix}${name}/resolve/${commit}/a.bin`, { headers: { range: 'bytes=0-0' } }),
    await ask('resolveCache', `/api/resolve-cache/${kind}/${name}/${commit}/config.json`),
  ];
  for (const expand of [false, true]) {
    const paths = ['config.json', 'a/ü b#1.pkl', 'a.bin', 'a', 'none'];
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` };
    const body = JSON.stringify({ paths, expand });
    all.push(await ask('pathsInfo', `${api}/paths-info/${commit}`, { method: 'POST', headers, body }));
  }
  // All pages: each answer but the last names the next.
  for (let next: string | undefined = `${api}/tree/main?recursive=true`; next !== undefined;) {
    const page = await ask('tree', next);
    all.push(page);
    next = /^<([^<>]+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
  }
  return all;
}

async function exchanged(which: Exchange['which'], url: URL, options: RequestInit): Promise<Exchange> {
  const answer = await fetch(url, { redirect: 'manual', ...options });
  const { status, headers } = answer;
  const text = await answer.text();
  const isJson = headers.get('content-type') === 'application/json';
  return { which, status, headers, body: isJson ? (JSON.parse(text) as unknown) : text };
}
