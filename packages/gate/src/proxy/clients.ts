import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { ClientLimits } from '../config/gate-config.js';
import { MAX_CLIENTS } from '../model/limits.js';
import { peerOf } from './recorder.js';

interface Client {
  tokens: number;
  at: number;
  inFlight: number;
}

export type Admission =
  | { readonly release: () => void }
  /** `retryAfter`: whole seconds, at least one. */
  | { readonly signal: 'rate' | 'concurrency'; readonly retryAfter: number };

const FREE: Admission = { release: () => undefined };

/** Counts the requests of each client (CWE-770): a bucket of tokens for their rate, and those in flight. */
export class Clients {
  readonly #clients = new Map<string, Client>();
  #limits: ClientLimits;

  constructor(limits: ClientLimits) {
    this.#limits = limits;
  }

  /** Other limits; what is in flight stays counted. */
  set limits(limits: ClientLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#clients.size;
  }

  admit(address: string, now: number = performance.now()): Admission {
    const { rate, concurrency } = this.#limits;
    if (rate === null && concurrency === null) return FREE;
    const burst = Math.max(1, this.#limits.burst ?? 1);
    const key = networkOf(address);
    const client = this.#clients.get(key) ?? { tokens: burst, at: now, inFlight: 0 };
    // The map is in the order of the last request.
    this.#clients.delete(key);
    this.#clients.set(key, client);
    this.#forget();
    if (rate !== null) {
      client.tokens = Math.min(burst, client.tokens + ((now - client.at) / 1_000) * rate);
      client.at = now;
      if (client.tokens < 1) return { signal: 'rate', retryAfter: Math.max(1, Math.ceil((1 - client.tokens) / rate)) };
    }
    if (concurrency !== null && client.inFlight >= concurrency) return { signal: 'concurrency', retryAfter: 1 };
    if (rate !== null) client.tokens -= 1;
    client.inFlight += 1;
    let isReleased = false;
    return {
      release: () => {
        if (!isReleased) client.inFlight -= 1;
        isReleased = true;
      },
    };
  }

  /** The one that was silent for longest goes; it is there again, with a full bucket, when it comes back. */
  #forget(): void {
    if (this.#clients.size <= MAX_CLIENTS) return;
    const [oldest] = this.#clients.keys();
    if (oldest !== undefined) this.#clients.delete(oldest);
  }
}

/** An address of IPv4, or the network of 64 bits that a site of IPv6 has at least (RFC 6177). */
export function networkOf(address: string): string {
  if (!address.includes(':') || !isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('%', 1)[0]?.split('::') ?? [];
  const before = head.split(':').filter((group) => group !== '');
  const after = tail.split(':').filter((group) => group !== '');
  // None where all groups are written out.
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** What of a request says from whom it is. */
export interface Sender {
  readonly socket: Parameters<typeof peerOf>[0];
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

interface PeerAddress {
  readonly address: string;
  readonly port: number;
}

/** Proxies before the gate, by address or network: what they say of their clients counts. */
export class TrustedProxies {
  readonly #list = new BlockList();
  /** Asking an empty list takes longer than most of what is done for a request. */
  readonly #isEmpty: boolean;

  /** Addresses, or networks such as `10.0.0.0/8`. */
  constructor(proxies: readonly string[]) {
    this.#isEmpty = proxies.length === 0;
    for (const proxy of proxies) {
      const [address = '', bits] = proxy.split('/');
      const family = isIPv4(address) ? 'ipv4' : 'ipv6';
      if (bits === undefined) this.#list.addAddress(address, family);
      else this.#list.addSubnet(address, Number(bits), family);
    }
  }

  has(address: string): boolean {
    if (this.#isEmpty) return false;
    if (isIPv4(address)) return this.#list.check(address, 'ipv4');
    return isIPv6(address) && this.#list.check(address, 'ipv6');
  }

  /** The client of a request: the last address that no trusted proxy has. */
  clientOf(request: Sender): PeerAddress {
    const peer = peerOf(request.socket);
    return this.has(peer.address) ? this.clientBehind(peer, request.headers['x-forwarded-for']) : peer;
  }

  /** The same behind a peer that is believed, such as Envoy. `forwarded`: the header as it came. */
  clientBehind(peer: PeerAddress, forwarded: string | string[] | undefined): PeerAddress {
    for (const hop of (forwarded ?? '').toString().split(',').toReversed()) {
      const address = hop.trim().replace(/^::ffff:/, '');
      if (!isIPv4(address) && !isIPv6(address)) return peer;
      if (!this.has(address)) return { address, port: 0 };
    }
    return peer;
  }
}
