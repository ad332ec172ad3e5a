import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const KEY_ID = 'AKIDOUBLE';
export const SECRET = 'secret/of+the double';

export interface BucketAsked {
  readonly origin: 'bucket' | 'cdn';
  /** As it stood in the request. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

interface StoredObject {
  readonly bytes: Uint8Array;
  readonly version: string;
}

/**
 * A storage that speaks S3 for one test: listings in pages, ranges, conditions, versions, redirects to a second origin and
 * to a region. Where credentials are wanted, every signature is computed once more from the request as it came.
 */
export class S3Double {
  readonly asked: BucketAsked[] = [];
  readonly #objects = new Map<string, StoredObject[]>();
  readonly #server: Server;
  readonly #cdn: Server;
  pageSize = 1000;
  region = 'us-east-1';
  isPublic = false;
  /** Objects lie behind a redirect, as in buckets of the Hub. */
  redirects = false;
  ignoresIfMatch = false;
  listIsForbidden = false;
  /** Answers name the version of the object. */
  versioned = false;
  /** The kind of the SHA-256 of each object; null where the storage has none. */
  checksums: 'FULL_OBJECT' | 'COMPOSITE' | null = null;
  /** Answers instead of the double where it returns true. */
  fault: (asked: BucketAsked, response: ServerResponse) => boolean = () => false;
  /** Changes a page of a listing before it is sent. */
  rewrite: (xml: string, page: number) => string = (xml) => xml;

  private constructor() {
    this.#server = createServer((request, response) => this.#serve('bucket', request, response));
    this.#cdn = createServer((request, response) => this.#serve('cdn', request, response));
  }

