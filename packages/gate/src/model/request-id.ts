import { LONGEST_REQUEST_ID } from './limits.js';

/** Letters, digits and signs that no log, header or URL reads as anything else. vLLM's proxies have addresses in theirs. */
const SAFE = /^[A-Za-z0-9._:~-]+$/;

/**
 * The id that a client gives its request, by the values of its X-Request-Id: null without one, and where it is not one value of a
 * bounded length in safe characters. Then the gate's own goes to the upstream.
 */
export function clientRequestId(values: readonly string[]): string | null {
  const [value] = values;
  if (value === undefined || values.length > 1) return null;
  return value.length <= LONGEST_REQUEST_ID && SAFE.test(value) ? value : null;
}
