import { MAX_HUB_DEPTH } from '../limits.js';
import { UpstreamError } from './upstream.js';

/**
 * A document of the Hub without what leads clients around the gate: every field whose name begins with "xet". A client that knows
 * the hash of a file in Xet asks its storage for the bytes, and nobody checks them. Recursion: MAX_HUB_DEPTH.
 */
export function withoutXet(value: unknown, depth = 0): unknown {
  if (depth > MAX_HUB_DEPTH)
    throw new UpstreamError(502, null, 'the Hub answers with a document that is nested too deep');
  if (Array.isArray(value)) return value.map((inner) => withoutXet(inner, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  // Without a prototype: "__proto__" is a name like any other.
  const clean = Object.create(null) as Record<string, unknown>;
  for (const [name, inner] of Object.entries(value))
    if (!/^xet/i.test(name)) clean[name] = withoutXet(inner, depth + 1);
  return clean;
}
