import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openSource } from '@artifact-sentinel/sources';
import { SparseFile } from '../../test/double-files.js';
import { sendRange, TOKEN, type Asked } from '../../test/hub-double.js';
import { CLEAN, SourceKit, sourceErrorOf, SYSTEM } from '../../test/source-kit.js';

const kit = new SourceKit();
const TOO_LARGE_FOR_ONE_READ = 3_000_000;

/** A repository with one file behind LFS and a plain one with a finding. */
function add(): void {
  const file = new SparseFile();
  file.add(CLEAN);
  file.skip(TOO_LARGE_FOR_ONE_READ);
  kit.double.add('org/model', {
    'a.pkl': { content: file, lfs: true },
    'b.pkl': SYSTEM,
  });
}

const isCdn = ({ origin }: Asked): boolean => origin === 'cdn';

describe('what a storage does wrong leaves one file incomplete, and the others are reported', () => {
  const cases: readonly (readonly [string, (asked: Asked, response: ServerResponse) => void, RegExp])[] = [
    ['it hangs up', (_asked, response) => response.destroy(), /cannot be read: .*(?:hang up|reset|closed)/],
    ['it never answers', () => {}, /it does not answer/],
    [
      'it stops in the middle',
      (_asked, response) =>
        response
          .writeHead(206, {
            'content-length': 65_536,
            'content-range': `bytes 0-65535/${TOO_LARGE_FOR_ONE_READ + CLEAN.length}`,
          })
          .write('x'),
      /it does not answer/,
    ],
    [
      'it cuts the answer',
      (_asked, response) => {
        response.writeHead(206, {
          'content-length': 65_536,
          'content-range': `bytes 0-65535/${TOO_LARGE_FOR_ONE_READ + CLEAN.length}`,
        });
        response.write('x', () => response.destroy());
      },
      /cannot be read: .*aborted/,
    ],
    [
      'it sends another range',
      (_asked, response) => response.writeHead(206, { 'content-range': 'bytes 5-9/100' }).end('abcde'),
      /another range/,
    ],
    ['it sends no Content-Range', (_asked, response) => response.writeHead(206).end('abcde'), /another range/],
    [
      'it announces another length',
      (_asked, response) =>
        response
          .writeHead(206, {
            'content-length': 3,
            'content-range': `bytes 0-65535/${TOO_LARGE_FOR_ONE_READ + CLEAN.length}`,
          })
          .end('abc'),
      /bytes were asked for, the server sends 3/,
    ],
    [
      'it sends more than it says',
      (_asked, response) => {
        response.writeHead(206, { 'content-range': `bytes 0-65535/${TOO_LARGE_FOR_ONE_READ + CLEAN.length}` });
        const more = (): void => {
          if (!response.destroyed) response.write(new Uint8Array(65_536), more);
        };
        more();
      },
      /more than \d+ bytes/,
    ],
    [
      'it says that the file is smaller',
      (asked, response) => sendRange(asked, response, SparseFile.of(new Uint8Array(70_000))),
      /changed while it was read/,
    ],
    [
      'it sends a whole file of another size',
      (_asked, response) => response.writeHead(200, { 'content-length': 5 }).end('abcde'),
      /changed while it was read/,
    ],
    [
      'it packs the answer',
      (_asked, response) => response.writeHead(206, { 'content-encoding': 'gzip' }).end('abc'),
      /in the coding gzip/,
    ],
    ['it has nothing there', (_asked, response) => response.writeHead(416).end(), /changed while it was read/],
    [
      'it refuses',
      (_asked, response) => response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>'),
      /access is forbidden \(403\): AccessDenied/,
    ],
    ['it has lost the file', (_asked, response) => response.writeHead(404).end(), /does not exist \(404\)/],
    ['it fails', (_asked, response) => response.writeHead(500).end(), /status 500/],
    ['it is overloaded', (_asked, response) => response.writeHead(503, { 'retry-after': '9999' }).end(), /status 503/],
    [
      'it lets nothing through',
      (_asked, response) => response.writeHead(429, { 'retry-after': '9999' }).end(),
      /rate limit/,
    ],
    [
      'it leads to the metadata of a cloud',
      (_asked, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(),
      /org\/model\/a\.pkl redirects to http:\/\/169\.254\.169\.254\/latest\/: .*link-local or metadata/,
    ],
    [
      'it leads to a file',
      (_asked, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      /a redirect to the scheme file/,
    ],
    ['it leads nowhere', (_asked, response) => response.writeHead(302).end(), /a redirect without an address/],
    [
      'it leads in a circle',
      (_asked, response) => response.writeHead(302, { location: `${kit.double.cdn}/again` }).end(),
      /more than 10 redirects/,
    ],
  ];
  test.each(cases)('%s', async (_what, answer, reason) => {
    add();
    kit.double.fault = (asked, response) => {
      if (!isCdn(asked)) return false;
      answer(asked, response);
      return true;
    };
    const report = await kit.report('hf://org/model', kit.context({ idleMs: 100 }));
    expect(report.verdict).toBe('fail');
    expect(report.findings.map(({ artifact }) => artifact.replace(/.*\//, ''))).toEqual(['b.pkl']);
    expect(report.incomplete.map(({ path }) => path.replace(/.*\//, ''))).toContain('a.pkl');
    expect(report.incomplete[0]?.reason).toMatch(reason);
    expect(JSON.stringify(report)).not.toMatch(/Signature|Expires=/);
  });

  test('it breaks three times and answers then', async () => {
    add();
    let left = 3;
    kit.double.fault = (asked, response) => {
      if (!isCdn(asked) || left === 0) return false;
      left -= 1;
      if (left === 0) response.writeHead(503).end();
      else response.destroy();
      return true;
    };
    expect(await kit.report('hf://org/model')).toMatchObject({ incomplete: [] });
  });

  test('a signed address that expires is found once more', async () => {
    add();
    kit.double.signedMs = -1;
    let expired = 0;
    kit.double.fault = (asked) => {
      if (!isCdn(asked)) return false;
      expired += 1;
      if (expired === 1) kit.double.signedMs = 60_000;
      return false;
    };
    expect(await kit.report('hf://org/model')).toMatchObject({ incomplete: [] });
    expect(kit.double.asked.filter(isCdn).map(({ status }) => status)[0]).toBe(403);
  });

  test('a server that ignores ranges gives a small file whole, and a large one not at all', async () => {
    add();
    const ignoring = new SparseFile();
    ignoring.skip(40_000_000);
    kit.double.add('org/large', { 'a.pkl': { content: ignoring, lfs: true } });
    kit.double.fault = (asked) => {
      if (isCdn(asked)) delete asked.headers.range;
      return false;
    };
    const small = await kit.report('hf://org/model');
    expect(small.incomplete).toEqual([]);
    const sent = kit.double.bytes;
    const large = await kit.report('hf://org/large');
    expect(large.incomplete[0]?.reason).toMatch(/the server ignores ranges/);
    expect(kit.double.bytes - sent).toBeLessThan(30_000_000);
  });

  test('a file that changes in the middle of a scan is incomplete', async () => {
    add();
    let count = 0;
    kit.double.fault = (asked, response) => {
      if (!isCdn(asked)) return false;
      count += 1;
      if (count > 1) response.setHeader('etag', `"other"`);
      if (count > 1) {
        const changed = new SparseFile();
        changed.skip(TOO_LARGE_FOR_ONE_READ + CLEAN.length);
        sendRange(asked, response, changed);
        return true;
      }
      return false;
    };
    const report = await kit.report('hf://org/model');
    expect(report.incomplete[0]?.reason).toMatch(/it changed while it was read/);
  });
});

describe('repositories that cannot be read say why', () => {
  test.each([
    ['hf://org/none', /org\/none does not exist, or it is private and it needs a token \(HF_TOKEN\).*request Root=1-/],
    ['hf://org/model@nope', /org\/model has no revision nope \(RevisionNotFound\)/],
    ['hf://org/model/none.bin', /org\/model has no none\.bin at revision/],
    ['hf://org/disabled', /org\/disabled is disabled: the Hub gives no access to it/],
    ['hf://org', /does not exist/],
    ['hf://../x', /names no repository/],
    ['hf://org/model@', /its revision has empty parts/],
    ['hf://org/model@main/../x', /its path has empty parts/],
    ['ftp://host/x', /sources at ftp:\/\/ are not known/],
    ['https://user:secret@host/x', /an address with a password/],
  ])('%s', async (address, words) => {
    add();
    kit.double.add('org/disabled', {}).disabled = true;
    const error = await sourceErrorOf(listed(address));
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain('secret');
  });

  test('a token opens what is private, and goes to no other server', async () => {
    kit.double.add('org/private', {
      'a.pkl': { content: SparseFile.of(SYSTEM), lfs: true },
      'b.pkl': CLEAN,
    }).isPrivate = true;
    const context = kit.context({}, { HF_TOKEN: TOKEN });
    const report = await kit.report('hf://org/private', context);
    expect(report.artifacts).toHaveLength(2);
    expect(report.findings).toHaveLength(1);
    const [api, cdn] = [false, true].map((from) => kit.double.asked.filter((asked) => isCdn(asked) === from));
    expect(new Set(api?.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${TOKEN}`]));
    expect(new Set(cdn?.map(({ headers }) => headers.authorization))).toEqual(new Set([undefined]));
    expect(JSON.stringify(report)).not.toContain(TOKEN);
    const wrong = await sourceErrorOf(listed('hf://org/private', { HF_TOKEN: 'hf_wrong' }));
    expect(wrong.message).toMatch(/the token does not open it/);
    expect(wrong.message).not.toContain('hf_wrong');
  });

  test('files of a gated repository are incomplete, each with the reason', async () => {
    kit.double.add('org/gated', { 'a.pkl': CLEAN }).gated = true;
    const report = await kit.report('hf://org/gated');
    expect(report.verdict).toBe('incomplete');
    expect(report.incomplete[0]?.reason).toMatch(/org\/gated is gated: its conditions have to be accepted/);
  });

  test('a renamed repository is read under its new name, and that is said', async () => {
    kit.double.add('org/new', { 'a.pkl': SYSTEM });
    kit.double.add('org/old', {}).renamedTo = 'org/new';
    const context = kit.context();
    const source = await openSource('hf://org/old', context);
    expect(source.pinned).toMatch(/^hf:\/\/org\/new@[0-9a-f]{40}$/);
    expect(source.notes).toEqual(['org/old is called org/new now: the Hub redirects to it.']);
  });
});

describe('listings', () => {
  test('are followed over all pages', async () => {
    kit.double.pageSize = 7;
    kit.double.add(
      'org/many',
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`d${i % 3}/f${i}.pkl`, CLEAN])),
    );
    expect(await listed('hf://org/many')).toHaveLength(40);
    expect(await listed('hf://org/many/d1')).toHaveLength(13);
    expect(await listed('hf://org/many/d1/f1.pkl')).toHaveLength(1);
  });

  test('what came before a page that fails stands, and the run is incomplete', async () => {
    kit.double.pageSize = 7;
    kit.double.add('org/many', Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`f${i}.pkl`, CLEAN])));
    kit.double.fault = (asked, response) => {
      if (asked.query.get('cursor') !== '14') return false;
      response.writeHead(500).end();
      return true;
    };
    const names: string[] = [];
    const error = await sourceErrorOf(
      (async () => {
        for await (const entry of (await openSource('hf://org/many', kit.context())).list(new AbortController().signal))
          names.push(entry.name);
      })(),
    );
    expect(names).toHaveLength(14);
    expect(error.message).toMatch(/status 500/);
  });

  test.each([
    ['another server', (next: URL) => `<http://127.0.0.2:1${next.pathname}>; rel="next"`, /goes on at another server/],
    ['itself', (next: URL) => `<${next.href}>; rel="next"`, /lead in a circle/],
    ['no address', () => '<http://[>; rel="next"', /has no address/],
  ])('that lead to %s are not complete', async (_where, link, words) => {
    add();
    kit.double.fault = (asked, response) => {
      if (!asked.path.includes('/tree/')) return false;
      response.setHeader('link', link(new URL(`${asked.path}?${asked.query}`, kit.double.endpoint)));
      response.end('[]');
      return true;
    };
    expect((await sourceErrorOf(listed('hf://org/model'))).message).toMatch(words);
  });

  test('names that no file can have are problems, and are never asked for', async () => {
    const names = ['../up.pkl', '/etc/passwd', 'a//b', 'a/./b', '', 'x/..'];
    kit.double.add('org/hostile', { 'ok.pkl': CLEAN }).listedToo = [
      ...names.map((path) => ({ type: 'file', oid: '0', size: 5, path })),
      { type: 'file', oid: '0', size: 5, path: 'ok.pkl' },
      { type: 'file', oid: '0', size: -1, path: 'minus.pkl' },
      { type: 'submodule', oid: '0', size: 1, path: 'sub' },
      null,
      { type: 'file' },
    ];
    const report = await kit.report('hf://org/hostile');
    expect(report.incomplete).toHaveLength(names.length + 5);
    expect(report.verdict).toBe('incomplete');
    expect(kit.double.asked.map(({ path }) => path).filter((path) => /up|passwd|minus/.test(path))).toEqual([]);
  });

  test('names with characters of addresses are asked for as they are', async () => {
    const names = ['a b.pkl', 'ü/#x?.pkl', 'p%41.pkl', 'q&r=1+2.pkl', 'at@x.pkl', 'quote\'".pkl'];
    kit.double.add('org/odd', Object.fromEntries(names.map((name) => [name, SYSTEM])));
    const report = await kit.report('hf://org/odd');
    expect(report.incomplete).toEqual([]);
    expect(report.findings).toHaveLength(names.length);
    for (const name of names) expect(await listed(`hf://org/odd@main/${name}`)).toHaveLength(1);
  });
});

test('private addresses are refused unless they are allowed', async () => {
  add();
  const error = await sourceErrorOf(openSource('hf://org/model', kit.context({ addresses: 'public' })));
  expect(error).toMatchObject({ code: 'private-address' });
  expect(error.message).toMatch(/127\.0\.0\.1 is not an address of the public internet; --allow-private allows it/);
  const named = kit.double.endpoint.replace('127.0.0.1', 'localhost');
  const report = await kit.report(`${named}/x.pkl`, kit.context({ addresses: 'public' }));
  expect(report.incomplete[0]?.reason).toMatch(/is not an address of the public internet/);
  expect(kit.double.asked).toEqual([]);
});

async function listed(address: string, variables: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const context = kit.context({}, variables);
  const names: string[] = [];
  for await (const entry of (await openSource(address, context)).list(context.signal)) names.push(entry.name);
  return names;
}
