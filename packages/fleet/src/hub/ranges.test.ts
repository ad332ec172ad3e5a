import { expect, test } from 'vitest';
import { readRange } from './ranges.js';

test.each([
  ['bytes=0-0', { start: 0, end: 1, isOpen: false }],
  ['bytes=2-', { start: 2, end: 10, isOpen: true }],
  ['bytes=2-99', { start: 2, end: 10, isOpen: false }],
  ['bytes=-3', { start: 7, end: 10, isOpen: false }],
  ['bytes=-99', { start: 0, end: 10, isOpen: false }],
  ['bytes=9-9', { start: 9, end: 10, isOpen: false }],
  ['bytes=10-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=3-2', null],
  ['bytes=-', null],
  ['bytes=0-1,3-4', null],
  ['lines=0-1', null],
  [`bytes=${'9'.repeat(40)}-`, null],
  [undefined, null],
])('%s', (header, span) => expect(readRange(header, 10)).toEqual(span));
