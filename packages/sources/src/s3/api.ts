import { shortText } from '../model/short-text.js';
import { AwsV4Signer } from 'aws4fetch';
import { readBody } from '../http/body.js';
import type { HttpAnswer, HttpClient } from '../http/client.js';
import { isRedirect, targetOf } from '../http/redirects.js';
import { statusError } from '../http/status-error.js';
import { MAX_ERROR_BYTES } from '../model/limits.js';
import { SourceError } from '../model/source-error.js';
import type { SourceContext } from '../source.js';
import type { BucketAddress } from './address.js';
import { isRegion, type Credentials } from './credentials.js';
import { childText, parseXml } from './xml.js';

export interface StorageOptions {
  readonly client: HttpClient;
  readonly spooling: SourceContext['spooling'];
  readonly address: BucketAddress;
  readonly credentials: Credentials | null;
  readonly region: string;
  /** A server that is no region of AWS; null for these. */
  readonly endpoint: URL | null;
}

/** SHA-256 of the body of a GET, which has none. */
const NO_BODY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export interface StorageRequest {
  readonly method?: 'GET' | 'HEAD';
  /** Null for the bucket. */
  readonly key: string | null;
  readonly query?: Readonly<Record<string, string>>;
  /** Not signed. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

/** What a request came to: a value, or a redirect to where the bytes lie. */
type Outcome<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'location'; readonly location: URL }
  | { readonly kind: 'region'; readonly region: string };

/** One bucket, and how it is asked. Each request is signed for the host that it goes to, and for no other. */
export class BucketApi {
  readonly #options: StorageOptions;
  readonly #keys = new Map<string, ArrayBuffer>();
  #region: string;

  constructor(options: StorageOptions) {
    this.#options = options;
    this.#region = options.region;
  }

  get spooling(): SourceContext['spooling'] {
    return this.#options.spooling;
  }

  get isAnonymous(): boolean {
    return this.#options.credentials === null;
  }

  /**
   * A GET. A redirect to another region is signed anew; any other leads to where the bytes lie, which is asked without
   * credentials and without `If-Match`: the state that the listing named is that of the bucket.
   */
  async get<T>(request: StorageRequest, take: (answer: HttpAnswer, isBehind: boolean) => Promise<T>): Promise<T> {
    for (let isSecond = false; ; isSecond = true) {
      const outcome = await this.#signed(request, take, isSecond);
      if (outcome.kind === 'value') return outcome.value;
      if (outcome.kind === 'region') {
        this.#region = outcome.region;
        continue;
      }
      const { 'if-match': _state, ...headers } = request.headers ?? {};
      const { method = 'GET', signal } = request;
      return this.#options.client.exchange({ url: outcome.location, method, headers, signal }, (answer) =>
        take(answer, true),
      );
    }
  }

  async #signed<T>(
    request: StorageRequest,
    take: (answer: HttpAnswer, isBehind: boolean) => Promise<T>,
    isSecond: boolean,
  ): Promise<Outcome<T>> {
    const url = this.#url(request);
    const { method = 'GET', headers = {}, signal } = request;
    const secrets = await this.#signature(url, method);
    return this.#options.client.exchange(
      { url, method, headers, secrets, redirects: 'return', signal },
      async (answer) => {
        const region = isSecond ? null : this.#otherRegion(answer);
        if (region !== null) return { kind: 'region', region };
        if (isRedirect(answer.status)) return { kind: 'location', location: targetOf(answer.url, answer) };
        return { kind: 'value', value: await take(answer, false) };
      },
    );
  }

  /** The region that a bucket lies in, where an answer says that it is another one. */
  #otherRegion(answer: HttpAnswer): string | null {
    const { status } = answer;
    if (status !== 301 && status !== 307 && status !== 400 && status !== 403) return null;
    const region = answer.header('x-amz-bucket-region')?.trim() ?? '';
    return region !== '' && region !== this.#region && isRegion(region) ? region : null;
  }

  #url({ key, query = {} }: StorageRequest): URL {
    const { endpoint, address } = this.#options;
    const suffix = this.#region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
    const base = endpoint?.href.replace(/[?#].*$/s, '').replace(/\/$/, '') ?? `https://s3.${this.#region}.${suffix}`;
    const path = key === null ? '' : `/${key.split('/').map(encodeSegment).join('/')}`;
    const url = new URL(`${base}/${address.bucket}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    // A form encodes a blank as a plus, which only some servers read as one.
    url.search = url.search.replaceAll('+', '%20');
    return url;
  }

  /** The headers of a signed request: its method, host, path and query, without a body. */
  async #signature(url: URL, method: 'GET' | 'HEAD'): Promise<Readonly<Record<string, string>>> {
    const { credentials } = this.#options;
    if (credentials === null) return {};
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const signer = new AwsV4Signer({
      url: url.href,
      method,
      headers: { 'x-amz-content-sha256': NO_BODY },
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      service: 's3',
      region: this.#region,
      cache: this.#keys,
    });
    const signed = await signer.sign();
    const headers: Record<string, string> = {};
    signed.headers.forEach((value, name) => (headers[name] = value));
    return headers;
  }

  /** An answer that is an error, with the storage's code and words. */
  async error(shown: string, answer: HttpAnswer): Promise<SourceError> {
    const plain = statusError(shown, answer);
    const xml = parseXml(new TextDecoder().decode(await upTo(answer, MAX_ERROR_BYTES)));
    const code = shortText((xml === null ? null : childText(xml, 'Code')) ?? '');
    const message = shortText((xml === null ? null : childText(xml, 'Message')) ?? '');
    const words = [code, message].filter((text) => text !== '').join(': ');
    const hint =
      this.isAnonymous && plain.code === 'unauthorized'
        ? '; it was asked without credentials: none are set, and those of an instance are not asked for'
        : '';
    return new SourceError(plain.code, `${plain.message}${words === '' ? '' : `: ${words}`}${hint}`, answer.status);
  }

  async document(answer: HttpAnswer, most: number): Promise<string> {
    return new TextDecoder().decode(await readBody(answer, most));
  }
}

/** As SigV4 wants it: everything but letters, digits and `-._~`. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The first bytes of a body, however long it is. */
async function upTo(answer: HttpAnswer, most: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(most);
  let size = 0;
  for await (const chunk of answer.body) {
    const taken = chunk.subarray(0, most - size);
    bytes.set(taken, size);
    size += taken.length;
    if (size === most) break;
  }
  return bytes.subarray(0, size);
}
