import * as z from 'zod/mini';
import { COVERAGE_KINDS, COVERAGE_REASON_NAMES } from '../coverage.js';
import { GLOBAL_VIAS, STREAM_ROLES } from '../fact.js';
import { about, count, maybeText, named, position, safety, sha256, text } from './basics.js';

const global = z
  .object({
    module: text,
    name: text,
    class: z.enum(['allowed', 'unexpected', 'dangerous', 'dynamic']),
    offset: count,
    count: position,
    called: z.boolean(),
    via: z.enum(GLOBAL_VIAS),
    userAllowed: z.boolean().check(about("True when only a user's allow entry makes it allowed.")),
  })
  .check(named('global'));

const streamFields = {
  path: text,
  role: z.enum(STREAM_ROLES),
  offset: count,
  length: count,
  protocol: count,
  end: z.enum(['stop', 'error']),
  error: maybeText,
  sha256: z.nullable(sha256),
  safety,
  globals: z.array(global),
};

/** One pickle stream. */
const streamPart = z.object({ kind: z.literal('stream'), ...streamFields }).check(named('stream', 'A pickle stream.'));

const opaquePart = z
  .object({
    kind: z.literal('opaque'),
    path: text,
    format: text,
    size: z.nullable(count).check(about('Null where it is packed and was not unpacked to its end.')),
    reason: text.check(about('What its readers run of it, as far as is known.')),
  })
  .check(named('opaque', 'Bytes in a format that is recognised and not analysed.'));

const words = {
  kind: z.enum(COVERAGE_KINDS),
  reason: z
    .nullable(z.enum(COVERAGE_REASON_NAMES))
    .check(about('Null for what is parsed, and for what is unread: `incomplete` says why.')),
};

const coverage = z
  .object({
    totals: z
      .array(z.object({ ...words, bytes: position }))
      .check(about('Bytes of the artifact as it lies there; they add up to its size.')),
    ranges: z
      .array(z.object({ start: count, end: count.check(about('The byte behind it.')), ...words }))
      .check(about('The first ones, in the order of the file.')),
    moreRanges: count,
  })
  .check(named('coverage', 'What became of every byte.'));

const artifactFields = {
  path: text,
  size: count,
  format: text,
  safety: z.nullable(safety).check(about('Null where nothing of it was analysed.')),
  sha256: z.nullable(sha256).check(about('Of the whole file.')),
  claimedSha256: z
    .exactOptional(sha256)
    .check(about('As a remote source claims it; nothing has checked it where sha256 is null.')),
  notHashed: maybeText.check(about('Why there is no sha256; null where there is one.')),
};

export const artifact = z
  .object({
    ...artifactFields,
    status: z
      .enum(['complete', 'incomplete', 'opaque'])
      .check(about('opaque: its format is recognised and not analysed, so that nothing can be said for it.')),
    coverage,
    parts: z.array(z.discriminatedUnion('kind', [streamPart, opaquePart])),
    moreParts: count.check(about('Opaque parts beyond those that are listed.')),
  })
  .check(named('artifact'));

/** As schema version 1 had it. */
export const artifactOf1 = z.object({
  ...artifactFields,
  safety,
  status: z.enum(['complete', 'incomplete']),
  streams: z.array(z.object(streamFields)),
});
