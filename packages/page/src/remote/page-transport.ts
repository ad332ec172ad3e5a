import { showBytes } from '@artifact-sentinel/core/internal';
import { SourceError, type Transport, type TransportAnswer } from '@artifact-sentinel/sources';

export interface PageTransportOptions {
  /** Bytes of all answers together; with more of them every request is refused. */
  readonly most: number;
  /** Called for every piece that comes. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Requests of a page: bounded by what the person agreed to, and with words for what a browser only calls a failure. A browser
 * tells nobody why another host gave no answer (CORS protocol of the Fetch Standard), so the words name what there may be.
 */
export function pageTransport(inner: Transport, { most, onBytes }: PageTransportOptions): Transport {
  let received = 0;
  const used = (): SourceError =>
    new SourceError(
      'limit',
      `the ${showBytes(most)} that were agreed to have been received; nothing more is asked for`,
    );
  async function* counted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      received += chunk.length;
      onBytes(chunk.length);
      if (received > most) throw used();
      yield chunk;
    }
  }
  return {
    async send(request) {
      if (received >= most) throw used();
      let answer: TransportAnswer;
      try {
        answer = await inner.send(request);
      } catch (error) {
        if (error instanceof TypeError) throw new Error(silentWords(request.url), { cause: error });
        throw error;
      }
      if (answer.status === 206 && answer.header('content-range') === null) {
        answer.close();
        throw new SourceError(
          'bad-answer',
          `${hostOf(answer, request.url)} does not let a page read which range it gives (Content-Range is not exposed by CORS)`,
        );
      }
      // The Hub exposes both or none: without them a listing might go on without a word.
      const isListing = request.url.pathname.includes('/tree/');
      if (isListing && answer.header('link') === null && answer.header('x-request-id') === null) {
        answer.close();
        throw new SourceError(
          'bad-answer',
          `${hostOf(answer, request.url)} does not let a page read whether its listing goes on (Link is not exposed by CORS)`,
        );
      }
      return { ...answer, body: counted(answer.body) };
    },
  };
}

function hostOf({ url }: TransportAnswer, asked: URL): string {
  return url === undefined || url === '' ? asked.host : new URL(url).host;
}

function silentWords({ host }: URL): string {
  return `the browser gets no answer of ${host}: it cannot be reached, it redirects to a host that this page may not ask, or it does not let other pages read it (CORS). The command line has no such limits`;
}
