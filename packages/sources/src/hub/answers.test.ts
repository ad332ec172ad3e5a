import { describe, expect, test } from 'vitest';
import { HttpClient, type HttpAnswer } from '../http/client.js';
import type { TransportRequest } from '../http/transport.js';
import { MAX_ERROR_BYTES, MAX_LISTED, MAX_PAGES, MAX_VERDICTS } from '../model/limits.js';
import type { SourceContext } from '../source.js';
import { hubAddressOfUrl, type HubAddress } from './address.js';
import { HubApi } from './api.js';
import { readEntry } from './entries.js';
import { hubError, type Asked } from './errors.js';
import { HubFile } from './file.js';
import { listFiles } from './listing.js';
import { openHub } from './open.js';
import { verdictNotes } from './verdicts.js';

const ASKED: Asked = { repository: 'org/m', revision: 'main', path: '', hasToken: false };
const ADDRESS: HubAddress = { kind: 'models', repository: 'org/m', revision: 'main', path: '' };
const SHA = 'a'.repeat(40);
const SIGNAL = new AbortController().signal;

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, everything else as JSON. */
  readonly body?: unknown;
}

/** The Hub as a function of what it is asked. */
function hub(answer: (request: TransportRequest, count: number) => Reply, token: string | null = null) {
  const asked: TransportRequest[] = [];
  const client = new HttpClient({
    sleep: async () => undefined,
    transport: {
      async send(request) {
        asked.push(request);
        const { status = 200, headers = {}, body = '' } = answer(request, asked.length);
        const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
        return {
          status,
          header: (name) => headers[name] ?? null,
          body: (async function* all() {
            yield bytes;
          })(),
          close: () => undefined,
        };
      },
    },
  });
  const context: SourceContext = {
    client,
    variable: (name) => (name === 'HF_TOKEN' ? (token ?? undefined) : undefined),
    readText: () => null,
    signal: SIGNAL,
  };
  return { asked, context, api: new HubApi(context, new URL('https://huggingface.co'), token) };
}

function errorAnswer(status: number, headers: Readonly<Record<string, string>>, chunks: readonly string[]): HttpAnswer {
  return {
    status,
    url: new URL('https://huggingface.co/x'),
    header: (name) => headers[name] ?? null,
    body: (async function* all() {
      for (const chunk of chunks) yield new TextEncoder().encode(chunk);
    })(),
  };
}

describe('an error in the words of the Hub', () => {
  const of = async (
    status: number,
    headers: Readonly<Record<string, string>>,
    chunks: readonly string[],
    asked = ASKED,
  ) =>
    `${(await hubError(errorAnswer(status, headers, chunks), asked)).code}: ${(await hubError(errorAnswer(status, headers, chunks), asked)).message}`;

  test.each<readonly [number, Readonly<Record<string, string>>, readonly string[], Partial<Asked>, string]>([
    [401, {}, [], {}, 'unauthorized: org/m does not exist, or it is private and it needs a token (HF_TOKEN) (401)'],
    [
      401,
      {},
      [],
      { hasToken: true },
      'unauthorized: org/m does not exist, or it is private and the token does not open it (401)',
    ],
    [403, {}, [], {}, 'unauthorized: org/m: access is forbidden (403)'],
    [
      403,
      {},
      ['<Error><Code>No</Code> way</Error>'],
      { path: 'a.bin' },
      'unauthorized: org/m/a.bin: access is forbidden (403): No way',
    ],
    [500, { 'x-error-message': 'sorry' }, ['not this'], {}, 'status: org/m: the server answers with status 500: sorry'],
    [
      404,
      { 'x-error-code': 'RepoNotFound', 'x-request-id': 'r1' },
      [],
      {},
      'not-found: org/m does not exist, or it is private and it needs a token (HF_TOKEN) (RepoNotFound) (request r1)',
    ],
    [404, { 'x-error-code': 'RevisionNotFound' }, [], {}, 'not-found: org/m has no revision main (RevisionNotFound)'],
    [
      404,
      { 'x-error-code': 'EntryNotFound' },
      [],
      { path: 'a' },
      'not-found: org/m has no a at revision main (EntryNotFound)',
    ],
    [
      403,
      { 'x-error-code': 'GatedRepo' },
      [],
      {},
      'gated: org/m is gated: its conditions have to be accepted on its page, and HF_TOKEN has to be set to a token of the user who did (GatedRepo)',
    ],
    [
      403,
      { 'x-error-code': 'GatedRepo' },
      [],
      { hasToken: true },
      'gated: org/m is gated: its conditions have to be accepted on its page, and the token given is not one of a user who did (GatedRepo)',
    ],
    [
      403,
      { 'x-error-message': 'Access to this resource is disabled.' },
      [],
      {},
      'disabled: org/m is disabled: the Hub gives no access to it',
    ],
  ])('%i %j %j', async (status, headers, chunks, asked, expected) => {
    expect(await of(status, headers, chunks, { ...ASKED, ...asked })).toBe(expected);
  });

  test('a body without an end is read no further than it is shown', async () => {
    let read = 0;
    const endless = errorAnswer(500, {}, []);
    const body = (async function* all() {
      for (; read < 1000; read += 1) yield new TextEncoder().encode('a'.repeat(1024));
    })();
    const error = await hubError({ ...endless, body }, ASKED);
    expect(read).toBe(MAX_ERROR_BYTES / 1024);
    expect(error.message).toBe(`org/m: the server answers with status 500: ${'a'.repeat(200)}…`);
  });
});

