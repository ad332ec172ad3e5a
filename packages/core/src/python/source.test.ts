import { describe, expect, test } from 'vitest';
import { LimitError, UnsupportedError } from '../model/errors.js';
import { MAX_SOURCE_BYTES } from './limits.js';
import { PythonModule } from './module.js';
import { cellPosition, readNotebook } from './notebook.js';
import { parsePython } from './parse.js';
import { decodeSource, isOfSource, sourceOf } from './source.js';
import { StringScanner, type FieldRange } from './strings.js';

describe('where an index stands', () => {
  /** The byte offset of each index, counted one character after the other. */
  function expectPositions(text: string, mark = ''): void {
    const bytes = Buffer.from(mark + text);
    const source = decodeSource(bytes);
    expect(source.text).toBe(text);
    let line = 1;
    let start = 0;
    for (let at = 0; at <= text.length; at += 1) {
      const isPair = at > 0 && /[\udc00-\udfff]/.test(text[at] ?? '');
      const offset =
        Buffer.byteLength(mark) + Buffer.byteLength(text.slice(0, isPair ? at - 1 : at)) + (isPair ? 2 : 0);
      expect([at, source.position(at)]).toEqual([at, { line, column: at - start + 1, offset }]);
      const ends = text[at] === '\n' || (text[at] === '\r' && text[at + 1] !== '\n');
      if (ends) {
        line += 1;
        start = at + 1;
      }
    }
  }

  test.each([
    ['', ''],
    ['a\nbc\n', ''],
    ['a\r\nb\rc\x0cd', ''],
    ['ü = "日本"\r\nx\r😀y', ''],
    ['ü\nx', '\ufeff'],
    ['a\nx', '\ufeff'],
  ])('%j', (text, mark) => {
    expectPositions(text, mark);
    expect(decodeSource(Buffer.from(mark + text)).encoding).toBe('utf-8');
  });

  test('on long lines, whatever is asked for first', () => {
    const line = 'aü日'.repeat(1_100);
    const text = `x\n${line}\n${line}\nz`;
    const source = decodeSource(Buffer.from(text));
    const at = (index: number): number => source.position(index).offset;
    for (const index of [text.length, 6_600, 3_302, 2_050, 2_049, 2_048, 1_027, 1_026, 1_025, 3, 2])
      expect([index, at(index)]).toEqual([index, Buffer.byteLength(text.slice(0, index))]);
  });

  test('encodings as Python names them', () => {
    const of = (head: string): string => decodeSource(Buffer.from(`${head}\nx = "\u00e9"`, 'latin1')).encoding;
    expect(of('# -*- coding: latin-1 -*-')).toBe('latin_1');
    expect(of('\n# coding=iso-8859-15')).toBe('iso_8859_15');
    expect(of('#!/bin/x\n# vim: fileencoding=cp1252')).toBe('cp1252');
    expect(of('x = 1\n# coding: latin-1')).toBe('utf-8');
    expect(of('\n\n# coding: latin-1')).toBe('utf-8');
    expect(() => of('# coding: nothing-at-all')).toThrow('the declared encoding nothing_at_all is not supported');
    expect(decodeSource(Buffer.from('# coding: latin-1\n\u00e9', 'latin1')).text.at(-1)).toBe('\u00e9');
    expect(decodeSource(Buffer.from('# coding: shift_jis\n\x82\xa0', 'latin1')).text.at(-1)).toBe('あ');
    expect(decodeSource(Buffer.from('\ufeff# coding: latin-1')).encoding).toBe('utf-8');
  });

  test('a source may have so many bytes', () => {
    expect(decodeSource(Buffer.alloc(MAX_SOURCE_BYTES, 10)).text).toHaveLength(MAX_SOURCE_BYTES);
    expect(() => decodeSource(Buffer.alloc(MAX_SOURCE_BYTES + 1, 10))).toThrow(LimitError);
  });

  test('in the cells of a notebook', () => {
    const cells = ['a\nbc', 'd', '', 'e\nf'].map((source) => ({ cell_type: 'code', source }));
    const book = readNotebook(Buffer.from(JSON.stringify({ cells })));
    expect(book.text).toBe('a\nbc\nd\n\ne\nf');
    const at = (index: number): string => Object.values(cellPosition(book, index)).join(' ');
    expect([0, 2, 3, 5, 7, 8, 9, 10].map(at)).toEqual([
      '1 1 1',
      '1 2 1',
      '1 2 2',
      '2 1 1',
      '3 1 1',
      '4 1 1',
      '4 1 2',
      '4 2 1',
    ]);
    expect(Object.values(cellPosition(readNotebook(Buffer.from('{"cells": []}')), 5))).toEqual([1, 1, 1]);
  });
});

