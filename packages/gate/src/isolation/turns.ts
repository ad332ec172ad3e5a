/** One that waits for its turn. */
interface Waiting {
  readonly client: string;
  readonly go: () => void;
}

/**
 * Turns of clients: whoever has least in hand is next, so that each has one before anybody has a second, whatever the others
 * send. `most` are served at a time.
 */
export class Turns {
  readonly #most: number;
  /** Clients that wait, the next one first, with what they wait for in its order. */
  readonly #queues = new Map<string, Waiting[]>();
  readonly #served = new Map<string, number>();
  #inHand = 0;
  #waiting = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** How many of a client wait or are served. */
  of(client: string): number {
    return (this.#queues.get(client)?.length ?? 0) + (this.#served.get(client) ?? 0);
  }

  /** `go` is called at its turn, at once if there is room; it has to be given back by `done`. Gives what takes it back before. */
  ask(client: string, go: () => void): () => boolean {
    const waiting: Waiting = { client, go };
    const queue = this.#queues.get(client);
    if (queue === undefined) this.#queues.set(client, [waiting]);
    else queue.push(waiting);
    this.#waiting += 1;
    this.#next();
    return () => this.#takeBack(waiting);
  }

  done(client: string): void {
    this.#inHand -= 1;
    const left = (this.#served.get(client) ?? 1) - 1;
    if (left === 0) this.#served.delete(client);
    else this.#served.set(client, left);
    this.#next();
  }

  #takeBack(waiting: Waiting): boolean {
    const queue = this.#queues.get(waiting.client);
    const at = queue?.indexOf(waiting) ?? -1;
    if (queue === undefined || at === -1) return false;
    queue.splice(at, 1);
    if (queue.length === 0) this.#queues.delete(waiting.client);
    this.#waiting -= 1;
    return true;
  }

  #next(): void {
    while (this.#inHand < this.#most) {
      const client = this.#idlest();
      if (client === null) return;
      const queue = this.#queues.get(client) ?? [];
      const [first] = queue.splice(0, 1);
      // It goes behind all others that wait.
      this.#queues.delete(client);
      if (queue.length > 0) this.#queues.set(client, queue);
      this.#waiting -= 1;
      this.#inHand += 1;
      this.#served.set(client, (this.#served.get(client) ?? 0) + 1);
      first?.go();
    }
  }

  /** Of those that wait, the first one of which no more is served than of another. */
  #idlest(): string | null {
    let idlest: string | null = null;
    let least = Infinity;
    for (const client of this.#queues.keys()) {
      const served = this.#served.get(client) ?? 0;
      if (served < least) {
        idlest = client;
        least = served;
      }
      if (least === 0) break;
    }
    return idlest;
  }
}
