import * as z from 'zod/mini';
import { ANY_FINGERPRINT } from '../fingerprint.js';
import { SAFETY_LEVELS, SEVERITIES } from '../severity.js';

/*
 * The shape of the report, defined once: the types of model/report.ts are inferred from it, schemas/report.schema.json is
 * written from it, and reports are read by it. This file has what several parts share. Types only are taken from these
 * files by code that makes a report, so that a scan loads none of them.
 */

/** A schema with what it is about, for the published JSON Schema. */
export const about = (description: string) => z.meta({ description });
/** The same for one with a name of its own there; such a schema takes no further description. */
export const named = (id: string, description?: string) =>
  z.meta(description === undefined ? { id } : { id, description });

export const count = z.number().check(z.int(), z.minimum(0));
export const position = z.number().check(z.int(), z.minimum(1));
export const text = z.string();
export const texts = z.array(text);
export const maybeText = z.nullable(text);
export const sha256 = text.check(z.regex(/^[0-9a-f]{64}$/));
export const date = text.check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const fingerprint = text.check(
  z.regex(ANY_FINGERPRINT),
  named(
    'fingerprint',
    'One without v2- is of an earlier version, in what is repeated of an earlier report, a policy or a baseline.',
  ),
);
export const severity = z.enum(SEVERITIES).check(named('severity'));
export const levelName = z.enum(SAFETY_LEVELS).check(named('levelName'));

const level = <L extends number, N extends string>(value: L, name: N) =>
  z.object({ level: z.literal(value), name: z.literal(name) });
export const safety = z
  .union(
    [
      level(0, 'LIKELY_SAFE'),
      level(1, 'POSSIBLY_UNSAFE'),
      level(2, 'SUSPICIOUS'),
      level(3, 'LIKELY_UNSAFE'),
      level(4, 'LIKELY_OVERTLY_MALICIOUS'),
      level(5, 'OVERTLY_MALICIOUS'),
    ],
    'level and name do not fit',
  )
  .check(named('safety'));

export const location = z
  .object({
    path: text.check(about('`!` separates a member from its container.')),
    offset: z.nullable(count).check(about('In the decoded bytes of the member.')),
    line: z.nullable(position),
    column: z.exactOptional(position).check(about('In source: UTF-16 units, from 1.')),
    endLine: z.exactOptional(position),
    endColumn: z.exactOptional(position).check(about('Behind the last one.')),
    cell: z.exactOptional(position).check(about('Of a notebook; lines are counted in it.')),
  })
  .check(named('location'));

export const allowRole = z
  .enum(['bare', 'maker'])
  .check(about('bare: instances may be made without a call and given a state; maker: it may be called besides.'));

export const evidence = z
  .object({
    signal: text.check(about('What disappears when the finding is fixed.')),
    call: maybeText,
    chain: texts,
    entries: z
      .exactOptional(z.array(z.object({ entry: text, role: allowRole })))
      .check(
        about('Entries that a policy may have, and that let it pass, alone or together; absent where there is none.'),
      ),
  })
  .check(named('evidence'));

export const tool = z
  .object({
    name: z.literal('sentinel'),
    version: text,
    rules: text.check(about('Version of the catalogue and the allowlist.')),
  })
  .check(named('tool'));
