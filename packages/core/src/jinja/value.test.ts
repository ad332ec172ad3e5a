import { describe, expect, test } from 'vitest';
import { MAX_VALUE_ITEMS, MAX_VALUE_TEXT, MAX_VALUE_TEXTS } from '../model/limits.js';
import {
  ANYTHING,
  BUILT,
  BUILT_TEXT,
  containerOf,
  FROM_INPUT,
  FROM_SETTINGS,
  groupsOf,
  holdsTexts,
  INNER_BUILT,
  INPUT,
  isBare,
  isInput,
  isNotYet,
  itemOf,
  joined,
  mapped,
  mayBeText,
  memberOf,
  NOT_YET,
  NUMBER,
  onlyText,
  sameValue,
  text,
  union,
  type Value,
  widened,
} from './value.js';

const list = (...items: string[]): Value => containerOf(items.map((item) => text(item)));
const either = (...items: string[]): Value => union(items.map((item) => text(item)));
const named = (count: number, start = 'n'): readonly Value[] =>
  Array.from({ length: count }, (_, i) => text(`${start}${i}`));
/** Texts, inner texts, and whether there are others. */
const shown = ({ texts, inner, flags }: Value): string =>
  [
    [...texts].join(),
    [...inner].join(),
    flags & BUILT ? 'built' : '',
    flags & INNER_BUILT ? 'inner' : '',
    flags & INPUT ? 'input' : '',
  ].join('|');

test('the only text is one that nothing else can stand for', () => {
  expect(onlyText(text('a'))).toBe('a');
  expect(onlyText(text(''))).toBe('');
  expect(onlyText(either('a', 'b'))).toBeNull();
  expect(onlyText(NUMBER)).toBeNull();
  expect(onlyText(text('a', true))).toBeNull();
  expect(onlyText(union([text('a'), FROM_INPUT]))).toBeNull();
  expect(onlyText(list('a'))).toBeNull();
  expect(onlyText({ ...text('a'), inner: new Set(['b']) })).toBeNull();
});

describe('what a value is', () => {
  const all: readonly (readonly [string, Value])[] = [
    ['number', NUMBER],
    ['text', text('a')],
    ['list', list('a')],
    ['empty list', list()],
    ['input', FROM_INPUT],
    ['settings', FROM_SETTINGS],
    ['built', BUILT_TEXT],
    ['anything', ANYTHING],
    ['not yet', NOT_YET],
    ['items of input', containerOf([FROM_INPUT])],
  ];
  const are = (is: (value: Value) => boolean): string =>
    all.flatMap(([name, value]) => (is(value) ? [name] : [])).join();
  test('by its parts', () => {
    expect(are(isBare)).toBe('number');
    expect(are(isNotYet)).toBe('not yet');
    expect(are(isInput)).toBe('input,items of input');
    expect(are(mayBeText)).toBe('text,input,settings,built,anything,items of input');
    expect(are(holdsTexts)).toBe('text,list,settings,built,anything');
  });
});

describe('a union', () => {
  test('is of what is known', () => {
    expect(union([])).toBe(NUMBER);
    expect(union([NOT_YET, NOT_YET])).toBe(NOT_YET);
    expect(shown(union([NOT_YET, text('a')]))).toBe('a||||');
    expect(shown(union([text('a'), list('b'), FROM_INPUT]))).toBe('a|b|||input');
  });

  test('of too many texts is one that is not known', () => {
    expect(union(named(MAX_VALUE_TEXTS)).texts.size).toBe(MAX_VALUE_TEXTS);
    expect(shown(union(named(MAX_VALUE_TEXTS + 1)))).toBe('||built||');
  });

  test('of too many items holds the underscored ones', () => {
    const most = Array.from({ length: MAX_VALUE_ITEMS }, (_, i) => list(`n${i}`));
    expect([union(most).inner.size, union(most).flags & INNER_BUILT]).toEqual([MAX_VALUE_ITEMS, 0]);
    expect(shown(union([list('__class__'), ...most]))).toBe('|__class__||inner|');
    const underscored = Array.from({ length: MAX_VALUE_ITEMS + 1 }, (_, i) => list(`_${i}`));
    expect(shown(union(underscored))).toBe('|||inner|');
  });
});

