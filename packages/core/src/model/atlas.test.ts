import { expect, test } from 'vitest';
import { RULES } from '../rules/index.js';
import { ATLAS_TECHNIQUES, atlasPage, describeAtlas } from './atlas.js';

test('every technique of the table is one that a rule names', () => {
  const named = new Set(RULES.flatMap(({ meta }) => meta.atlas));
  expect([...named].sort()).toEqual(Object.keys(ATLAS_TECHNIQUES));
});

test('a technique is shown with its name, an unknown one by its ID', () => {
  expect(describeAtlas('AML.T0011.000')).toBe('AML.T0011.000 User Execution: Unsafe AI Artifacts');
  expect(describeAtlas('AML.T9999')).toBe('AML.T9999');
  // Names that every object has are techniques of nobody.
  expect(describeAtlas('constructor')).toBe('constructor');
  expect(atlasPage('AML.T0011.000')).toBe('https://atlas.mitre.org/techniques/AML.T0011.000');
});
