/** What a server says of its rate limit: at most `left` requests within the next `seconds`. */
export interface RateState {
  /** The policy that it counts for, such as `resolvers`. */
  readonly name: string;
  readonly left: number;
  readonly seconds: number;
}

/** The field `RateLimit` (draft-ietf-httpapi-ratelimit-headers): `"name";r=LEFT;t=SECONDS`. Null where it is none. */
export function readRateLimit(value: string | null): RateState | null {
  if (value === null || value.length > 1024) return null;
  const [item = '', ...parameters] = (value.split(',')[0] ?? '').split(';').map((part) => part.trim());
  const numbers = new Map(
    parameters.map((parameter) => {
      const [key = '', number = ''] = parameter.split('=');
      return [key.trim(), /^\d{1,9}$/.test(number.trim()) ? Number(number) : null] as const;
    }),
  );
  const left = numbers.get('r');
  const seconds = numbers.get('t');
  if (left == null || seconds == null) return null;
  return { name: item.replaceAll('"', '').slice(0, 64), left, seconds };
}

/** Retry-After (RFC 9110, 10.2.3) in seconds: a number, or a date. `now`: milliseconds since 1970. */
export function readRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}

/** When requests of a kind may go on, by host and name of the limit. Milliseconds of the clock of the client. */
export class RateGate {
  readonly #until = new Map<string, number>();

  /** Milliseconds to wait before a request of this kind; 0 where it may go now. */
  waitFor(host: string, bucket: string, now: number): number {
    const until = this.#until.get(`${host} ${bucket}`);
    return until === undefined ? 0 : Math.max(0, until - now);
  }

  close(host: string, bucket: string, until: number): void {
    this.#until.set(`${host} ${bucket}`, Math.max(until, this.#until.get(`${host} ${bucket}`) ?? 0));
  }
}
