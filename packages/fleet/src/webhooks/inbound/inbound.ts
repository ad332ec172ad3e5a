export type Header = (name: string) => string | null;

export interface Delivery {
  /** By its name in lower case. */
  readonly header: Header;
  readonly secret: string;
  readonly body: Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a delivery says: addresses to take in, or why there is nothing to do. */
export interface Understood {
  readonly addresses: readonly string[];
  readonly ignored: string | null;
}

/** One kind of sender. */
export interface Inbound {
  isGenuine(delivery: Delivery): boolean;
  /** What makes a delivery the same as an earlier one, or null where senders say nothing of the kind. */
  delivery(delivery: Delivery): string | null;
  /** Throws a ZodError for what is no payload of this sender. */
  understand(value: unknown): Understood;
}
