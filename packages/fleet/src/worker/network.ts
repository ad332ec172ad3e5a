import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { kindOfAddress, HttpClient, SourceError, type SourceContext, type Transport } from '@artifact-sentinel/sources';
import { nodeTransport, temporaryFiles } from '@artifact-sentinel/sources/node';
import { MAX_FILE_BYTES, MAX_OBJECTS, SOURCE_RATE, TOKENS_AT_ONCE } from '../limits.js';
import { takeToken, type Rate } from '../database/buckets.js';
import type { Pool } from '../database/pool.js';
import { setting } from '../database/settings.js';
import { isAllowed } from '../intake/address.js';
import { allowedHosts } from '../intake/intakes.js';

/** What the environment may say: where sources are, and their credentials. Proxies count as well. */
const variable = (name: string): string | undefined => process.env[name];

const ratesShape = z.record(z.string(), z.object({ perSecond: z.number().positive(), burst: z.number().min(1) }));

/** Requests to sources: public addresses, and hosts that the administrator allows; within the rate of each source. */
export async function sourceContext(pool: Pool, signal: AbortSignal): Promise<SourceContext> {
  const hosts = await allowedHosts(pool);
  const set = await setting(pool, 'sourceRates');
  const rates = set === null ? {} : ratesShape.parse(set);
  const tokens = new Tokens();
  const client = new HttpClient({
    transport: guarded(nodeTransport({ variable }), hosts, (host) =>
      tokens.wait(pool, host, rates[host] ?? SOURCE_RATE, signal),
    ),
    // The transport below decides for each host.
    addresses: 'any',
    userAgent: 'sentinel-fleet',
    signal,
  });
  return {
    client,
    variable,
    readText: () => null,
    spooling: temporaryFiles({ most: MAX_FILE_BYTES }),
    mostListed: MAX_OBJECTS,
    signal,
  };
}

function guarded(transport: Transport, hosts: readonly string[], wait: (host: string) => Promise<void>): Transport {
  return {
    async send(request) {
      const { url } = request;
      const addresses = isAllowed(url, hosts) ? 'any' : 'public';
      if (addresses === 'public') refuse(url);
      await wait(url.host);
      return transport.send({ ...request, addresses });
    },
    close: () => transport.close?.(),
  };
}

/** Where a proxy resolves the name, the name is all that can be checked here. */
function refuse({ hostname }: URL): void {
  const name = hostname.replace(/\.$/, '');
  const literal = kindOfAddress(name);
  if ((literal === null || literal === 'public') && !/(?:^|\.)(?:localhost|metadata\.google\.internal)$/i.test(name))
    return;
  throw new SourceError('private-address', `${hostname} is not an address of the public internet`);
}

/** Tokens of one source, taken some at a time: a statement for each request would cost more than many a request does. */
class Tokens {
  readonly #taken = new Map<string, number>();
  /** Statements that are running: requests that find no token wait for the one that asks, and not for its row. */
  readonly #asking = new Map<string, Promise<number>>();

  async wait(pool: Pool, host: string, rate: Rate, signal: AbortSignal): Promise<void> {
    // A small part of what there is, so that other workers get theirs.
    const some = Math.max(1, Math.min(TOKENS_AT_ONCE, Math.floor(rate.burst / 20)));
    for (;;) {
      const left = this.#taken.get(host) ?? 0;
      if (left > 0) {
        this.#taken.set(host, left - 1);
        return;
      }
      const ms = await (this.#asking.get(host) ?? this.#ask(pool, host, rate, some));
      if (ms > 0) await sleep(ms, undefined, { signal });
    }
  }

  #ask(pool: Pool, host: string, rate: Rate, some: number): Promise<number> {
    const asked = takeToken(pool, `source:${host}`, rate, some)
      .then((ms) => {
        if (ms === 0) this.#taken.set(host, (this.#taken.get(host) ?? 0) + some);
        return ms;
      })
      .finally(() => this.#asking.delete(host));
    this.#asking.set(host, asked);
    return asked;
  }
}
