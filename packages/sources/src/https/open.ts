import type { HttpClient } from '../http/client.js';
import { shownUrl } from '../http/shown-url.js';
import { statusError } from '../http/status-error.js';
import { hubAddressOfUrl } from '../hub/address.js';
import { openHubAt } from '../hub/open.js';
import { SourceError } from '../model/source-error.js';
import { probe, RangeSource, type RangeOrigin } from '../range-source.js';
import type { Source, SourceContext, SourceEntry } from '../source.js';
import { inputOf } from '../source-input.js';

const GOOD = new Set([200, 206, 412, 416]);

/** A file at an address, or a repository at an address of the Hub's web pages. */
export function openHttps(address: string, context: SourceContext): Promise<Source> {
  if (!URL.canParse(address))
    return Promise.reject(new SourceError('usage', `${address.replace(/[?#@].*$/s, '')}: it is no web address`));
  const url = new URL(address);
  if (url.username !== '' || url.password !== '')
    return Promise.reject(new SourceError('usage', `${shownUrl(url)}: an address with a password is not taken`));
  const hub = hubAddressOfUrl(url, context.variable);
  return hub === null ? Promise.resolve(fileSource(url, context)) : openHubAt(address, hub, context);
}

/** One file. Its query may be a signature and is not shown, so that such a file cannot be named again. */
function fileSource(url: URL, context: SourceContext): Source {
  const shown = shownUrl(url);
  return {
    name: shown,
    pinned: shown,
    notes: [],
    async *list() {
      yield entryOf(url, shown, context);
    },
  };
}

function entryOf(url: URL, shown: string, { client, spooling }: SourceContext): SourceEntry {
  return {
    kind: 'file',
    name: shown,
    path: decodedName(url),
    size: null,
    sha256: null,
    open: (signal) =>
      inputOf(shown, async () => {
        const origin = urlOrigin(url, shown, client);
        return new RangeSource(origin, { ...(await probe(origin, signal, spooling)), spooling, signal });
      }),
  };
}

function urlOrigin(url: URL, shown: string, client: HttpClient): RangeOrigin {
  return {
    shown,
    get: (headers, signal, take) =>
      client.exchange({ url, headers, signal }, async (answer) => {
        if (!GOOD.has(answer.status)) throw statusError(shown, answer);
        return take(answer);
      }),
  };
}

function decodedName({ pathname }: URL): string {
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch (error) {
    if (error instanceof URIError) return last;
    throw error;
  }
}
