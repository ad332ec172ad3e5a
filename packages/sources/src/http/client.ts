import { SourceError } from '../model/source-error.js';
import {
  IDLE_MS,
  MAX_ATTEMPTS,
  MAX_PER_HOST,
  MAX_RATE_WAIT_SECONDS,
  MAX_RATE_WAITS,
  MAX_REDIRECTS,
  REQUEST_MS,
} from '../model/limits.js';
import { refusalOf } from './address.js';
import { RateGate, readRateLimit, readRetryAfter } from './rate-limit.js';
import { isRedirect, redirectedFrom, targetOf } from './redirects.js';
import { RequestClock } from './request-clock.js';
import { shownUrl } from './shown-url.js';
import { Slots } from './slots.js';
import type { Addresses, Transport, TransportAnswer } from './transport.js';

export interface HttpRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers for the origin of `url` only: a redirect to another origin loses them for good. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** `return` gives the redirect back, for a caller that needs its headers. */
  readonly redirects?: 'follow' | 'return';
  /** The name of the server's rate limit that it counts for, as far as known. */
  readonly bucket?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** The address that answered, behind all redirects. */
  readonly url: URL;
  header(name: string): string | null;
  /** Read once, or not at all. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** What a client has done. */
export interface Traffic {
  readonly requests: number;
  /** Of bodies. */
  readonly bytes: number;
}

export interface HttpClientOptions {
  readonly transport: Transport;
  /** `public` by default. */
  readonly addresses?: Addresses;
  readonly userAgent?: string;
  /** Ends all requests. */
  readonly signal?: AbortSignal | undefined;
  /** Called with a line for people where a server has to be waited for. */
  readonly onWait?: ((line: string) => void) | undefined;
  readonly perHost?: number;
  readonly idleMs?: number;
  readonly requestMs?: number;
  /** Milliseconds before the second attempt; each further one waits twice as long. */
  readonly backOffMs?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** Shorter waits for a rate limit are not worth a line. */
const SAID_FROM_MS = 1_000;
const BACK_OFF_MS = 500;
/** Of the body of a redirect: read so that the connection can be used again. */
const DRAINED_BYTES = 16 * 1024;
const COME_AGAIN = new Set([408, 425, 500, 502, 503, 504]);

/** No answer, or half of one: the next attempt may have more luck. */
class Broken extends Error {
  readonly error: SourceError;
  constructor(error: SourceError) {
    super(error.message);
    this.error = error;
  }
}

/** HTTP for hostile servers: redirects by hand, addresses checked, all waits bounded, nothing secret in a message. */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #slots: Slots;
  readonly #gate = new RateGate();
  readonly #now: () => number;
  readonly #sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  readonly #clocks = new Set<RequestClock>();
  #requests = 0;
  #bytes = 0;
  #waiting = 0;
  #waitingSince = 0;
  #waited = 0;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#slots = new Slots(options.perHost ?? MAX_PER_HOST);
    this.#now = options.now ?? (() => performance.now());
    this.#sleep = options.sleep ?? sleep;
    const { signal } = options;
    signal?.addEventListener('abort', () => {
      for (const clock of this.#clocks) clock.abort(signal.reason);
    });
  }

  get traffic(): Traffic {
    return { requests: this.#requests, bytes: this.#bytes };
  }

  /** Milliseconds in which a rate limit let some request wait: no artifact is to blame for them. */
  get rateWaitMs(): number {
    return this.#waited + (this.#waiting > 0 ? this.#now() - this.#waitingSince : 0);
  }

  close(): void {
    this.#options.transport.close?.();
  }

  /**
   * One request, and `take` with its answer: again where the connection breaks, within `take` as well, and where the server
   * asks to come again. An answer that stays an error comes to `take`. Throws a `SourceError`.
   */
  async exchange<T>(request: HttpRequest, take: (answer: HttpAnswer) => Promise<T>): Promise<T> {
    let waits = 0;
    for (let attempt = 1; ; attempt += 1) {
      const last = attempt >= MAX_ATTEMPTS;
      const outcome = await this.#attempt(request, take, last, waits);
      if ('value' in outcome) return outcome.value;
      // Waiting for a limit is no failed attempt.
      if (outcome.limited) {
        waits += 1;
        attempt -= 1;
      } else await this.#pause(this.#backOff(attempt, outcome.retryAfter), request.signal);
    }
  }

  async #attempt<T>(
    request: HttpRequest,
    take: (answer: HttpAnswer) => Promise<T>,
    last: boolean,
    waits: number,
  ): Promise<{ readonly value: T } | { readonly limited: boolean; readonly retryAfter: number | null }> {
    let open: OpenAnswer;
    try {
      open = await this.#send(request);
    } catch (error) {
      if (error instanceof Broken && !last) return { limited: false, retryAfter: null };
      throw error instanceof Broken ? error.error : error;
    }
    try {
      const { answer } = open;
      const after = readRetryAfter(answer.header('retry-after'), Date.now());
      if (answer.status === 429) {
        this.#limited(answer, request, after, waits);
        return { limited: true, retryAfter: null };
      }
      const isPatient = after === null || after <= MAX_RATE_WAIT_SECONDS;
      if (COME_AGAIN.has(answer.status) && !last && isPatient) return { limited: false, retryAfter: after };
      return { value: await take(answer) };
    } catch (error) {
      if (error instanceof Broken && !last) return { limited: false, retryAfter: null };
      throw error instanceof Broken ? error.error : error;
    } finally {
      open.end();
    }
  }

