import type { HttpAnswer } from '../http/client.js';
import { isRedirect, redirectedFrom, targetOf } from '../http/redirects.js';
import { SourceError } from '../model/source-error.js';
import type { RangeOrigin } from '../range-source.js';
import type { HubAddress } from './address.js';
import type { HubApi } from './api.js';
import type { ListedFile } from './entries.js';

const GOOD = new Set([200, 206, 412, 416]);

interface Outcome<T> {
  readonly value: T;
}

/**
 * A file of a repository. Its address is answered by a redirect, whose headers say of which commit and which size the file
 * is; they do not stand on the answer behind it. The address behind it is used until it is refused, and then found once more.
 */
export class HubFile implements RangeOrigin {
  readonly shown: string;
  readonly #api: HubApi;
  readonly #address: HubAddress;
  readonly #commit: string;
  readonly #file: ListedFile;
  #claimed: string | null;
  /** Behind the redirect; null while it is not known. */
  #location: URL | null = null;
  /** While a request finds it out. */
  #finding: Promise<void> | null = null;
  /** The file's own address gives the bytes. */
  #isDirect = false;

  constructor(api: HubApi, address: HubAddress, commit: string, file: ListedFile) {
    this.#api = api;
    this.#address = address;
    this.#commit = commit;
    this.#file = file;
    this.#claimed = file.sha256;
    this.shown = `${api.asked(address).repository}/${file.path}`;
  }

  /** Of the listing, or of the first answer; null where neither has one. */
  get claimedSha256(): string | null {
    return this.#claimed;
  }

  async get<T>(
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
    take: (answer: HttpAnswer) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      // One request finds the address; those that come meanwhile wait for it.
      while (this.#finding !== null && !this.#isDirect) await this.#finding;
      let location = this.#location;
      if (location === null) {
        const found = await this.#find(headers, signal, take);
        if ('value' in found) return found.value;
        ({ location } = found);
      }
      const outcome = await this.#behind(location, headers, signal, take, attempt > 1);
      if ('value' in outcome) return outcome.value;
      if (this.#location === location) this.#location = null;
    }
  }

  async #find<T>(
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
    take: (answer: HttpAnswer) => Promise<T>,
  ): Promise<Outcome<T> | { readonly location: URL }> {
    let settle = (): void => {};
    const finding = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#finding = finding;
    try {
      const found = await this.#first(headers, signal, take);
      if ('location' in found) this.#location = found.location;
      else this.#isDirect = true;
      return found;
    } finally {
      if (this.#finding === finding) this.#finding = null;
      settle();
    }
  }

  /** The file's own address: it answers with a redirect, or with the bytes. */
  #first<T>(
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
    take: (answer: HttpAnswer) => Promise<T>,
  ): Promise<Outcome<T> | { readonly location: URL }> {
    const url = this.#api.fileUrl(this.#address, this.#commit, this.#file.path);
    const { secrets } = this.#api;
    return this.#api.client.exchange(
      { url, headers, secrets, redirects: 'return', bucket: 'resolvers', signal },
      async (answer) => {
        this.#check(answer);
        if (isRedirect(answer.status)) return { location: targetOf(answer.url, answer) };
        if (!GOOD.has(answer.status)) throw await this.#error(answer);
        return { value: await take(answer) };
      },
    );
  }

  /** The address behind it. The token goes there only if it is on the same server. */
  #behind<T>(
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
    take: (answer: HttpAnswer) => Promise<T>,
    isLast: boolean,
  ): Promise<Outcome<T> | { readonly refused: true }> {
    const secrets = url.origin === this.#api.origin ? this.#api.secrets : {};
    const request = { url, headers, secrets, bucket: 'resolvers', signal };
    const outcome = this.#api.client.exchange<Outcome<T> | { readonly refused: true }>(request, async (answer) => {
      // A signed address that expired; or one that was never good, which a second one shows.
      if (answer.status === 403 && !isLast) return { refused: true };
      if (!GOOD.has(answer.status)) throw await this.#error(answer);
      return { value: await take(answer) };
    });
    return outcome.catch((error: unknown) => {
      throw redirectedFrom(this.shown, error);
    });
  }

  #error(answer: HttpAnswer): Promise<SourceError> {
    const { path } = this.#file;
    return this.#api.error(answer, this.#api.asked({ ...this.#address, revision: this.#commit }, path));
  }

  /** The first answer is that of the commit and of the file that were listed. */
  #check(answer: HttpAnswer): void {
    const { size, sha256 } = this.#file;
    const changed = (what: string): SourceError =>
      new SourceError('changed', `${this.shown}: the Hub answers with ${what} than it listed`, answer.status);
    const commit = answer.header('x-repo-commit');
    if (commit !== null && commit !== this.#commit) throw changed('another commit');
    const linked = answer.header('x-linked-size');
    if (linked !== null && Number(linked) !== size) throw changed('another size');
    const etag = answer.header('x-linked-etag')?.replace(/^W\//, '').replaceAll('"', '') ?? null;
    if (etag !== null && sha256 !== null && etag !== sha256) throw changed('another SHA-256');
    // That of a file which is not behind LFS is a SHA-1 of git.
    if (etag !== null && /^[0-9a-f]{64}$/.test(etag)) this.#claimed ??= etag;
  }
}
