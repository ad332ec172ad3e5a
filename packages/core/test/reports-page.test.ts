import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eachReporter } from '@artifact-sentinel/core/internal';

const page = readFileSync(new URL('../../../docs/reports.md', import.meta.url), 'utf8');

test.each(eachReporter().map(([name]) => name))('docs/reports.md has a row for %s', (name) => {
  expect(page).toMatch(new RegExp(`^\\| \`${name}\` `, 'm'));
});
