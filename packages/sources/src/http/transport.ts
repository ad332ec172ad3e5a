/** Which addresses a connection may go to: those of the public internet, or those of private networks and this machine too. */
export type Addresses = 'public' | 'any';

/** One request as it goes to one server. Nothing here follows redirects, repeats or decodes. */
export interface TransportRequest {
  readonly url: URL;
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  readonly addresses: Addresses;
  /** Ends the request and the body of its answer. */
  readonly signal: AbortSignal;
}

export interface TransportAnswer {
  readonly status: number;
  /** The value of a header by its name in lower case; several are joined by a comma. */
  header(name: string): string | null;
  /** Read once, or not at all. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The address that answered, where the host follows redirects by itself (browsers); absent otherwise. */
  readonly url?: string | undefined;
  /** Gives up the rest of the body. */
  close(): void;
}

/**
 * How requests get to servers: `node:http` in Node, `fetch` in browsers. `send` rejects with a `SourceError` for what is
 * refused ('private-address'), and with any other error where no answer comes. Messages do not repeat the address.
 */
export interface Transport {
  send(request: TransportRequest): Promise<TransportAnswer>;
  /** Closes idle connections. */
  close?(): void;
}