  static async start(): Promise<S3Double> {
    const double = new S3Double();
    for (const server of [double.#server, double.#cdn])
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
    return double;
  }

  async close(): Promise<void> {
    for (const server of [this.#server, this.#cdn]) {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    }
  }

  reset(): void {
    this.asked.length = 0;
    this.#objects.clear();
    Object.assign(this, {
      pageSize: 1000,
      region: 'us-east-1',
      isPublic: false,
      redirects: false,
      ignoresIfMatch: false,
      listIsForbidden: false,
      versioned: false,
      checksums: null,
      fault: () => false,
      rewrite: (xml: string) => xml,
    });
  }

  get endpoint(): string {
    return originOf(this.#server);
  }

  put(key: string, bytes: Uint8Array): void {
    const versions = this.#objects.get(key) ?? [];
    this.#objects.set(key, [...versions, { bytes, version: `v${versions.length + 1}` }]);
  }

  delete(key: string): void {
    this.#objects.delete(key);
  }

  #serve(origin: 'bucket' | 'cdn', request: IncomingMessage, response: ServerResponse): void {
    const [path = '', search = ''] = (request.url ?? '').split('?');
    const asked: BucketAsked = { origin, path, query: new URLSearchParams(search), headers: request.headers };
    this.asked.push(asked);
    if (this.fault(asked, response)) return;
    if (origin === 'cdn') return this.#object(asked, response, decodeURIComponent(path.slice(1)));
    const problem = this.isPublic ? null : this.#signatureProblem(request.method ?? '', asked, search);
    if (problem !== null) return refuse(response, 403, problem, 'the request cannot be let through');
    const [, bucket, ...key] = path.split('/');
    if (bucket !== 'models') return refuse(response, 404, 'NoSuchBucket', 'The specified bucket does not exist');
    if (asked.query.get('list-type') === '2') return this.#list(asked, response);
    const name = key.map(decodeURIComponent).join('/');
    if (!this.redirects) return this.#object(asked, response, name);
    response.writeHead(302, { location: `${originOf(this.#cdn)}/${encodeURIComponent(name)}` }).end();
  }

  /** RFC-like canonical request of SigV4, from the request as it came; null where the signature is right. */
  #signatureProblem(method: string, { path, headers }: BucketAsked, search: string): string | null {
    const { authorization = '' } = headers;
    const match =
      /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
        authorization,
      );
    if (match === null) return 'AccessDenied';
    const [, id = '', day = '', region = '', names = '', signature] = match;
    if (id !== KEY_ID) return 'InvalidAccessKeyId';
    if (region !== this.region) return 'AuthorizationHeaderMalformed';
    if (!/(?:^|;)host(?:;|$)/.test(names) || !names.includes('x-amz-date')) return 'AccessDenied';
    const query = search
      .split('&')
      .filter((part) => part !== '')
      .map((part) => part.split('=').map((text) => escaped(decodeURIComponent(text))))
      .map(([name = '', value = '']) => `${name}=${value}`)
      .sort();
    const canonical = [
      method,
      path
        .split('/')
        .map((part) => escaped(decodeURIComponent(part)))
        .join('/'),
      query.join('&'),
      ...names.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
      '',
      names,
      headers['x-amz-content-sha256'],
    ].join('\n');
    const date = String(headers['x-amz-date']);
    const scope = `${day}/${region}/s3/aws4_request`;
    const text = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
    let key: Buffer = Buffer.from(`AWS4${SECRET}`);
    for (const part of [day, region, 's3', 'aws4_request']) key = createHmac('sha256', key).update(part).digest();
    return createHmac('sha256', key).update(text).digest('hex') === signature ? null : 'SignatureDoesNotMatch';
  }

  #list({ query }: BucketAsked, response: ServerResponse): void {
    if (this.listIsForbidden) return refuse(response, 403, 'AccessDenied', 'User may not list');
    const prefix = query.get('prefix') ?? '';
    const keys = [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort();
    const start = Number(query.get('continuation-token') ?? '0');
    const most = Math.min(this.pageSize, Number(query.get('max-keys') ?? '1000'));
    const isTruncated = start + most < keys.length;
    const contents = keys.slice(start, start + most).map((key) => {
      const object = this.#current(key);
      const { checksums } = this;
      const checksum =
        checksums === null
          ? ''
          : `<ChecksumAlgorithm>SHA256</ChecksumAlgorithm><ChecksumType>${checksums}</ChecksumType>`;
      return `<Contents><Key>${escaped(key, true)}</Key><ETag>&quot;${etagOf(object)}&quot;</ETag><Size>${object.bytes.length}</Size>${checksum}</Contents>`;
    });
    const next = isTruncated ? `<NextContinuationToken>${start + most}</NextContinuationToken>` : '';
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`;
    response.writeHead(200, { 'content-type': 'application/xml' }).end(this.rewrite(xml, start / most));
  }

  #current(key: string): StoredObject {
    return this.#objects.get(key)?.at(-1) ?? { bytes: new Uint8Array(0), version: '' };
  }

  #object({ query, headers }: BucketAsked, response: ServerResponse, key: string): void {
    const versions = this.#objects.get(key) ?? [];
    const wanted = query.get('versionId');
    const object = wanted === null ? versions.at(-1) : versions.find(({ version }) => version === wanted);
    if (object === undefined) return refuse(response, 404, 'NoSuchKey', 'The specified key does not exist.');
    const etag = `"${etagOf(object)}"`;
    const ifMatch = headers['if-match'];
    if (ifMatch !== undefined && ifMatch !== etag && !this.ignoresIfMatch)
      return refuse(response, 412, 'PreconditionFailed', 'At least one of the pre-conditions did not hold');
    const { bytes } = object;
    response.setHeader('ETag', etag);
    if (this.versioned) response.setHeader('x-amz-version-id', object.version);
    if (this.checksums !== null && headers['x-amz-checksum-mode'] === 'ENABLED') {
      response.setHeader('x-amz-checksum-type', this.checksums);
      response.setHeader('x-amz-checksum-sha256', createHash('sha256').update(bytes).digest('base64'));
    }
    const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '');
    const isStale = headers['if-range'] !== undefined && headers['if-range'] !== etag;
    if (range === null || isStale) return void response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    const first = Number(range[1]);
    const end = Math.min(Number(range[2]) + 1, bytes.length);
    if (first >= bytes.length)
      return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    response.writeHead(206, {
      'content-range': `bytes ${first}-${end - 1}/${bytes.length}`,
      'content-length': end - first,
    });
    response.end(bytes.subarray(first, end));
  }
}

function etagOf({ bytes }: StoredObject): string {
  return createHash('md5').update(bytes).digest('hex');
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  const xml = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(xml);
}

/** Everything but letters, digits and `-._~`; `isForm`: a blank is a plus, slashes stay. */
function escaped(text: string, isForm = false): string {
  const bytes = encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return isForm ? bytes.replaceAll('%20', '+').replaceAll('%2F', '/') : bytes;
}
