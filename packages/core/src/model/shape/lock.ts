import * as z from 'zod/mini';
import { about, count, date, levelName, named, sha256, text } from './basics.js';

const file = z
  .object({
    path: text.check(about('Within the folder of the lock, with slashes.')),
    size: count,
    sha256,
    claimed: z
      .exactOptional(z.literal(true))
      .check(about('The source claims this SHA-256, too: the bytes that came are compared with it.')),
    status: z
      .enum(['complete', 'opaque', 'other'])
      .check(about('opaque: its format is recognised and not analysed; other: it is no artifact.')),
    level: z.nullable(levelName).check(about('What the scan said of it; null where nothing of it was analysed.')),
  })
  .check(named('file'));

/** `sentinel.lock`, as `sentinel fetch` writes it. */
export const lockSchema = z.object({
  lockVersion: z.literal(1),
  source: text.check(about('As it was named, without what may be a secret.')),
  revision: text.check(about('The address with its revision pinned, as far as the source has revisions.')),
  tool: z.object({ name: text, version: text, rules: text.check(about('Of the catalogue and the rules.')) }),
  date: date.check(about('Of the scan.')),
  verdict: z.literal('pass').check(about('Nothing else is placed.')),
  policy: z.array(text).check(about('The policy files that counted; none where the built-in policy did.')),
  files: z.array(file),
  skipped: z.array(z.object({ path: text, reason: text })).check(about('Files of the source that were not fetched.')),
});

/**
 * The JSON Schema of `sentinel.lock`.
 * @internal For tools/generate-docs.mjs and the tests.
 */
export function lockJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(lockSchema),
    $id: 'urn:sentinel:schema:lock:1',
    title: 'Sentinel lock',
    description:
      'What `sentinel fetch` writes beside the files that it fetched, and `sentinel artifact --locked` checks.',
  };
}
