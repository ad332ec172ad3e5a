/** One that waits for its turn. */
interface Waiting {
  readonly client: string;
  readonly go: () => void;
}

/**
 * Turns of clients: the one with least in hand is next, and of those the one whose last turn is longest ago, so that each has
 * one before another has a second. `most` are served at a time.
 */
export class Turns {
  readonly #most: number;
  /** Clients that wait, the next one first, with what they wait for in its order. */
  readonly #queues = new Map<string, Waiting[]>();
  readonly #served = new Map<string, number>();
  /** When a client that waits or is served had its last turn. */
  readonly #last = new Map<string, number>();
  #turn = 0;
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
    if (left === 0 && !this.#queues.has(client)) this.#last.delete(client);
    if (left > 0) this.#served.set(client, left);
    this.#next();
  }

  #takeBack(waiting: Waiting): boolean {
    const queue = this.#queues.get(waiting.client);
    const at = queue?.indexOf(waiting) ?? -1;
    if (queue === undefined || at === -1) return false;
    queue.splice(at, 1);
    if (queue.length === 0) {
      this.#queues.delete(waiting.client);
      if (!this.#served.has(waiting.client)) this.#last.delete(waiting.client);
    }
    this.#waiting -= 1;
    return true;
  }

  #next(): void {
    while (this.#inHand < this.#most) {
      const client = this.#idlest();
      if (client === null) return;
      const queue = this.#queues.get(client) ?? [];
      const [first] = queue.splice(0, 1);
      if (queue.length === 0) this.#queues.delete(client);
      this.#turn += 1;
      this.#last.set(client, this.#turn);
      this.#waiting -= 1;
      this.#inHand += 1;
      this.#served.set(client, (this.#served.get(client) ?? 0) + 1);
      first?.go();
    }
  }

  /** Of those that wait, the one of which least is served, and of these the one whose last turn is longest ago. */
  #idlest(): string | null {
    let idlest: string | null = null;
    let least = Infinity;
    let last = Infinity;
    for (const client of this.#queues.keys()) {
      const served = this.#served.get(client) ?? 0;
      const turn = this.#last.get(client) ?? 0;
      if (served > least || (served === least && turn >= last)) continue;
      idlest = client;
      least = served;
      last = turn;
    }
    return idlest;
  }
}
