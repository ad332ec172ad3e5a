import type { Transport } from './transport.js';

/**
 * `fetch` as a transport, for browsers. `If-Range` is left out: with it, unlike with one range, a browser asks each server first
 * whether it may (Fetch Standard, CORS-safelisted request-header), which storages refuse. Who reads compares the validators of
 * all answers anyway. It follows redirects by itself where the host does not show them, without the headers
 * that are secret across origins (Fetch Standard, HTTP-redirect fetch), and leaves the choice of addresses to the host.
 */
export function fetchTransport(fetcher: typeof fetch = fetch): Transport {
  return {
    async send({ url, method, headers, body, signal }) {
      const { 'accept-encoding': _coding, 'user-agent': _agent, 'if-range': _state, ...allowed } = headers;
      const answer = await fetcher(url, {
        method,
        headers: allowed,
        signal,
        redirect: 'follow',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        ...(body === undefined ? {} : { body: body.slice() }),
      });
      return {
        status: answer.status,
        url: answer.url,
        header: (name) => answer.headers.get(name),
        body: chunksOf(answer.body),
        close: () => {
          if (answer.body?.locked === false) void answer.body.cancel();
        },
      };
    },
  };
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (body === null) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
    reader.releaseLock();
  }
}