describe('fields of a format string', () => {
  /** Its fields with what is in them, and where the text behind the string begins. */
  function fields(text: string, end = text.length): readonly unknown[] {
    const found: FieldRange[] = [];
    const at = text.search(/['"]/);
    const scanned = new StringScanner(text, at, end).scan(at, found, /r/.test(text.slice(0, at)), 0);
    const shown = ({ valueFrom, valueTo, converted, spec, hasSpec }: FieldRange): string =>
      `${text.slice(valueFrom, valueTo)}${converted ? '!' : ''}${hasSpec ? `:${spec.map(shown).join(',')}` : ''}`;
    return [...found.map(shown), scanned.closed ? text.slice(scanned.to) : null];
  }

  test.each<readonly [string, readonly unknown[]]>([
    ['f"a{b}c" d', ['b', ' d']],
    ['f"{{a}} {b}"', ['b', '']],
    ['f"{a!r}{b=}{c = }{d=!s}{e:>10}"', ['a!', 'b!', 'c !', 'd!', 'e:', '']],
    ['f"{a:{b}.{c}}"', ['a:b,c', '']],
    ['f"{c=:>3}{d = :x}{e=b}"', ['c!:', 'd !:', 'e=b', '']],
    ['f"{a==}{b!=}{c<=}{d>=}"', ['a==', 'b!=', 'c<=', 'd>=', '']],
    ['f"{a!r!s}{b=!r:x}{!r}"', ['a!', 'b!:', '!', '']],
    ['f"{a:}}{b}"', ['a:', 'b', '']],
    ['f"{(a!=b)}{(a:=b)}{[c:d]}{{e:f}}"', ['(a!=b)', '(a:=b)', '[c:d]', '']],
    ['f"{a]}{b}" c', ['b', ' c']],
    ['f"""{a:"x""}""" b', ['a:', ' b']],
    ['f"""{a:"""}" b', ['}" b']],
    ['f"{a!r:{b!s:{c}}}"', ['a!:b!:c', '']],
    ['f"{a == b}{c != d}{e <= f}{g >= h}{(i := 1)}"', ['a == b', 'c != d', 'e <= f', 'g >= h', '(i := 1)', '']],
    ['f"{ {1: 2}[1] }{[x for x in y]}{f(z)}"', [' {1: 2}[1] ', '[x for x in y]', 'f(z)', '']],
    ['f"{a[\'}\']}" b', ["a['}']", ' b']],
    ['f"{a["b"]}" c', ['a["b"]', ' c']],
    ['f"{f"{a}"}" b', ['f"{a}"', ' b']],
    ['f"{f"{f"{a}"}"}"', ['f"{f"{a}"}"', '']],
    ['f"{rf\'{a}\'}" b', ["rf'{a}'", ' b']],
    ['f"{a)}" b', [' b']],
    ['f"{a" b', [' b']],
    ['f"{a:" b', [' b']],
    ['f"{\'a}" b', [' b']],
    ['f"""{a # }\n}""" b', ['a # }\n', ' b']],
    ['f"""{a:"}""" b', ['a:', ' b']],
    ['f"{a:"}" b', ['}" b']],
    [String.raw`f"\N{DIGIT ONE}{a}"`, ['a', '']],
    [String.raw`rf"\N{a}"`, ['a', '']],
    [String.raw`f"\N{A-B}{a}\N{a"`, ['a', '']],
    [String.raw`f"\N{${'A'.repeat(200)}}{a}"`, ['a', '']],
    [String.raw`f"{f"\N{A}{a}"}{b}"`, [String.raw`f"\N{A}{a}"`, 'b', '']],
    [String.raw`f"{rf'\N{a}'}{'\'}'}{"b\"}"}"`, [String.raw`rf'\N{a}'`, String.raw`'\'}'`, String.raw`"b\"}"`, '']],
    ['f"{xf\'{a}\'}{b}"', ["xf'{a}'", 'b', '']],
    [String.raw`f"\{a}\"" b`, ['a', ' b']],
    [String.raw`rf"\{a}\"" b`, ['a', ' b']],
    [String.raw`f"\{{a}} {b}"`, ['b', '']],
    [String.raw`f"\\{a}"`, ['a', '']],
    [String.raw`f"{a}\}"`, ['a', '']],
    ['f"a', [null]],
    ['f"a\nb"', [null]],
    ['f"a\\\r\n{b}" c', ['b', ' c']],
    ['f"""a\n{b}""" c', ['b', ' c']],
    ['f"""a""{b}""" c', ['b', ' c']],
    ['f"{a:{b" c', [' c']],
  ])('%j', (text, expected) => expect(fields(text)).toEqual(expected));

  test('calls in fields are calls, behind a backslash as well', () => {
    const text = String.raw`f"\{f(x)} \\{g(x)} {h(x)!r:{i(x)}} {{j(x)}}"`;
    const { calls } = PythonModule.readText(text);
    expect(calls.map(({ call }) => text.slice(call.from, call.to))).toEqual(['f(x)', 'g(x)', 'h(x)', 'i(x)']);
  });

  test('no field goes beyond its string', () => {
    expect(fields('f"{a}b" c', 4)).toEqual([null]);
    expect(fields('f"{a:b}c" d', 6)).toEqual([null]);
  });

  test('fields without an end cost so many steps', () => {
    const scanner = new StringScanner('f"{'.repeat(20_000), 0, 60_000);
    scanner.scan(1, [], false, 0);
    expect(scanner.exhausted).toBe(true);
    const honest = new StringScanner(`f"${'{a}'.repeat(20_000)}"`, 0, 60_003);
    honest.scan(1, [], false, 0);
    expect(honest.exhausted).toBe(false);
  });
});

describe('words that are statements at times', () => {
  const calls = (text: string): readonly string[] =>
    PythonModule.readText(text).calls.map(({ call }) => text.slice(call.from, call.to));

  test('type, print and exec', () => {
    for (const text of ['type X = f(x)', 'type = f(x)', 'print x', "exec 'a'", 'print f(x), g(y)'])
      expect([text, parsePython(text, () => undefined).problems]).toEqual([text, []]);
    expect(calls('type(f(x))')).toEqual(['type(f(x))', 'f(x)']);
    expect(calls('print f(x), g(y)')).toEqual(['f(x)', 'g(y)']);
    expect(calls("exec 'a' in f(x)")).toEqual(['f(x)']);
    expect(calls('print 5, f(x)')).toEqual(['f(x)']);
    expect(calls('print (f(x)), 2')).toEqual(['print (f(x))', 'f(x)']);
    expect(calls('print if x else f(y)')).toEqual(['f(y)']);
  });

  test('the clock is looked at now and then, and not at each statement', () => {
    let looks = 0;
    parsePython('a\n'.repeat(20_000), () => {
      looks += 1;
    });
    expect(looks).toBeGreaterThan(5);
    expect(looks).toBeLessThan(2_000);
  });
});

test('the cell of a notebook counts UTF-16 units', () => {
  expect(sourceOf('ü\nx').position(2)).toEqual({ line: 2, column: 1, offset: 2 });
});

test('errors of a source are those of its length and its encoding', () => {
  expect(isOfSource(new LimitError('MAX_SOURCE_BYTES', 'too long'))).toBe(true);
  expect(isOfSource(new UnsupportedError('an encoding', 0))).toBe(true);
  expect(isOfSource(new LimitError('timeout', 'too slow'))).toBe(false);
  expect(isOfSource(new TypeError('MAX_SOURCE_BYTES'))).toBe(false);
});
