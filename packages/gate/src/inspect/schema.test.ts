import { describe, expect, test } from 'vitest';
import { Refused } from '../model/rules.ts';
import { closed, compileSchema } from './schema.ts';

describe('maps of which a schema names properties', () => {
  const properties = { a: { type: 'number' } };
  test.each([
    [{ properties }, { properties, additionalProperties: false }],
    [{ type: 'object' }, { type: 'object' }],
    [
      { properties, additionalProperties: true },
      { properties, additionalProperties: true },
    ],
    [
      { properties, unevaluatedProperties: false },
      { properties, unevaluatedProperties: false },
    ],
    [
      { properties, $ref: '#/x' },
      { properties, $ref: '#/x' },
    ],
    [{ allOf: [{ properties }] }, { allOf: [{ properties, additionalProperties: false }] }],
    [{ const: { properties } }, { const: { properties } }],
    [{ enum: [{ properties }] }, { enum: [{ properties }] }],
    [{ default: { properties } }, { default: { properties } }],
    [{ not: null }, { not: null }],
    [true, true],
  ])('%j has no others: %j', (schema, expected) => expect(closed(schema)).toEqual(expected));
});

describe('what does not fit', () => {
  /** The signal and what is said of it. */
  function said(schema: Readonly<Record<string, unknown>>, value: unknown): string | null {
    try {
      compileSchema(schema)(value, 'p');
      return null;
    } catch (error) {
      if (error instanceof Refused) return `${error.refusal.rule} ${error.refusal.signal}: ${error.refusal.detail}`;
      throw error;
    }
  }
  const object = { type: 'object', properties: { a: { type: 'object', properties: { b: { type: 'number' } } } } };

  test.each<[Readonly<Record<string, unknown>>, unknown, string | null]>([
    [object, {}, null],
    [object, { a: { b: 1 } }, null],
    [object, 1, 'GATE-SCHEMA type: the value has to be object'],
    [object, { a: { b: 'x' } }, 'GATE-SCHEMA type: a value 2 deep has to be number'],
    [object, { a: 1 }, 'GATE-SCHEMA type: a value 1 deep has to be object'],
    [object, { c: 1 }, 'GATE-SCHEMA additionalProperties: the value has a field that the schema does not know'],
    [
      { type: 'object', properties: { a: true }, unevaluatedProperties: false },
      { c: 1 },
      'GATE-SCHEMA unevaluatedProperties: the value has a field that the schema does not know',
    ],
    [{ type: 'object', required: ['a"'] }, {}, 'GATE-SCHEMA required: the value lacks "a\\""'],
    [{ type: 'number', minimum: 2 }, 1, 'GATE-SCHEMA minimum: the value does not meet "minimum"'],
    [{ type: ['number', 'string'] }, null, 'GATE-SCHEMA type: the value has to be number,string'],
    // A format is no more than a word.
    [{ type: 'string', format: 'date' }, 'x', null],
    [
      { type: 'object', properties: { a: false } },
      { a: 1 },
      'GATE-SCHEMA false schema: a value 1 deep does not meet "false schema"',
    ],
  ])('%j: %j', (schema, value, expected) => expect(said(schema, value)).toBe(expected));

  test('a schema that routes share is compiled once, and an equal one is another', () => {
    const schema = { type: 'number' };
    expect(compileSchema(schema)).toBe(compileSchema(schema));
    expect(compileSchema({ type: 'number' })).not.toBe(compileSchema(schema));
  });

  test('a keyword that there is not is a fault of the schema', () => {
    expect(() => compileSchema({ minimun: 1 })).toThrow('minimun');
    expect(() => compileSchema({ type: 'object', required: ['a'] })).not.toThrow();
  });
});
