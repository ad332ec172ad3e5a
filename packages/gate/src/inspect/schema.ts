import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { perObject } from '@artifact-sentinel/core/internal';
import { refuse } from '../model/rules.js';

/** Strict: an unknown keyword is an error of the schema, not silence. The first fault is enough to refuse. */
const STRICT = {
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: false,
  validateFormats: false,
} as const;

/** Knows what a schema is. One for all of them: to compile the schema of schemas takes longer than most schemas do. */
const OF_SCHEMAS = new Ajv2020(STRICT);

/** Objects of which the schema names properties have no others, unless it says otherwise. Recursion: as deep as the configuration. */
export function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy: Record<string, unknown> = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, KEEPS.has(key) ? value : closed(value)]),
  );
  const names = copy['properties'] !== undefined;
  const open = copy['additionalProperties'] ?? copy['unevaluatedProperties'] ?? copy['$ref'];
  return names && open === undefined ? { ...copy, additionalProperties: false } : copy;
}

/** Keywords whose value is data, not a schema. */
const KEEPS: ReadonlySet<string> = new Set(['const', 'enum', 'default', 'examples', 'required']);

export type SchemaCheck = (value: unknown, path: string) => void;

/**
 * By the schema as it is in a configuration: routes of a dialect share theirs. Throws ajv's error where the schema is
 * invalid: the reader of the configuration adds line and column.
 */
export const compileSchema = perObject((given: Readonly<Record<string, unknown>>): SchemaCheck => {
  const schema = closed(given) as object;
  void OF_SCHEMAS.validateSchema(schema, true);
  const validate: ValidateFunction = new Ajv2020({ ...STRICT, validateSchema: false }).compile(schema);
  return (value, path) => {
    if (validate(value)) return;
    const error = validate.errors?.[0];
    refuse('GATE-SCHEMA', error?.keyword ?? 'schema', path, describe(error), { format: 'json' });
  };
});

/** What the schema asked for, and how deep; never what was there. */
function describe(error: ErrorObject | undefined): string {
  if (error === undefined) return 'it does not fit';
  const depth = error.instancePath.split('/').length - 1;
  const level = depth === 0 ? 'the value' : `a value ${depth} deep`;
  if (error.keyword === 'additionalProperties' || error.keyword === 'unevaluatedProperties')
    return `${level} has a field that the schema does not know`;
  if (error.keyword === 'required') return `${level} lacks ${JSON.stringify(error.params['missingProperty'])}`;
  if (error.keyword === 'type') return `${level} has to be ${String(error.params['type'])}`;
  return `${level} does not meet "${error.keyword}"`;
}