test('pages of the site are no repositories', () => {
  const of = (path: string) => hubAddressOfUrl(new URL(`https://huggingface.co${path}`), () => undefined)?.repository;
  for (const page of ['api', 'blog', 'chat', 'collections', 'docs', 'join', 'learn', 'login', 'papers', 'posts'])
    expect(of(`/${page}/x`)).toBeUndefined();
  expect(of('/org/m')).toBe('org/m');
  // A dataset may be called so.
  expect(of('/datasets/blog/x')).toBe('blog/x');
});

test.each([
  [0, 0],
  [-1, null],
  [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
])('an entry of %i bytes', (size, expected) => {
  const entry = readEntry({ type: 'file', path: 'a', size }, '');
  expect(entry !== null && 'size' in entry ? entry.size : null).toBe(expected);
});

describe('what is asked', () => {
  test('the token goes with it, and escaped parts', async () => {
    const { api, asked } = hub(() => ({ body: { a: 1 } }), 'hf_x');
    const url = api.apiUrl({ ...ADDRESS, kind: 'datasets' }, ['tree', 'refs/pr/1', 'a b?#']);
    expect((await api.json({ url }, ASKED)).value).toEqual({ a: 1 });
    expect(asked[0]?.url.href).toBe('https://huggingface.co/api/datasets/org/m/tree/refs%2Fpr%2F1/a%20b%3F%23');
    expect(asked[0]?.headers['authorization']).toBe('Bearer hf_x');
    const without = hub(() => ({ body: {} }));
    await without.api.json({ url }, ASKED);
    expect(without.asked[0]?.headers).not.toHaveProperty('authorization');
    expect([
      api.fileUrl(ADDRESS, SHA, 'x/y').pathname,
      api.fileUrl({ ...ADDRESS, kind: 'spaces' }, SHA, 'x').pathname,
    ]).toEqual([`/org/m/resolve/${SHA}/x/y`, `/spaces/org/m/resolve/${SHA}/x`]);
    expect([api.asked(ADDRESS), api.asked({ ...ADDRESS, kind: 'datasets', revision: null }, 'p')]).toEqual([
      { repository: 'org/m', revision: 'main', path: '', hasToken: true },
      { repository: 'datasets/org/m', revision: 'main', path: 'p', hasToken: true },
    ]);
  });

  test.each([
    [{ body: 'no json' }, 'org/m: the Hub answers with no JSON'],
    [{ status: 206, body: {} }, 'org/m: the server answers with status 206: {}'],
    [{ headers: { 'content-encoding': 'gzip' }, body: {} }, 'it answers in the coding gzip'],
  ])('an answer %j is an error', async (reply, message) => {
    const { api } = hub(() => reply);
    await expect(api.json({ url: new URL('https://huggingface.co/api') }, ASKED)).rejects.toThrow(message);
  });
});

describe('a repository that is opened', () => {
  const open = (body: unknown, address = 'hf://org/m') => openHub(address, hub(() => ({ body })).context);

  test.each([
    [{ sha: SHA }, [], `hf://org/m@${SHA}`],
    [{ sha: SHA, id: 'Org/M' }, [], `hf://org/m@${SHA}`],
    [{ sha: 'b'.repeat(64), disabled: false }, [], `hf://org/m@${'b'.repeat(64)}`],
    [{ sha: SHA, id: 'new/m' }, ['org/m is called new/m now: the Hub redirects to it.'], `hf://new/m@${SHA}`],
  ])('%j', async (body, notes, pinned) => {
    const source = await open(body);
    expect([source.notes, source.pinned]).toEqual([notes, pinned]);
  });

  test.each([
    [{ sha: SHA, disabled: true }, 'disabled', 'org/m is disabled: the Hub gives no access to it'],
    [{ sha: 'main' }, 'bad-answer', 'org/m: the Hub answers with no commit for main'],
    [{ sha: 5 }, 'bad-answer', 'org/m: the Hub answers with no commit for main'],
    [{}, 'bad-answer', 'org/m: the Hub answers with no commit for main'],
    [[], 'bad-answer', 'org/m: the Hub answers with no repository'],
    [5, 'bad-answer', 'org/m: the Hub answers with no repository'],
    [{ sha: 'a'.repeat(39) }, 'bad-answer', 'org/m: the Hub answers with no commit for main'],
    [{ sha: SHA, id: '../x' }, 'bad-answer', 'org/m: the Hub calls it ../x'],
  ])('%j is %s', async (body, code, message) => {
    await expect(open(body)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test('nothing is asked where the Hub is switched off', async () => {
    const { context, asked } = hub(() => ({}));
    const offline = { ...context, variable: (name: string) => (name === 'HF_HUB_OFFLINE' ? '1' : undefined) };
    await expect(openHub('hf://org/m', offline)).rejects.toMatchObject({ code: 'offline' });
    expect(asked).toEqual([]);
  });
});

describe('a listing', () => {
  const entry = (path: string) => ({ type: 'file', path, size: 1 });

  test('a name that comes twice is a problem, and what is refused may come again', async () => {
    const { api } = hub(() => ({
      body: [
        entry('a'),
        entry('b'),
        entry('a'),
        { type: 'x', path: 'b' },
        { type: 'x', path: 'c' },
        { type: 'x', path: 'c' },
      ],
    }));
    const { items, problem } = await listFiles(api, ADDRESS, SIGNAL);
    expect(problem).toBeNull();
    expect(items.map((item) => ('reason' in item ? `${item.path}: ${item.reason}` : item.path))).toEqual([
      'a',
      'b',
      'a: the listing names it twice',
      'b: the listing says that it is neither a file nor a folder',
      'c: the listing says that it is neither a file nor a folder',
      'c: the listing says that it is neither a file nor a folder',
    ]);
  });

  test('one file, one folder, and what is not there', async () => {
    const of = async (info: unknown) => {
      const { api, asked } = hub((request) => ({ body: request.method === 'POST' ? info : [entry('x/a')] }));
      const { items, problem } = await listFiles(api, { ...ADDRESS, path: 'x' }, SIGNAL);
      return [items.map(({ path }) => path), problem?.code ?? null, asked.length];
    };
    expect(await of([entry('x')])).toEqual([['x'], null, 1]);
    expect(await of([{ type: 'directory', path: 'x' }])).toEqual([['x/a'], null, 2]);
    expect(await of([])).toEqual([[], 'not-found', 1]);
    expect(await of({})).toEqual([[], 'bad-answer', 1]);
  });

  test('its pages are followed on the same server, once', async () => {
    const of = async (link: (count: number) => string | null) => {
      const { api, asked } = hub((_request, count) => {
        const next = link(count);
        return { body: [entry(`f${count}`)], ...(next === null ? {} : { headers: { link: next } }) };
      });
      const { items, problem } = await listFiles(api, ADDRESS, SIGNAL);
      return [items.length, problem?.message ?? null, asked.length];
    };
    expect(await of((count) => (count < 3 ? `<?cursor=${count}>; rel="next"` : null))).toEqual([3, null, 3]);
    expect(await of(() => '<?cursor=1>; rel="next"')).toEqual([
      2,
      'org/m: the Hub answers with a listing whose pages lead in a circle',
      2,
    ]);
    expect(await of(() => '<https://x.example/>; rel="next"')).toEqual([
      1,
      'org/m: the Hub answers with a listing that goes on at another server',
      1,
    ]);
    expect(await of(() => '<http://[>; rel="next"')).toEqual([1, 'the next page of a listing has no address', 1]);
    expect(await of((count) => `<?cursor=${count}>; rel="next"`)).toEqual([
      MAX_PAGES,
      `org/m: more than ${MAX_PAGES} pages`,
      MAX_PAGES,
    ]);
  });

  test('as many files as are listed, and not one more', async () => {
    const all = Array.from({ length: MAX_LISTED / 100 }, (_, i) => entry(`f${i}`));
    const of = async (more: readonly unknown[]) => {
      let page = 0;
      const { api } = hub(() => {
        page += 1;
        const body = page <= 100 ? all.map((one) => ({ ...one, path: `${page}/${one.path}` })) : more;
        return page <= 100 ? { body, headers: { link: `<?cursor=${page}>; rel="next"` } } : { body };
      });
      const { items, problem } = await listFiles(api, ADDRESS, SIGNAL);
      return [items.length, problem?.code ?? null];
    };
    expect(await of([])).toEqual([MAX_LISTED, null]);
    expect(await of([{ type: 'directory', path: 'd' }])).toEqual([MAX_LISTED, null]);
    expect(await of([entry('one')])).toEqual([MAX_LISTED, 'limit']);
  });
});

describe('the first answer of a file', () => {
  const file = { path: 'a.bin', size: 5, sha256: 'c'.repeat(64) };
  const get = (headers: Readonly<Record<string, string>>, status = 200) => {
    const { api, asked } = hub((request) =>
      request.url.pathname.includes('/resolve/') ? { status, headers, body: 'bytes' } : { status: 403 },
    );
    const all = new HubFile(api, ADDRESS, SHA, file).get({}, undefined, async (answer) => answer.status);
    return { all, asked };
  };

  test.each([
    [{ 'x-repo-commit': 'b'.repeat(40) }, 'another commit'],
    [{ 'x-linked-size': '6' }, 'another size'],
    [{ 'x-linked-etag': `"${'d'.repeat(64)}"` }, 'another SHA-256'],
  ])('%j is one of another state', async (headers, what) => {
    await expect(get(headers).all).rejects.toMatchObject({
      code: 'changed',
      message: `org/m/a.bin: the Hub answers with ${what} than it listed`,
    });
  });

  test.each([[{}], [{ 'x-repo-commit': SHA, 'x-linked-size': '5', 'x-linked-etag': `W/"${'c'.repeat(64)}"` }]])(
    '%j is that of the listing',
    async (headers) => {
      expect(await get(headers).all).toBe(200);
    },
  );

  test('a signed address that is refused is asked for once more, and then said to be forbidden', async () => {
    const { all, asked } = get({ location: 'https://storage.example/signed' }, 302);
    await expect(all).rejects.toMatchObject({ code: 'unauthorized' });
    expect(asked.map(({ url }) => url.pathname.split('/')[1])).toEqual(['org', 'signed', 'org', 'signed']);
  });
});

describe('verdicts of the Hub', () => {
  const files = (...paths: readonly string[]) => paths.map((path) => ({ path, size: 1, sha256: null }));
  const notes = (body: unknown, given = files('a.bin')) => {
    const { api, asked } = hub(() => ({ body }));
    return verdictNotes(api, ADDRESS, given, SIGNAL).then((found) => ({ found, asked: asked.length }));
  };
  const info = (path: string, status: string, more: object = {}) => ({ path, securityFileStatus: { status, ...more } });

  test('are asked of what is no text or picture', async () => {
    expect(await notes([], files('a.md', 'b.json', 'c.PNG', '.gitattributes', 'd.yaml', 'e.jpeg'))).toEqual({
      found: [],
      asked: 0,
    });
    expect((await notes([], files('a.md', 'b.bin'))).asked).toBe(1);
  });

  test('are counted, and what is not quiet is said with its scanners', async () => {
    const { found } = await notes([
      info('a', 'safe'),
      info('b', 'safe'),
      info('c', 'unscanned'),
      info('d', 'unsafe', {
        avScan: { status: 'found', version: '1.2' },
        pickleScan: { status: 'ok' },
        x: { status: 'y' },
        zScan: 5,
      }),
      info('e', 'suspicious'),
      { path: 'f' },
      { path: 5, securityFileStatus: { status: 'unsafe' } },
      'none',
    ]);
    expect(found).toEqual([
      "The Hub's own scan verdicts (evidence, no clearance): safe 2, unscanned 1, unsafe 1, suspicious 1.",
      "The Hub's own verdict on d: unsafe (av 1.2 found, pickle ok).",
      "The Hub's own verdict on e: suspicious.",
    ]);
    expect((await notes([{ path: 'a' }])).found).toEqual([]);
  });

  test('twenty files are named, and so many scanners', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => info(`f${i}`, 'unsafe'));
    expect((await notes(many(20))).found).toHaveLength(21);
    expect((await notes(many(23))).found.at(-1)).toBe('3 more files have such a verdict.');
    expect((await notes(many(23))).found).toHaveLength(22);
    const scans = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`s${i}Scan`, { status: 'x' }]));
    expect((await notes([info('a', 'unsafe', scans)])).found[1]?.split(',')).toHaveLength(10);
  });

  test('are asked of so many files, and what is left is said', async () => {
    const many = (count: number) => files(...Array.from({ length: count }, (_, i) => `f${i}`));
    expect((await notes([], many(MAX_VERDICTS))).found).toEqual([]);
    expect((await notes([], many(MAX_VERDICTS + 2))).found).toEqual([
      'The Hub was not asked for its verdicts on 2 more files.',
    ]);
  });

  test('that cannot be had are a note; a run that was ended ends', async () => {
    expect((await notes({})).found).toEqual([
      "The Hub's own scan verdicts could not be read: org/m: the Hub answers with paths that are none",
    ]);
    const ended = new AbortController();
    ended.abort(new Error('over'));
    await expect(verdictNotes(hub(() => ({})).api, ADDRESS, files('a.bin'), ended.signal)).rejects.toMatchObject({
      code: 'aborted',
    });
  });
});

