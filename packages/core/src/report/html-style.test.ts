import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { STYLE, STYLE_HASH, THEMES } from './html-style.js';

test('the hash is that of the style', () => {
  expect(STYLE_HASH).toBe(createHash('sha256').update(STYLE).digest('base64'));
});

test('the style loads nothing', () => {
  expect(STYLE).not.toMatch(/url\(|@import|@font-face|expression|<|\\/);
});

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test('contrast of black and white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});

test.each(Object.entries(THEMES))(
  'in the %s theme every text is readable on both backgrounds (WCAG AA)',
  (_name, theme) => {
    const { page, box, line: _line, ...texts } = theme;
    for (const [name, color] of Object.entries(texts))
      for (const background of [page, box]) expect(contrast(color, background), name).toBeGreaterThanOrEqual(4.5);
  },
);
