/*
 * What the Hub's own OpenAPI description says of the answers that the double gives, written down anew and reduced to them.
 *
 * Source: "Hub API Endpoints" 0.0.1, which the Hub publishes at huggingface.co/.well-known/openapi.json, as it is stored at
 * https://github.com/tryAGI/HuggingFace (MIT), src/libs/HuggingFace/openapi.json, commit 7db28f2e of 2026-08-18. The test that
 * reads the whole of it is oracles/sources/description.ts: it compares these schemas with those of the description.
 *
 * Datasets and spaces have the same answers as models.
 */

/** A schema of JSON Schema 2020-12. */
export type Schema = Readonly<Record<string, unknown>>;

const TEXT: Schema = { type: 'string' };
const NUMBER: Schema = { type: 'number' };
const SAFE = Number.MAX_SAFE_INTEGER;
const INTEGER: Schema = { type: 'integer', minimum: -SAFE, maximum: SAFE };
const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** An object that has no other properties. Those of `optional` may be missing. */
function closed(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  return {
    type: 'object',
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const VERDICT: Schema = { enum: ['unscanned', 'safe', 'queued', 'error', 'caution', 'suspicious', 'unsafe'] };
const IMPORT = closed({ module: TEXT, name: TEXT, safety: { enum: ['innocuous', 'suspicious', 'dangerous'] } });
const SCAN = closed(
  { status: VERDICT },
  { message: TEXT, reportLink: TEXT, reportLabel: TEXT, pickleImports: listOf(IMPORT), version: TEXT },
);
const SECURITY = closed(
  { status: VERDICT, avScan: SCAN, pickleImportScan: SCAN },
  { jFrogScan: SCAN, protectAiScan: SCAN, virusTotalScan: SCAN },
);
const COMMIT = closed({ id: TEXT, title: TEXT, date: TEXT });
const KIND: Schema = { enum: ['file', 'directory', 'unknown'] };
const REF = closed({ name: TEXT, ref: TEXT, targetCommit: TEXT });

/**
 * An entry of a listing. The description has no `path` there, without which a listing would be of no use: every client reads
 * it (huggingface-hub 2.4.0, `RepoFile`).
 */
const TREE_ENTRY = closed(
  { type: KIND, oid: TEXT, path: TEXT },
  {
    size: INTEGER,
    lfs: closed({ oid: TEXT, size: INTEGER, pointerSize: INTEGER }),
    xetHash: TEXT,
    lastCommit: COMMIT,
    securityFileStatus: SECURITY,
  },
);

/** Of one path. The description has only `pointerSize` of `lfs`; huggingface-hub 2.4.0 reads `oid` and `size` there too. */
const PATH_INFO = closed(
  { type: KIND, oid: TEXT, size: NUMBER, path: TEXT },
  {
    lfs: closed({ oid: TEXT, size: NUMBER, pointerSize: NUMBER }),
    xetHash: TEXT,
    lastCommit: COMMIT,
    securityFileStatus: SECURITY,
  },
);

/** One kind of request: `{kind}` is models, datasets or spaces. */
export interface Described {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Of the body of the request, where it has one. */
  readonly request?: Schema;
  /** Of a body of status 200; null where no other than a redirect is described for plain requests. */
  readonly answer: Schema | null;
  /** Statuses below 400 that are described. */
  readonly statuses: readonly number[];
  /** Parameters of the query. */
  readonly query: readonly string[];
}

const REDIRECTS = { method: 'GET', answer: null, statuses: [200, 302, 304, 307], query: [] } as const;

export const DESCRIBED = {
  tree: {
    method: 'GET',
    path: '/api/{kind}/{namespace}/{repo}/tree/{rev}/{path}',
    answer: listOf(TREE_ENTRY),
    statuses: [200],
    query: ['expand', 'recursive', 'limit', 'cursor'],
  },
  pathsInfo: {
    method: 'POST',
    path: '/api/{kind}/{namespace}/{repo}/paths-info/{rev}',
    request: {
      type: 'object',
      properties: {
        paths: { anyOf: [{ maxItems: 2000, type: 'array', items: TEXT }, TEXT] },
        // The description lets anything stand here: a form has no booleans.
        expand: { anyOf: [{ default: false }, { default: false, type: 'boolean' }] },
      },
      required: ['paths', 'expand'],
    },
    answer: listOf(PATH_INFO),
    statuses: [200],
    query: [],
  },
  refs: {
    method: 'GET',
    path: '/api/{kind}/{namespace}/{repo}/refs',
    answer: closed({ tags: listOf(REF), branches: listOf(REF), converts: listOf(REF) }, { pullRequests: listOf(REF) }),
    statuses: [200],
    query: ['include_prs'],
  },
  scan: {
    method: 'GET',
    path: '/api/{kind}/{namespace}/{repo}/scan',
    answer: closed({ scansDone: { type: 'boolean' }, filesWithIssues: listOf(closed({ path: TEXT, level: VERDICT })) }),
    statuses: [200],
    query: [],
  },
  resolve: { ...REDIRECTS, path: '/{prefix}{namespace}/{repo}/resolve/{rev}/{path}' },
  resolveCache: { ...REDIRECTS, path: '/api/resolve-cache/{kind}/{namespace}/{repo}/{rev}/{path}' },
} as const satisfies Readonly<Record<string, Described>>;

/** What stands in these schemas and not in the description, by path in the schema: the two comments above. */
export const BEYOND = {
  tree: ['items/properties/path'],
  pathsInfo: ['items/properties/lfs/properties/oid', 'items/properties/lfs/properties/size'],
} as const;
