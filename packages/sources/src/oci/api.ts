import { shortText } from '../model/short-text.js';
import { isRecord } from '../model/record.js';
import { readBody, refuseCoding } from '../http/body.js';
import type { HttpAnswer, HttpRequest } from '../http/client.js';
import { shownUrl } from '../http/shown-url.js';
import { statusError } from '../http/status-error.js';
import { MAX_ERROR_BYTES, MAX_TOKEN_BYTES } from '../model/limits.js';
import { SourceError } from '../model/source-error.js';
import type { RangeOrigin } from '../range-source.js';
import type { SourceContext } from '../source.js';
import { registryOf, type OciAddress } from './address.js';
import { checkRealm, readChallenge, type Challenge } from './challenge.js';
import { registryLogin, type RegistryLogin } from './docker-config.js';

const GOOD = new Set([200, 206, 412, 416]);

/** One repository of a registry. What proves who asks goes to the registry itself and to no host that it redirects to. */
export class RegistryApi {
  readonly shown: string;
  readonly #context: SourceContext;
  readonly #origin: URL;
  readonly #repository: string;
  readonly #login: RegistryLogin;
  #authorization: string | null = null;
  /** While a request gets the token: the others wait for it. */
  #getting: Promise<string> | null = null;
  /** The host of a server of tokens that was not given the login. */
  #distrusted: string | null = null;

  constructor(context: SourceContext, address: OciAddress) {
    const { origin, repository } = registryOf(address);
    this.shown = `oci://${address.host}/${address.repository}`;
    this.#context = context;
    this.#origin = origin;
    this.#repository = repository;
    this.#login = registryLogin(context, address.host, repository);
  }

  get spooling(): SourceContext['spooling'] {
    return this.#context.spooling;
  }

  /** A GET below the repository. */
  async get<T>(
    parts: readonly string[],
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
    take: (answer: HttpAnswer) => Promise<T>,
  ): Promise<T> {
    const segments = [...this.#repository.split('/'), ...parts].map(encodeURIComponent).join('/');
    const url = new URL(`/v2/${segments.replaceAll('%3A', ':')}`, this.#origin);
    const first = await this.#once({ url, headers, signal }, take, false);
    if ('value' in first) return first.value;
    this.#getting ??= this.#authorize(first.challenge, signal).finally(() => {
      this.#getting = null;
    });
    this.#authorization = await this.#getting;
    const second = await this.#once({ url, headers, signal }, take, true);
    if ('value' in second) return second.value;
    throw new SourceError('unauthorized', `${this.shown}: the registry asks for a token again`, 401);
  }

  async #once<T>(
    request: HttpRequest,
    take: (answer: HttpAnswer) => Promise<T>,
    isLast: boolean,
  ): Promise<{ readonly value: T } | { readonly challenge: Challenge }> {
    const secrets = this.#authorization === null ? {} : { authorization: this.#authorization };
    return this.#context.client.exchange({ ...request, secrets }, async (answer) => {
      const isRegistry = answer.url.origin === this.#origin.origin;
      const challenge =
        answer.status === 401 && isRegistry && !isLast ? readChallenge(answer.header('www-authenticate')) : null;
      return challenge === null ? { value: await take(answer) } : { challenge };
    });
  }

  /** The value of `Authorization` for the registry. */
  async #authorize(challenge: Challenge, signal: AbortSignal | undefined): Promise<string> {
    const { basic } = this.#login;
    if (challenge.scheme === 'bearer') return `Bearer ${await this.#token(challenge, signal)}`;
    if (basic === null) throw this.#unauthorized('the registry asks for a password (401)');
    return basicHeader(basic);
  }

  /** Asks for the right to read this repository, and for no other: what the registry would like is its own matter. */
  async #token(
    { realm, service }: Extract<Challenge, { scheme: 'bearer' }>,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const { url, isTrusted } = checkRealm(this.shown, this.#origin, realm);
    const { basic, identityToken } = this.#login;
    const asked = { ...(service === null ? {} : { service }), scope: `repository:${this.#repository}:pull` };
    const isRefresh = isTrusted && identityToken !== null;
    if (!isTrusted && (basic !== null || identityToken !== null)) this.#distrusted = url.hostname;
    if (!isRefresh) for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
    const form = { grant_type: 'refresh_token', client_id: 'sentinel', ...asked, refresh_token: identityToken ?? '' };
    const request: HttpRequest = isRefresh
      ? {
          url,
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new TextEncoder().encode(new URLSearchParams(form).toString()),
          redirects: 'return',
          signal,
        }
      : {
          url,
          secrets: isTrusted && basic !== null ? { authorization: basicHeader(basic) } : {},
          redirects: 'return',
          signal,
        };
    return this.#context.client.exchange(request, async (answer) => {
      if (answer.status !== 200) throw this.#unauthorized(`${shownUrl(url)} gives no token (${answer.status})`);
      refuseCoding(answer);
      const value = parseJson(await readBody(answer, MAX_TOKEN_BYTES));
      const given = isRecord(value) ? (value['token'] ?? value['access_token']) : null;
      // What stands in a header, and not more of it than one takes.
      if (typeof given !== 'string' || !/^[\x21-\x7e]{1,65536}$/.test(given))
        throw new SourceError('bad-answer', `${this.shown}: ${shownUrl(url)} answers with no token`);
      return given;
    });
  }

  #unauthorized(words: string): SourceError {
    const { helper } = this.#login;
    const hint =
      this.#distrusted !== null
        ? `; the login is not sent to ${this.#distrusted}, which is no host of the registry`
        : helper !== null
          ? `; its login is with the program docker-credential-${shortText(helper)}, which is not started`
          : '';
    return new SourceError('unauthorized', `${this.shown}: ${words}${hint}`, 401);
  }

  /** An answer that is an error, with the words of the registry. */
  async error(shown: string, answer: HttpAnswer): Promise<SourceError> {
    const { status } = answer;
    if (status === 401 || status === 403) return this.#unauthorized(`access is refused (${status})`);
    const plain = statusError(shown, answer);
    const words = await errorWords(answer);
    return new SourceError(plain.code, `${plain.message}${words === '' ? '' : `: ${words}`}`, status);
  }

  /** A blob by its digest. */
  blob(shown: string, digest: string): RangeOrigin {
    return {
      shown,
      get: (headers, signal, take) =>
        this.get(['blobs', digest], headers, signal, async (answer) => {
          if (!GOOD.has(answer.status)) throw await this.error(shown, answer);
          return take(answer);
        }),
    };
  }
}

function basicHeader(basic: string): string {
  return `Basic ${btoa(basic)}`;
}

/** `{"errors": [{"code", "message"}]}`; empty for anything else, or for more than an error has. */
async function errorWords(answer: HttpAnswer): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_ERROR_BYTES) return '';
  }
  const value = parseJson(new TextEncoder().encode(text));
  const errors: unknown = isRecord(value) ? value['errors'] : null;
  const first: unknown = Array.isArray(errors) ? errors[0] : null;
  if (!isRecord(first)) return '';
  return [first['code'], first['message']]
    .filter((part) => typeof part === 'string')
    .map(shortText)
    .join(': ');
}

/** A JSON document; undefined for what is none. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
