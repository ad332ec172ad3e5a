import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

/** The official schemas of what Sentinel writes for other tools: schemas/third-party/README.md says where they are from. */

type Json = Record<string, unknown>;

function schema(file: string): Json {
  const url = new URL(`../../../schemas/third-party/${file}`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Json;
}

/** What RFC 3339 calls a date-time, and a time that there is. */
const dateTime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));

const FORMATS = {
  uri: true,
  'uri-reference': true,
  'iri-reference': true,
  'idn-email': true,
  'date-time': dateTime,
} as const;

/** Errors of a document, empty for a valid one. */
export type Validator = (document: unknown) => unknown[];

export function sarifValidator(): Validator {
  // Draft 4 differs from what ajv reads in the name of the schema's own id only, as far as this schema goes.
  const { $schema: _draft, id: _id, ...own } = schema('sarif-2.1.0-rtm.5.json');
  const validate = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats: FORMATS }).compile(own);
  return (document) => (validate(document) ? [] : [...(validate.errors ?? [])]);
}

export function cycloneDxValidator(): Validator {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats: FORMATS });
  ajv.addSchema(schema('cyclonedx-spdx.schema.json'));
  ajv.addSchema(schema('cyclonedx-jsf-0.82.schema.json'));
  const validate = ajv.compile(schema('cyclonedx-bom-1.6.schema.json'));
  return (document) => (validate(document) ? [] : [...(validate.errors ?? [])]);
}