  /** Notes for how long nothing may be asked, or throws where that is too long. */
  #limited(answer: HttpAnswer, { bucket = '' }: HttpRequest, after: number | null, waits: number): void {
    const state = readRateLimit(answer.header('ratelimit'));
    const seconds = Math.max(after ?? 0, state?.seconds ?? 0) || 2 ** waits;
    if (waits >= MAX_RATE_WAITS || seconds > MAX_RATE_WAIT_SECONDS)
      throw new SourceError(
        'rate-limited',
        `${answer.url.host}: its rate limit lets no more requests through for ${seconds} s; a token raises it`,
        429,
      );
    this.#close(answer.url.host, bucket, state?.name ?? bucket, seconds);
  }

  #close(host: string, bucket: string, name: string, seconds: number): void {
    const now = this.#now();
    const isKnown = this.#gate.waitFor(host, name, now) > 0;
    for (const key of new Set([bucket, name])) this.#gate.close(host, key, now + seconds * 1000);
    if (isKnown || seconds * 1000 < SAID_FROM_MS) return;
    const which = name === '' ? '' : ` (${name})`;
    this.#options.onWait?.(`${host}: the rate limit${which} is reached; waiting ${seconds} s`);
  }

  async #send(request: HttpRequest): Promise<OpenAnswer> {
    const { redirects = 'follow', secrets = {} } = request;
    let { url } = request;
    let isHome = true;
    for (let hop = 0; ; hop += 1) {
      const open = await this.#hop({ ...request, secrets: isHome ? secrets : {} }, url).catch((error: unknown) => {
        throw hop === 0 ? error : redirectedFrom(shownUrl(request.url), error);
      });
      if (!isRedirect(open.answer.status) || redirects === 'return') return open;
      try {
        const next = targetOf(url, open.answer);
        if (hop === MAX_REDIRECTS)
          throw new SourceError('redirect', `${shownUrl(request.url)}: more than ${MAX_REDIRECTS} redirects`);
        await drain(open.answer.body);
        isHome &&= next.origin === request.url.origin;
        url = next;
      } finally {
        open.end();
      }
    }
  }

  /** One request to one server, after the waits that are due. */
  async #hop(request: HttpRequest, url: URL): Promise<OpenAnswer> {
    const { addresses = 'public', userAgent, idleMs = IDLE_MS, requestMs = REQUEST_MS } = this.#options;
    const refused = refusedHost(url, addresses);
    if (refused !== null) throw new SourceError('private-address', `${shownUrl(url)}: ${refused}`);
    const release = await this.#slots.take(url.host);
    let clock: RequestClock | null = null;
    try {
      await this.#waitForGate(url.host, request.bucket ?? '', request.signal);
      clock = this.#clock(request.signal, idleMs, requestMs);
      this.#requests += 1;
      const answer = await this.#options.transport.send({
        url,
        method: request.method ?? 'GET',
        headers: {
          'accept-encoding': 'identity',
          ...(userAgent === undefined ? {} : { 'user-agent': userAgent }),
          ...request.headers,
          ...request.secrets,
        },
        body: request.body,
        addresses,
        signal: clock.signal,
      });
      clock.alive();
      this.#heed(url.host, request.bucket ?? '', answer);
      return this.#opened(url, answer, clock, release);
    } catch (error) {
      const failure = failureOf(error, url, clock);
      if (clock !== null) this.#stop(clock);
      release();
      throw failure;
    }
  }

  #opened(url: URL, answer: TransportAnswer, clock: RequestClock, release: () => void): OpenAnswer {
    const count = (bytes: number): void => {
      this.#bytes += bytes;
    };
    const end = (): void => {
      this.#stop(clock);
      answer.close();
      release();
    };
    return {
      answer: {
        status: answer.status,
        url: answer.url === undefined || answer.url === '' ? url : new URL(answer.url),
        header: (name) => answer.header(name),
        body: watched(answer.body, url, clock, count),
      },
      end,
    };
  }

  /** A server that says how much is left is not asked until it answers 429. */
  #heed(host: string, bucket: string, answer: TransportAnswer): void {
    const state = readRateLimit(answer.header('ratelimit'));
    if (state === null || state.left > 0 || answer.status === 429) return;
    if (state.seconds <= MAX_RATE_WAIT_SECONDS) this.#close(host, bucket, state.name, state.seconds);
  }

  async #waitForGate(host: string, bucket: string, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      const ms = this.#gate.waitFor(host, bucket, this.#now());
      if (ms === 0) return;
      if (this.#waiting === 0) this.#waitingSince = this.#now();
      this.#waiting += 1;
      try {
        await this.#pause(ms, signal);
      } finally {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#waited += this.#now() - this.#waitingSince;
      }
    }
  }

  #backOff(attempt: number, retryAfter: number | null): number {
    if (retryAfter !== null) return retryAfter * 1000;
    // Spread, so that requests that broke together do not come back together.
    return (this.#options.backOffMs ?? BACK_OFF_MS) * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
  }

  async #pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    const clock = this.#clock(signal, ms + IDLE_MS, ms + IDLE_MS);
    try {
      await this.#sleep(ms, clock.signal);
      if (clock.isAborted) throw aborted(clock.signal);
    } finally {
      this.#stop(clock);
    }
  }

  /** One listener of the signal for all requests ends all of them. */
  #clock(signal: AbortSignal | undefined, idleMs: number, totalMs: number): RequestClock {
    const clock = new RequestClock(signal, idleMs, totalMs);
    this.#clocks.add(clock);
    const { signal: all } = this.#options;
    if (all?.aborted === true) clock.abort(all.reason);
    return clock;
  }

  #stop(clock: RequestClock): void {
    this.#clocks.delete(clock);
    clock.stop();
  }
}

