import { readBody, refuseCoding } from '../http/body.js';
import type { HttpAnswer, HttpRequest } from '../http/client.js';
import { MAX_DOCUMENT_BYTES } from '../model/limits.js';
import { SourceError } from '../model/source-error.js';
import type { SourceContext } from '../source.js';
import type { HubAddress } from './address.js';
import { hubError, type Asked } from './errors.js';

/** One repository of the Hub and how it is asked. */
export class HubApi {
  readonly #context: SourceContext;
  readonly #endpoint: URL;
  readonly #token: string | null;

  constructor(context: SourceContext, endpoint: URL, token: string | null) {
    this.#context = context;
    this.#endpoint = endpoint;
    this.#token = token;
  }

  get client(): SourceContext['client'] {
    return this.#context.client;
  }

  get spooling(): SourceContext['spooling'] {
    return this.#context.spooling;
  }

  get origin(): string {
    return this.#endpoint.origin;
  }

  /** What goes to the endpoint and to no other server. */
  get secrets(): Readonly<Record<string, string>> {
    return this.#token === null ? {} : { authorization: `Bearer ${this.#token}` };
  }

  /** `parts` are escaped, all of them. */
  url(parts: readonly string[]): URL {
    const prefix = this.#endpoint.href.replace(/[?#].*$/s, '').replace(/\/$/, '');
    return new URL(`${prefix}/${parts.map(encodeURIComponent).join('/')}`);
  }

  /** The API's address of a repository. */
  apiUrl({ kind, repository }: HubAddress, parts: readonly string[]): URL {
    return this.url(['api', kind, ...repository.split('/'), ...parts]);
  }

  /** The address of a file, whose first answer says what it is. */
  fileUrl({ kind, repository }: HubAddress, revision: string, path: string): URL {
    const where = kind === 'models' ? [] : [kind];
    return this.url([...where, ...repository.split('/'), 'resolve', revision, ...path.split('/')]);
  }

  asked({ kind, repository, revision }: HubAddress, path = ''): Asked {
    const name = kind === 'models' ? repository : `${kind}/${repository}`;
    return { repository: name, revision: revision ?? 'main', path, hasToken: this.#token !== null };
  }

  error(answer: HttpAnswer, asked: Asked): Promise<SourceError> {
    return hubError(answer, asked);
  }

  /** A JSON document and the answer that it came with. */
  json(
    request: Omit<HttpRequest, 'secrets' | 'bucket'>,
    asked: Asked,
  ): Promise<{ value: unknown; answer: HttpAnswer }> {
    return this.client.exchange({ ...request, secrets: this.secrets, bucket: 'api' }, async (answer) => {
      if (answer.status !== 200) throw await hubError(answer, asked);
      refuseCoding(answer);
      const bytes = await readBody(answer, MAX_DOCUMENT_BYTES);
      try {
        return { value: JSON.parse(new TextDecoder().decode(bytes)) as unknown, answer };
      } catch (error) {
        if (error instanceof SyntaxError) throw badAnswer(asked, 'no JSON');
        throw error;
      }
    });
  }
}

export function badAnswer({ repository }: Asked, what: string): SourceError {
  return new SourceError('bad-answer', `${repository}: the Hub answers with ${what}`);
}
