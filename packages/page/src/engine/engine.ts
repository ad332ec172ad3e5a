import { MOST_COLLECTORS } from '../limits.js';
import type { Answers, FromWorker, LeadEvent, Request, ToWorker } from './protocol.js';

/** A further worker takes some 150 ms of processor time to start: so many files, or bytes, pay for it. */
const FILES_THAT_PAY = 64;
const BYTES_THAT_PAY = 16 * 2 ** 20;

/** Something is wrong with what was given, in words for a person. */
export class Refused extends Error {}
/** The analysis ended by a fault of ours. */
export class Broken extends Error {}
/** The workers were ended on purpose. */
export class Cancelled extends Error {}

interface Asked {
  readonly resolve: (value: Answers[keyof Answers]) => void;
  readonly reject: (error: Error) => void;
}

/** The part of Trusted Types that is used here; browsers that have none take the plain URL. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** Makes workers of the code that the page carries as text: it runs from file:// as well, and asks for nothing. */
class WorkerFactory {
  readonly #url: string;
  readonly #trusted: string;

  constructor(code: string) {
    const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    this.#url = url;
    const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
    const policy = trustedTypes?.createPolicy('sentinel-worker', {
      createScriptURL(asked) {
        if (asked !== url) throw new TypeError('only the code of this page runs in workers');
        return asked;
      },
    });
    this.#trusted = policy === undefined ? url : policy.createScriptURL(url);
  }

  get url(): string {
    return this.#url;
  }

  start(name: string): Worker {
    return new Worker(this.#trusted, { name });
  }
}

/** The page's side of the workers: one that leads, and for many files some that collect for it. */
export class Engine {
  readonly #code: () => string;
  readonly #onEvent: (event: LeadEvent) => void;
  readonly #asked = new Map<number, Asked>();
  #factory: WorkerFactory | null = null;
  #lead: Worker | null = null;
  #collectors: Worker[] = [];
  #nextId = 0;

  /** `code`: the text of the workers' program, asked for once. */
  constructor(code: () => string, onEvent: (event: LeadEvent) => void) {
    this.#code = code;
    this.#onEvent = onEvent;
  }

  /** Starts the first worker, so that the first file need not wait for it. */
  warm(): void {
    this.#start();
  }

  ask<K extends Request['kind']>(request: Extract<Request, { kind: K }>): Promise<Answers[K]> {
    const lead = this.#start();
    const id = this.#nextId;
    this.#nextId += 1;
    const given: Request = request;
    const transfer = given.kind === 'scan' ? [...given.ports] : [];
    return new Promise((resolve, reject) => {
      // An answer has the kind of its request.
      this.#asked.set(id, { resolve: resolve as Asked['resolve'], reject });
      lead.postMessage({ kind: 'ask', id, request: given } satisfies ToWorker, transfer);
    });
  }

  /** Ports to further workers, as many as pay for so many files. */
  collectors(files: number, bytes: number): MessagePort[] {
    this.#endCollectors();
    if (files < 2 || (files < FILES_THAT_PAY && bytes < BYTES_THAT_PAY)) return [];
    const count = Math.min(MOST_COLLECTORS, files - 1, Math.max(1, navigator.hardwareConcurrency - 1));
    return Array.from({ length: count }, (_, index) => this.#collector(index));
  }

  /** Ends everything at once; what was asked for is Cancelled. */
  cancel(): void {
    this.#end(new Cancelled('the analysis was cancelled'));
  }

  /** The workers that only collect have nothing more to do. */
  endCollectors(): void {
    this.#endCollectors();
  }

  #collector(index: number): MessagePort {
    const worker = this.#workers().start(`sentinel ${index + 2}`);
    this.#collectors.push(worker);
    const { port1, port2 } = new MessageChannel();
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      worker.terminate();
      this.#lead?.postMessage({
        kind: 'lose-collector',
        index,
        reason: event.message === '' ? 'no error was given' : event.message,
      } satisfies ToWorker);
    });
    worker.postMessage({ kind: 'collect-for', port: port1 } satisfies ToWorker, [port1]);
    return port2;
  }

  #workers(): WorkerFactory {
    return (this.#factory ??= new WorkerFactory(this.#code()));
  }

  #start(): Worker {
    if (this.#lead !== null) return this.#lead;
    const worker = this.#workers().start('sentinel 1');
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#end(new Broken(event.message === '' ? 'the worker could not be started' : event.message));
    });
    worker.postMessage({ kind: 'lead' } satisfies ToWorker);
    this.#lead = worker;
    return worker;
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'event') {
      this.#onEvent(message.event);
      return;
    }
    const asked = this.#asked.get(message.id);
    this.#asked.delete(message.id);
    if (message.kind === 'answer') asked?.resolve(message.value);
    else asked?.reject(message.kind === 'refused' ? new Refused(message.reason) : new Broken(message.reason));
  }

  #end(error: Error): void {
    this.#lead?.terminate();
    this.#lead = null;
    this.#endCollectors();
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject } of asked) reject(error);
  }

  #endCollectors(): void {
    for (const worker of this.#collectors) worker.terminate();
    this.#collectors = [];
  }
}
