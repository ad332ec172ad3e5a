import { describe, expect, test } from 'vitest';
import { Refused } from '../model/rules.ts';
import { csvCells, formValues, split, xmlLeaves } from './text-formats.ts';

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

describe('forms', () => {
  test('have fields of 128 characters at most, with their escapes undone', () => {
    const fields = (text: string): string[] => [...formValues(Buffer.from(text))].map(({ field }) => field);
    expect(fields('a%20b+c=d&e')).toEqual(['a b c', 'a b c', 'a b c', 'e']);
    expect(fields(`${'n'.repeat(129)}=1`)).toEqual(['n'.repeat(128), 'n'.repeat(128)]);
    expect(fields(`${'%41'.repeat(128)}=1`)[0]).toBe('A'.repeat(128));
    expect(fields(`${'%41'.repeat(129)}=1`)[0]).toBe('A'.repeat(128));
  });

  test('are split at one sign', () => {
    expect([...split(Buffer.from(',a,'), 0x2c)].map(({ bytes, offset }) => [bytes.toString(), offset])).toEqual([
      ['', 0],
      ['a', 1],
      ['', 3],
    ]);
  });
});

describe('XML', () => {
  test.each<[string, (string | number)[][]]>([
    // Entities: the longest one has ten bytes.
    ['&#x10FFFF;', [['\u{10ffff}', 0]]],
    ['&#x010FFFF;', [['\u{10ffff}', 0]]],
    ['&#x0010FFFF;', [['&#x0010FFFF;', 0]]],
    ['&#x0FFFF;.', [['\uffff.', 0]]],
    ['&#1114111;', [['\u{10ffff}', 0]]],
    ['&#x110000;', [['&#x110000;', 0]]],
    ['&quot;&apos;&gt;&&lt;', [['"\'>&<', 0]]],
    ['a&lt;b&gt;c', [['a<b>c', 0]]],
    ['&lt', [['&lt', 0]]],
    // Text across what is none, and what does not end.
    ['a<!-- x --><!-- y -->b', [['ab', 0]]],
    ['a<!--->b-->c', [['ac', 0]]],
    ['a<!-->b', [['ab', 0]]],
    ['a<?x?>b', [['ab', 0]]],
    ['a<?>b?>c', [['ac', 0]]],
    [
      'a<?x>b',
      [
        ['a', 0],
        ['b', 5],
      ],
    ],
    ['a<![CDATA[]]>b', [['ab', 0]]],
    ['a<![CDATA[<]]>b', [['a<b', 0]]],
    ['a<!x>b', [['ab', 0]]],
    ['a<!x', [['a<!x', 0]]],
    ['a<b', [['a<b', 0]]],
    ['<a>b', [['b', 3]]],
    ['<a/><b/>', []],
    // Attributes: in either quotes, behind an equals sign, with white space between.
    ['<a b = "x">', [['x', 7]]],
    [
      '<a b="x">y',
      [
        ['x', 5],
        ['y', 9],
      ],
    ],
    ["<a b='x\"y'>", [['x"y', 5]]],
    ['<a b="">', [['', 5]]],
    ['<a "x">', []],
    ['<a b="x>', []],
    ['<a b="x>y"', [['<a b="x>y"', 0]]],
    [
      '<a b=">">c',
      [
        ['>', 5],
        ['c', 9],
      ],
    ],
    ['<a "x>y">', [['y">', 6]]],
    [`<a b=${' '.repeat(62)}"x>y">`, [['x>y', 67]]],
    [`<a b=${' '.repeat(63)}"x>y">`, [['x>y', 68]]],
    [`<a b=${' '.repeat(64)}"x>y">`, [['y">', 72]]],
  ])('%j', (text, leaves) => expect(xml(text)).toEqual(leaves));

  const PUBLIC = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
  test.each([
    PUBLIC.replace('svg PUBLIC', 'svh PUBLIC'),
    PUBLIC.replace('www.w3.org', 'www.w4.org'),
    PUBLIC.replace('//EN', '//XX'),
    PUBLIC.replace('">', '" [<!ENTITY a "b">]>'),
    PUBLIC.replace('">', '" [a]>'),
    PUBLIC.replace('<!DOCTYPE', '<!doctype'),
    `<a>${PUBLIC}</a><!ENTITY x>`,
    `<!x><!DOCTYPE a>`,
    `${PUBLIC.slice(0, -2)}${' '.repeat(200)}">`,
  ])('%s is refused', (text) => expect(() => xml(text)).toThrow(Refused));

  test.each([
    PUBLIC,
    PUBLIC.replaceAll(' "', '\n"'),
    PUBLIC.replaceAll(' "', '\t"'),
    `<?xml?>${PUBLIC}`,
    `<!x>${PUBLIC}`,
    '<!ENTIT a>',
    '<!DOCTYP a>',
  ])('%j is not', (text) => expect(xml(text)).toEqual([]));
});

test.each<[string, (string | number)[][]]>([
  [
    'a\nb\n',
    [
      ['a', 0],
      ['b', 2],
    ],
  ],
  [
    'a\rb',
    [
      ['a', 0],
      ['b', 2],
    ],
  ],
  [
    'a|b',
    [
      ['a', 0],
      ['b', 2],
    ],
  ],
  [
    'a|b|c,d',
    [
      ['a', 0],
      ['b', 2],
      ['c', 4],
      ['d', 6],
      ['a|b|c', 0],
      ['c,d', 4],
    ],
  ],
  [
    '"a\nb",c',
    [
      ['a\nb', 0],
      ['c', 6],
    ],
  ],
  ['"a""', [['a"', 0]]],
  ['"a"', [['a', 0]]],
  [
    '"a""b"c"d",e',
    [
      ['a"bc"d"', 0],
      ['e', 11],
    ],
  ],
  [
    'a"b,c"',
    [
      ['a"b', 0],
      ['c"', 4],
    ],
  ],
  [
    '""a,b',
    [
      ['a', 0],
      ['b', 4],
    ],
  ],
])('the cells of %j', (text, cells) => expect(csv(text)).toEqual(cells));
