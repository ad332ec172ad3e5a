import { describe, expect, test } from 'vitest';
import { MAX_XML_DEPTH } from '../model/limits.js';
import { parseIni } from './ini.js';
import { childText, parseXml, type XmlElement } from './xml.js';

/** An element in short: name, text, children. */
function shown(element: XmlElement | null): string | null {
  if (element === null) return null;
  return `${element.name}(${[element.text.trim(), ...element.children.map(shown)].filter(Boolean).join(' ')})`;
}
const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

describe('XML', () => {
  test.each([
    ['<a/>', 'a()'],
    ['<a></a>', 'a()'],
    ['\ufeff<a>b</a>', 'a(b)'],
    ['<?xml version="1.0"?>\n<a>b</a>\n', 'a(b)'],
    ['<!-- <b> --><a>c</a>', 'a(c)'],
    ['<a>b<!-- c -->d</a>', 'a(bd)'],
    ['<a><![CDATA[<b>&c;]]>d</a>', 'a(<b>&c;d)'],
    ['<a><![CDATA[]]></a>', 'a()'],
    ['<x:a xmlns:x="y"><x:b>c</x:b></x:a>', 'a(b(c))'],
    ['<a><b>1</b><b>2</b><c/></a>', 'a(b(1) b(2) c())'],
    ['<a >b</a >', 'a(b)'],
    ['<a\nb="c"/>', 'a()'],
    ['<a>&lt;&gt;&amp;&quot;&apos;</a>', 'a(<>&"\')'],
    ['<a>&#65;&#x42;&#X10FFFF;</a>', 'a(AB\u{10ffff})'],
    ['<a>b</a><!-- c -->', 'a(b)'],
  ])('%j', (text, expected) => expect(shown(parseXml(text))).toBe(expected));

  test.each([
    '',
    'a',
    'a<b/>',
    '<a/>b',
    '<a/><b/>',
    '<a>',
    '<a',
    '</a>',
    '<a></b>',
    '<a></a></a>',
    '<a><b></a></b>',
    '<>a</>',
    '< a/>',
    '<a><!-- b</a>',
    '<a><![CDATA[b</a>',
    '<?xml',
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    '<a>&b;</a>',
    '<a>&lt</a>',
    '<a>&#xD800;</a>',
    '<a>&#xDFFF;</a>',
    '<a>&#x110000;</a>',
    '<a>& b</a>',
    '<a>&toString;</a>',
    '<a><!b/></a>',
    '<a>< b/></a>',
    '<a></></a>',
  ])('%j is none', (text) => expect(parseXml(text)).toBeNull());

  test('comments and declarations end behind their beginning', () => {
    expect(parseXml('<a><!--></a>')).toBeNull();
    expect(shown(parseXml('<a><!----></a>'))).toBe('a()');
  });

  test('as deep as it may be', () => {
    expect(parseXml(nested(MAX_XML_DEPTH))).not.toBeNull();
    expect(parseXml(nested(MAX_XML_DEPTH + 1))).toBeNull();
  });

  test('the first child of a name', () => {
    const root = parseXml('<a><b>1</b><c>2</c><b>3</b></a>');
    if (root === null) throw new Error('none');
    expect([childText(root, 'b'), childText(root, 'c'), childText(root, 'd')]).toEqual(['1', '2', null]);
  });
});

test('sections of an INI file', () => {
  const text = `
# a comment
; another
lost = 1
[default]
Key = a = b
empty =
= none
no setting
s3 =
  endpoint_url = nested
	tab = nested
[ profile   two words ]
key=c
[default]
more = d
[broken
key = e
`;
  const sections = parseIni(text);
  expect(Object.fromEntries([...sections].map(([name, values]) => [name, Object.fromEntries(values)]))).toEqual({
    default: { key: 'a = b', empty: '', s3: '', more: 'd' },
    'profile two words': { key: 'c' },
    '': { key: 'e' },
  });
  expect(parseIni('[a]\r\nb = c\r\n').get('a')?.get('b')).toBe('c');
});
