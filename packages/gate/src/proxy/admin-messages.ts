/** What the two threads share: when the proxy was last alive, in milliseconds since 1970, and whether it is ready. */
export const BEAT = 0;
export const READY = 1;

export interface AdminSetup {
  readonly host: string;
  readonly port: number;
  readonly shared: SharedArrayBuffer;
}

export type FromAdmin =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'metrics'; readonly id: number };

export type ToAdmin =
  | { readonly kind: 'metrics'; readonly id: number; readonly text: string }
  | { readonly kind: 'close' };
