import { scan, type Report } from '@artifact-sentinel/core/node';
import type { ScanInput } from '@artifact-sentinel/core/internal';
import {
  HttpClient,
  openSource,
  SourceError,
  type HttpClientOptions,
  type SourceContext,
} from '@artifact-sentinel/sources';
import { nodeTransport } from '@artifact-sentinel/sources/node';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { HubDouble } from './hub-double.js';

/** `os.system('id')` in protocol 0: nothing loads it. */
export const SYSTEM = Buffer.from("cos\nsystem\n(S'id'\ntR.");
/** `collections.OrderedDict()` */
export const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');

/** A double for the tests of one file, and how they read from it. */
export class SourceKit {
  #double: HubDouble | null = null;
  readonly #clients: HttpClient[] = [];

  constructor() {
    beforeAll(async () => {
      this.#double = await HubDouble.start();
    });
    beforeEach(() => {
      this.double.reset();
    });
    afterAll(async () => {
      for (const client of this.#clients) client.close();
      await this.double.close();
    });
  }

  get double(): HubDouble {
    if (this.#double === null) throw new Error('the double is not there yet');
    return this.#double;
  }

  /** A context without waits between attempts. */
  context(options: Partial<HttpClientOptions> = {}, variables: Readonly<Record<string, string>> = {}): SourceContext {
    const environment: Readonly<Record<string, string>> = { HF_ENDPOINT: this.double.endpoint, ...variables };
    const variable = (name: string): string | undefined => environment[name];
    const transport = nodeTransport({ variable });
    const client = new HttpClient({ transport, addresses: 'any', backOffMs: 1, idleMs: 2_000, ...options });
    this.#clients.push(client);
    return { client, variable, readText: () => null, signal: new AbortController().signal };
  }

  /** A report on all that lies at an address, one file after the other. */
  async report(address: string, context = this.context(), thorough = false): Promise<Report> {
    return scan(this.inputs(address, context), { today: '2026-11-23', thorough });
  }

  async *inputs(address: string, context: SourceContext): AsyncGenerator<ScanInput> {
    const source = await openSource(address, context);
    for await (const entry of source.list(context.signal)) {
      if (entry.kind === 'file') yield await entry.open(context.signal);
      else yield { path: entry.name, source: null, size: 0, problem: { cause: 'unreadable', reason: entry.reason } };
    }
  }
}

/** The error that a promise rejects with. */
export async function sourceErrorOf(promise: Promise<unknown>): Promise<SourceError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('it was fulfilled');
}
