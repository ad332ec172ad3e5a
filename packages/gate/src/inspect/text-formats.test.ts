import { describe, expect, test } from 'vitest';
import { Refused } from '../model/rules.ts';
import { csvCells, formValues, xmlLeaves } from './text-formats.ts';

const form = (text: string) =>
  [...formValues(Buffer.from(text))].map(({ bytes, offset }) => [bytes.toString('latin1'), offset]);
const xml = (text: string) =>
  [...xmlLeaves(Buffer.from(text), 'body')].map(({ bytes, offset }) => [bytes.toString(), offset]);
const csv = (text: string) => [...csvCells(Buffer.from(text))].map(({ bytes, offset }) => [bytes.toString(), offset]);

test.each<[string, (string | number)[][]]>([
  ['', [['', 0]]],
  [
    'a=b&c',
    [
      ['a', 0],
      ['b', 2],
      ['c', 4],
    ],
  ],
  [
    'a=b;c=d',
    [
      ['a', 0],
      ['b;c=d', 2],
      ['a', 0],
      ['b', 2],
      ['c', 4],
      ['d', 6],
    ],
  ],
  [
    'a=b=c',
    [
      ['a', 0],
      ['b=c', 2],
    ],
  ],
  [
    'a%20b=%ff',
    [
      ['a b', 0],
      ['\xff', 6],
      ['%FF', 6],
    ],
  ],
  [
    'a=b+c&d=e',
    [
      ['a', 0],
      ['b c', 2],
      ['b+c', 2],
      ['d', 6],
      ['e', 8],
    ],
  ],
  [
    '=x',
    [
      ['', 0],
      ['x', 1],
    ],
  ],
])('the form %j', (text, values) => expect(form(text)).toEqual(values));

describe('XML', () => {
  test.each<[string, (string | number)[][]]>([
    ['<a>text</a>', [['text', 3]]],
    [
      '<a b="x" c=\'y\'/>z',
      [
        ['x', 5],
        ['y', 11],
        ['z', 16],
      ],
    ],
    [
      '<a>one<b/>two</a>',
      [
        ['one', 3],
        ['two', 10],
      ],
    ],
    ['<a>o<!-- no -->n<?p i?>e<![CDATA[<x>]]></a>', [['one<x>', 3]]],
    ['&lt;&#65;&#x42;&amp;&nope;&#1114112;', [['<AB&&nope;&#1114112;', 0]]],
    ['&#6a;&#x4g;&#;&#x;', [['&#6a;&#x4g;&#;&#x;', 0]]],
    // Names that every object of JavaScript has are no entities.
    ['&valueOf;&toString;', [['&valueOf;&toString;', 0]]],
    ['<a b="&gt;"/>', [['>', 5]]],
    [
      '<a b="x>y">z',
      [
        ['x>y', 5],
        ['z', 11],
      ],
    ],
    ['a<!-- b', [['a<!-- b', 0]]],
    ['<a><![CDATA[b', [['<![CDATA[b', 3]]],
    ['', []],
  ])('%j', (text, leaves) => expect(xml(text)).toEqual(leaves));

  test.each(['<!DOCTYPE a>', '<!doctype a>', '<a/><!ENTITY x "y">'])('%j is refused', (text) =>
    expect(() => xml(text)).toThrow(Refused),
  );

  test('may have the document type of SVG, once', () => {
    const doctype =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
    expect(xml(`${doctype}<svg>x</svg>`)).toEqual([['x', doctype.length + 5]]);
    expect(() => xml(`${doctype}${doctype}`)).toThrow(Refused);
  });
});

test.each<[string, (string | number)[][]]>([
  [
    'a,b;c\td\r\ne',
    [
      ['a', 0],
      ['b', 2],
      ['c', 4],
      ['d', 6],
      ['e', 9],
      ['b;c\td', 2],
      ['a,b', 0],
      ['c\td', 4],
      ['a,b;c', 0],
    ],
  ],
  [
    '"a,""b""",c',
    [
      ['a,"b"', 0],
      ['c', 10],
    ],
  ],
  [
    '"a"b,c',
    [
      ['ab', 0],
      ['c', 5],
    ],
  ],
  ['"a,b', [['a,b', 0]]],
  ['""', []],
  [',,', []],
])('the cells of %j', (text, cells) => expect(csv(text)).toEqual(cells));