test('containers, and what is in them', () => {
  const nested = containerOf([list('a'), text('b')]);
  expect(shown(nested)).toBe('|b,a|||');
  expect(shown(itemOf(nested))).toBe('b,a|b,a|||');
  expect(shown(memberOf(nested))).toBe('b,a|b,a|||');
  expect(shown(containerOf([BUILT_TEXT]))).toBe('|||inner|');
  expect(shown(itemOf(containerOf([BUILT_TEXT])))).toBe('||built|inner|');
  expect(shown(memberOf(containerOf([BUILT_TEXT])))).toBe('||built|inner|');
  expect(isNotYet(containerOf([NOT_YET]))).toBe(true);
  // A text has characters, and no members.
  expect(shown(itemOf(text('ab')))).toBe('||built||');
  expect(shown(memberOf(text('ab')))).toBe('||||');
  expect(shown(groupsOf(text('ab')))).toBe('|||inner|');
  expect(shown(groupsOf(list('a')))).toBe('|a|||');
  for (const of of [itemOf, memberOf, groupsOf]) expect(of(NOT_YET)).toBe(NOT_YET);
});

describe('texts side by side', () => {
  test('are all that they can be', () => {
    expect(onlyText(joined([]))).toBe('');
    expect(shown(joined([either('a', 'b'), text('-'), either('c', 'd')]))).toBe('a-c,a-d,b-c,b-d||||');
    expect(shown(joined([text('a'), text('b', true)]))).toBe('ab||built||');
    expect(shown(joined([text('a'), NUMBER]))).toBe('||built||');
    expect(shown(joined([text('a'), list('b')]))).toBe('||built||');
    expect(joined([text('a'), NOT_YET])).toBe(NOT_YET);
  });

  test('up to so many, and so long', () => {
    const half = union(named(MAX_VALUE_TEXTS / 2));
    expect(joined([half, either('x', 'y')]).texts.size).toBe(MAX_VALUE_TEXTS);
    expect(joined([half, either('x', 'y', 'z')])).toBe(BUILT_TEXT);
    const long = text('x'.repeat(MAX_VALUE_TEXT - 1));
    expect(onlyText(joined([long, text('y')]))).toHaveLength(MAX_VALUE_TEXT);
    expect(joined([long, text('yy')])).toBe(BUILT_TEXT);
  });
});

test('a text is known up to a length', () => {
  expect(onlyText(text('x'.repeat(MAX_VALUE_TEXT)))).toHaveLength(MAX_VALUE_TEXT);
  expect(text('x'.repeat(MAX_VALUE_TEXT + 1))).toBe(BUILT_TEXT);
});

test('each known text changed; what cannot be is one that is not known', () => {
  const value = union([either('a', 'b'), list('c')]);
  expect(shown(mapped(value, (own) => own.toUpperCase()))).toBe('A,B|c|||');
  expect(shown(mapped(value, (own) => (own === 'a' ? null : own)))).toBe('b|c|built||');
  expect(shown(mapped(value, (own) => own.repeat(MAX_VALUE_TEXT)))).toBe(
    `${'a'.repeat(MAX_VALUE_TEXT)},${'b'.repeat(MAX_VALUE_TEXT)}|c|||`,
  );
  expect(shown(mapped(value, (own) => own.repeat(MAX_VALUE_TEXT + 1)))).toBe('|c|built||');
});

test('what goes on changing gets no new texts', () => {
  expect(shown(widened(text('a'), either('a', 'b')))).toBe('a||built||');
  expect(shown(widened(either('a', 'b'), text('a')))).toBe('a,b||||');
  expect(shown(widened(list('a'), list('a', 'b')))).toBe('|a||inner|');
  expect(shown(widened(list('a', 'b'), list('a')))).toBe('|a,b|||');
  expect(shown(widened(NUMBER, FROM_INPUT))).toBe('||||input');
  expect(widened(NOT_YET, BUILT_TEXT)).toBe(BUILT_TEXT);
  expect(widened(text('a'), NOT_YET)).toBe(NOT_YET);
});

test('two values are the same by their parts', () => {
  expect(sameValue(either('a', 'b'), either('b', 'a'))).toBe(true);
  expect(sameValue(text('a'), either('a', 'b'))).toBe(false);
  expect(sameValue(text('a'), text('b'))).toBe(false);
  expect(sameValue(text('a'), text('a', true))).toBe(false);
  expect(sameValue(list('a'), list('b'))).toBe(false);
  expect(sameValue(list('a'), text('a'))).toBe(false);
});
