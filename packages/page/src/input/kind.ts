import type { Given } from './dropped.js';

/** What a drop is: a report that was written before, a policy, or files to be scanned. */
export type GivenKind = 'report' | 'policy' | 'files';

/** How a JSON report of Sentinel begins. */
const REPORT = /^\ufeff?\s*\{\s*"schemaVersion"\s*:\s*\d+\s*,\s*"tool"\s*:\s*\{\s*"name"\s*:\s*"sentinel"/;
const HEAD_BYTES = 512;
const POLICY = /^sentinel-policy.*\.ya?ml$/i;

/** A report and a policy are taken as such where they were given alone: among files they are what came with the files. */
export async function kindOfGiven({ files, roots }: Given): Promise<GivenKind> {
  const [only, ...others] = files;
  if (only === undefined || others.length > 0 || roots[0] !== only.path) return 'files';
  if (POLICY.test(only.path)) return 'policy';
  if (!/\.json$/i.test(only.path)) return 'files';
  const head = await only.file.slice(0, HEAD_BYTES).text();
  return REPORT.test(head) ? 'report' : 'files';
}
