import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, expect, test } from 'vitest';
import { DESCRIBED, type Described } from './hub-description.js';
import type { Asked } from './hub-double.js';
import { exchanges, type Exchange } from './hub-exchanges.js';
import { SourceKit } from './source-kit.js';

const kit = new SourceKit();
const ajv = new Ajv2020({ strict: true });
const ROUTES: Readonly<Record<Exchange['which'], Described>> = DESCRIBED;

/** What a document has that its schema has not; nothing where it is as described. */
function complaints(schema: Described['answer'], document: unknown): unknown {
  return schema === null || ajv.validate(schema, document) ? [] : ajv.errors;
}

let all: readonly Exchange[] = [];
beforeAll(async () => {
  all = await exchanges(kit.double);
});

const of = (which: Exchange['which']): readonly Exchange[] => all.filter((one) => one.which === which);

test.each(Object.keys(DESCRIBED) as Exchange['which'][])('%s: statuses and bodies are as described', (which) => {
  expect(of(which).length).toBeGreaterThan(2);
  for (const { status, body } of of(which)) {
    expect(ROUTES[which].statuses).toContain(status);
    if (status === 200) expect(complaints(ROUTES[which].answer, body)).toEqual([]);
  }
});

test('all that may be in an answer was in one', () => {
  const bodies = JSON.stringify(all.map(({ body }) => body));
  for (const name of ['lfs', 'lastCommit', 'securityFileStatus', 'virusTotalScan', 'pickleImports', 'filesWithIssues'])
    expect(bodies).toContain(`"${name}":`);
});

test('pages go on in Link, redirects say of which commit and how large a file is', () => {
  // Five files and two folders by three; one page of two; one of a folder.
  const links = of('tree').map(({ headers }) => headers.get('link'));
  expect(links.filter((link) => link !== null)).toHaveLength(3 * 4);
  expect(links.filter((link) => link !== null && !/^<http[^<>]+[?&]cursor=\d+>; rel="next"$/.test(link))).toEqual([]);
  for (const { status, headers } of of('resolve')) {
    expect([302, 307]).toContain(status);
    for (const name of ['location', 'x-repo-commit', 'x-linked-size', 'x-linked-etag'])
      expect(headers.get(name)).toMatch(/./);
  }
});

test('an answer that is not as described is noticed', () => {
  const entries = of('tree').flatMap(({ body }) => body as readonly Readonly<Record<string, unknown>>[]);
  const entry = entries.find(({ lfs }) => lfs !== undefined);
  expect(entry).toBeDefined();
  const tree = DESCRIBED.tree.answer;
  expect(complaints(tree, [entry])).toEqual([]);
  for (const wrong of [
    { oid: undefined },
    { type: 'link' },
    { size: '1' },
    { size: 2 ** 60 },
    { lfs: { oid: 'a', size: 1 } },
    { lfs: { sha256: 'a', size: 1, pointerSize: 1 } },
    { securityFileStatus: { status: 'safe' } },
    { securityFileStatus: { status: 'clean', avScan: { status: 'safe' }, pickleImportScan: { status: 'safe' } } },
    { lastCommit: 'a' },
    { more: 1 },
  ])
    expect(complaints(tree, [JSON.parse(JSON.stringify({ ...entry, ...wrong }))])).not.toEqual([]);
});

/** The route of a request. */
function routeOf({ method, path }: Asked): Exchange['which'] | null {
  for (const which of Object.keys(ROUTES) as Exchange['which'][]) {
    const { path: template, method: described } = ROUTES[which];
    const pattern = template
      .replace('{kind}', '(?:models|datasets|spaces)')
      .replace('{prefix}', '(?:(?:datasets|spaces)/)?')
      // The root of a repository has no path.
      .replace('/{path}', '(?:/.+)?')
      .replaceAll(/\{\w+\}/g, '[^/]+');
    if (method === described && new RegExp(`^${pattern}$`).test(path)) return which;
  }
  return null;
}

/** A form as the JSON that is described. */
function formOf(text: string): unknown {
  const form = new URLSearchParams(text);
  expect(['true', 'false']).toContain(form.get('expand'));
  return { paths: form.getAll('paths'), expand: form.get('expand') === 'true' };
}

test('what our reader asks is described, but for the revision of a repository', async () => {
  for (const name of ['models/org/described', 'datasets/org/described']) {
    kit.double.asked.length = 0;
    await exchanges(kit.double);
    kit.double.asked.length = 0;
    await kit.report(`hf://${name}`);
    await kit.report(`hf://${name}/a`);
    const { asked } = kit.double;
    expect(asked.length).toBeGreaterThan(10);
    const undescribed: string[] = [];
    for (const one of asked.filter(({ origin }) => origin === 'api')) {
      const which = routeOf(one);
      if (which === null) undescribed.push(one.path);
      else {
        expect(ROUTES[which].query).toEqual(expect.arrayContaining([...one.query.keys()]));
        const { request } = ROUTES[which];
        if (request !== undefined) expect(complaints(request, formOf(one.body))).toEqual([]);
      }
    }
    expect(new Set(undescribed)).toEqual(new Set([`/api/${name}/revision/main`]));
  }
});
