import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { kindOfAddress, HttpClient, SourceError, type SourceContext, type Transport } from '@artifact-sentinel/sources';
import { nodeTransport, temporaryFiles } from '@artifact-sentinel/sources/node';
import { MAX_FILE_BYTES, SOURCE_RATE } from '../limits.js';
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
  const client = new HttpClient({
    transport: guarded(nodeTransport({ variable }), hosts, (host) => waitFor(pool, host, rates[host] ?? SOURCE_RATE, signal)),
    // The transport below decides for each host.
    addresses: 'any',
    userAgent: 'sentinel-fleet',
    signal,
  });
  return { client, variable, readText: () => null, spooling: temporaryFiles({ most: MAX_FILE_BYTES }), signal };
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
  if ((literal === null || literal === 'public') && !/(?:^|\.)(?:localhost|metadata\.google\.internal)$/i.test(name)) return;
  throw new SourceError('private-address', `${hostname} is not an address of the public internet`);
}

async function waitFor(pool: Pool, host: string, rate: Rate, signal: AbortSignal): Promise<void> {
  for (;;) {
    const ms = await takeToken(pool, `source:${host}`, rate);
    if (ms === 0) return;
    await sleep(ms, undefined, { signal });
  }
}
