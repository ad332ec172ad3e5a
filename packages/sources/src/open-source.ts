import { openHttps } from './https/open.js';
import { openHub } from './hub/open.js';
import { SourceError } from './model/source-error.js';
import { openOci } from './oci/open.js';
import { openBucket } from './s3/open.js';
import type { Provider, Source, SourceContext } from './source.js';

/** Schemes of addresses, without the colon. */
export type Scheme = 'hf' | 's3' | 'gs' | 'oci' | 'https' | 'http';

/** One for each scheme: a missing one does not compile. */
const PROVIDERS: { readonly [S in Scheme]: Provider } = {
  hf: openHub,
  s3: openBucket,
  gs: openBucket,
  oci: openOci,
  https: openHttps,
  http: openHttps,
};

/** The scheme of an address; null for what is none, such as a path. */
export function schemeOf(address: string): string | null {
  return /^([a-z][a-z0-9+.-]+):\/\//i.exec(address)?.[1]?.toLowerCase() ?? null;
}

function isScheme(scheme: string | null): scheme is Scheme {
  return scheme !== null && Object.hasOwn(PROVIDERS, scheme);
}

/** Opens the source at an address. Throws a `SourceError`. */
export function openSource(address: string, context: SourceContext): Promise<Source> {
  const scheme = schemeOf(address);
  if (isScheme(scheme)) return PROVIDERS[scheme](address, context);
  const known = Object.keys(PROVIDERS).map((name) => `${name}://`);
  return Promise.reject(
    new SourceError('usage', `sources at ${scheme ?? 'such'}:// are not known; known are ${known.join(', ')}`),
  );
}