/** An answer whose body is not read yet, or not to its end. */
interface OpenAnswer {
  readonly answer: HttpAnswer;
  /** Gives up what is left of it, and its slot. */
  readonly end: () => void;
}

/** Names are checked once they are resolved, by the transport. */
function refusedHost(url: URL, addresses: Addresses): string | null {
  const host = url.hostname;
  const isAddress = host.startsWith('[') || /^[\d.]+$/.test(host);
  if (isAddress) return refusalOf(host, addresses);
  if (/(?:^|\.)metadata\.google\.internal\.?$/i.test(host)) return refusalOf('169.254.169.254', addresses);
  return addresses === 'public' && /(?:^|\.)localhost\.?$/i.test(host) ? refusalOf('127.0.0.1', addresses) : null;
}

async function* watched(
  body: AsyncIterable<Uint8Array>,
  url: URL,
  clock: RequestClock,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      clock.received(chunk.length);
      count(chunk.length);
      yield chunk;
    }
    clock.signal.throwIfAborted();
  } catch (error) {
    throw failureOf(error, url, clock);
  }
}

async function drain(body: AsyncIterable<Uint8Array>): Promise<void> {
  let left = DRAINED_BYTES;
  for await (const chunk of body) {
    left -= chunk.length;
    if (left < 0) return;
  }
}

function aborted(signal: AbortSignal): SourceError {
  const { reason } = signal as { readonly reason: unknown };
  return new SourceError('aborted', reason instanceof Error ? reason.message : 'the run was ended');
}

/** What an error of a transport is: an ending by the caller, a time that is over, or a connection that broke. */
function failureOf(error: unknown, url: URL, clock: RequestClock | null): Error {
  if (clock?.isAborted === true) return aborted(clock.signal);
  if (clock?.late === 'idle') return new Broken(new SourceError('timeout', `${shownUrl(url)}: it does not answer`));
  if (clock?.late === 'total')
    return new SourceError('timeout', `${shownUrl(url)}: its answer does not end in reasonable time`);
  if (error instanceof SourceError && (error.code === 'private-address' || error.code === 'unreachable'))
    return new SourceError(error.code, `${shownUrl(url)}: ${error.message}`);
  if (error instanceof SourceError || error instanceof Broken) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new Broken(new SourceError('unreachable', `${shownUrl(url)}: ${why}`));
}

async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) return;
  let end = (): void => {};
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    end = () => {
      clearTimeout(timer);
      resolve();
    };
    signal?.addEventListener('abort', end, { once: true });
  });
  signal?.removeEventListener('abort', end);
}