test('a dataset that is called otherwise is said to be', async () => {
  const source = await openHub('hf://datasets/org/m', hub(() => ({ body: { sha: SHA, id: 'new/m' } })).context);
  expect([source.pinned, source.notes]).toEqual([
    `hf://datasets/new/m@${SHA}`,
    ['org/m is called new/m now: the Hub redirects to it.'],
  ]);
});

describe('a file behind its address', () => {
  const LFS = { path: 'a.bin', size: 5, sha256: null };
  const BEHIND = 'https://storage.example/signed';
  const read = (file: HubFile) => file.get({}, undefined, async (answer) => answer.status);

  test.each([200, 206, 412, 416])('%i is taken, from either address', async (status) => {
    const direct = hub(() => ({ status }));
    expect(await read(new HubFile(direct.api, ADDRESS, SHA, LFS))).toBe(status);
    const behind = hub(({ url }) =>
      url.origin === 'https://huggingface.co' ? { status: 302, headers: { location: BEHIND } } : { status },
    );
    expect(await read(new HubFile(behind.api, ADDRESS, SHA, LFS))).toBe(status);
  });

  test.each([201, 404])('%i is an error', async (status) => {
    const { api } = hub(() => ({ status }));
    await expect(read(new HubFile(api, ADDRESS, SHA, LFS))).rejects.toMatchObject({ code: expect.any(String) });
  });

  test('the address is found once, for those as well that ask meanwhile; the token stays with the Hub', async () => {
    const { api, asked } = hub(
      ({ url }) => (url.origin === 'https://huggingface.co' ? { status: 302, headers: { location: BEHIND } } : {}),
      'hf_x',
    );
    const file = new HubFile(api, ADDRESS, SHA, LFS);
    expect(await Promise.all([read(file), read(file), read(file)])).toEqual([200, 200, 200]);
    expect(await read(file)).toBe(200);
    expect(asked.map(({ url }) => url.pathname).toSorted()).toEqual([
      `/org/m/resolve/${SHA}/a.bin`,
      '/signed',
      '/signed',
      '/signed',
      '/signed',
    ]);
    expect(new Set(asked.map(({ url, headers }) => `${url.origin} ${headers['authorization']}`))).toEqual(
      new Set(['https://huggingface.co Bearer hf_x', 'https://storage.example undefined']),
    );
  });

  test('behind the same server the token goes with it', async () => {
    const location = 'https://huggingface.co/signed';
    const { api, asked } = hub(
      ({ url }) => (url.pathname === '/signed' ? {} : { status: 302, headers: { location } }),
      'hf_x',
    );
    await read(new HubFile(api, ADDRESS, SHA, LFS));
    expect(asked.map(({ headers }) => headers['authorization'])).toEqual(['Bearer hf_x', 'Bearer hf_x']);
  });

  test('the SHA-256 is that of the listing, else that of the first answer where it is one', async () => {
    const claimed = async (etag: string, sha256: string | null) => {
      const { api } = hub(() => ({ headers: { 'x-linked-etag': etag } }));
      const file = new HubFile(api, ADDRESS, SHA, { ...LFS, sha256 });
      await read(file);
      return file.claimedSha256;
    };
    expect(await claimed(`"${'c'.repeat(64)}"`, null)).toBe('c'.repeat(64));
    expect(await claimed(`"${'c'.repeat(40)}"`, null)).toBeNull();
    expect(await claimed(`"${'c'.repeat(64)}"`, 'c'.repeat(64))).toBe('c'.repeat(64));
    expect(new HubFile(hub(() => ({})).api, { ...ADDRESS, kind: 'spaces' }, SHA, LFS).shown).toBe('spaces/org/m/a.bin');
  });
});
