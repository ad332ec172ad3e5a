import { describe, expect, test } from 'vitest';
import { LONGEST_TEXT } from '../limits.js';
import { Shape } from './json-shape.js';

const of = (value: unknown): Shape => new Shape(value, 'a.json');

describe('what is expected', () => {
  test('comes as it is', () => {
    const shape = of({ text: 'a', list: [1, 2], yes: true, no: false, none: null, number: 5 });
    expect(shape.key('text').text()).toBe('a');
    expect(
      shape
        .key('list')
        .list(2)
        .map((item) => item.number(1, 2)),
    ).toEqual([1, 2]);
    expect([shape.key('yes').bool(), shape.key('no').bool()]).toEqual([true, false]);
    expect(shape.key('none').nullable((item) => item.text())).toBeNull();
    expect(shape.key('text').nullable((item) => item.text())).toBe('a');
    expect(shape.key('text').oneOf(['b', 'a'])).toBe('a');
    expect(shape.key('text').matching(/^a$/, 'an a')).toBe('a');
    expect([shape.key('number').number(5, 5), shape.key('number').number(0, 9)]).toEqual([5, 5]);
    expect(of('x'.repeat(LONGEST_TEXT)).text()).toHaveLength(LONGEST_TEXT);
    expect(of('abc').text(3)).toBe('abc');
  });
});

describe('what is not', () => {
  test.each<readonly [string, (shape: Shape) => unknown, unknown, string]>([
    ['a list for an object', (shape) => shape.fields(), [], 'a.json: an object was expected'],
    ['null for an object', (shape) => shape.fields(), null, 'a.json: an object was expected'],
    ['text for an object', (shape) => shape.key('a'), 'a', 'a.json: an object was expected'],
    ['a key that is not its own', (shape) => shape.key('toString').text(), {}, 'a.json: toString: text was expected'],
    ['an object for a list', (shape) => shape.list(9), {}, 'a.json: a list was expected'],
    ['a long list', (shape) => shape.list(1), [1, 2], 'a.json: a list of at most 1 entries, not 2, was expected'],
    ['an entry', (shape) => shape.list(2)[1]?.text(), ['a', 1], 'a.json[1]: text was expected'],
    ['a list for text', (shape) => shape.text(), [], 'a.json: text was expected'],
    ['long text', (shape) => shape.text(2), 'abc', 'a.json: text of at most 2 characters, not 3, was expected'],
    ['other text', (shape) => shape.matching(/^a$/, 'an a'), 'b', 'a.json: an a was expected'],
    ['none of them', (shape) => shape.oneOf(['a', 'b']), 'c', 'a.json: one of a, b was expected'],
    ['text for a number', (shape) => shape.number(0, 9), '5', 'a.json: a number from 0 to 9 was expected'],
    ['a small number', (shape) => shape.number(1, 9), 0.9, 'a.json: a number from 1 to 9 was expected'],
    ['a large number', (shape) => shape.number(1, 9), 9.1, 'a.json: a number from 1 to 9 was expected'],
    ['no number', (shape) => shape.number(1, 9), NaN, 'a.json: a number from 1 to 9 was expected'],
    ['a number for a truth value', (shape) => shape.bool(), 0, 'a.json: true or false was expected'],
  ])('%s', (_what, read, value, message) => expect(() => read(of(value))).toThrow(message));
});
