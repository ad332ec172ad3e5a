import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CodeDigests } from './code-digest.js';
import { MAX_INDENT } from './limits.js';
import { Tokenizer, type Problem } from './tokens.js';

interface Read {
  readonly tokens: string[];
  readonly problems: string[];
  readonly comments: string[];
}

function read(text: string, inBrackets = false, from = 0, to = text.length): Read {
  const problems: Problem[] = [];
  const {
    kinds,
    from: starts,
    to: ends,
    values,
    comments,
  } = new Tokenizer(
    text,
    from,
    to,
    inBrackets,
    (problem) => problems.push(problem),
    () => {},
  ).run();
  const found: string[] = [];
  for (let i = 0; i < comments.length; i += 2) found.push(text.slice(comments[i], comments[i + 1]));
  return {
    tokens: kinds.map((kind, i) => {
      const own = text.slice(starts[i], ends[i]);
      if (kind === 'name') return values[i] === own ? own : `${own}=${values[i]}`;
      if (kind === 'op') return own === values[i] ? `'${own}'` : `'${own}'?`;
      return kind === 'number' || kind === 'string' ? `${kind} ${own}` : kind;
    }),
    problems: problems.map(({ at, message, limit }) => `${at} ${message}${limit ? ' (limit)' : ''}`),
    comments: found,
  };
}

describe('tokens', () => {
  test.each<[string, string[]]>([
    ['a', ['a', 'newline', 'end']],
    ['', ['end']],
    ['a0 _9Z z0A_', ['a0', '_9Z', 'z0A_', 'newline', 'end']],
    ['\n\n', ['end']],
    ['a\n', ['a', 'newline', 'end']],
    ['a\r\nb\rc', ['a', 'newline', 'b', 'newline', 'c', 'newline', 'end']],
    ['if a:\n  b\nc', ['if', 'a', "':'", 'newline', 'indent', 'b', 'newline', 'dedent', 'c', 'newline', 'end']],
    [
      'if a:\n  b\n\n  # c\n  d',
      ['if', 'a', "':'", 'newline', 'indent', 'b', 'newline', 'd', 'newline', 'dedent', 'end'],
    ],
    ['if a:\n\tb\n        c', ['if', 'a', "':'", 'newline', 'indent', 'b', 'newline', 'c', 'newline', 'dedent', 'end']],
    [
      'if a:\n   \tb\n        c',
      ['if', 'a', "':'", 'newline', 'indent', 'b', 'newline', 'c', 'newline', 'dedent', 'end'],
    ],
    ['if a:\n    \f  b\n  c', ['if', 'a', "':'", 'newline', 'indent', 'b', 'newline', 'c', 'newline', 'dedent', 'end']],
    ['(a\n  b)\nc', ["'('", 'a', 'b', "')'", 'newline', 'c', 'newline', 'end']],
    ['a \\\n b', ['a', 'b', 'newline', 'end']],
    ['a \\\r\n b', ['a', 'b', 'newline', 'end']],
    ['a**=b//=c>>=d...e', ['a', "'**='", 'b', "'//='", 'c', "'>>='", 'd', "'...'", 'e', 'newline', 'end']],
    ['a->b:=c<>d!=e@=f', ['a', "'->'", 'b', "':='", 'c', "'<>'", 'd', "'!='", 'e', "'@='", 'f', 'newline', 'end']],
    ['a.b,c;d', ['a', "'.'", 'b', "','", 'c', "';'", 'd', 'newline', 'end']],
    [
      '1 1.5 .5 1e-3 0xFFl 0b1 0o7 1_0 1j 1.',
      [
        'number 1',
        'number 1.5',
        'number .5',
        'number 1e-3',
        'number 0xFFl',
        'number 0b1',
        'number 0o7',
        'number 1_0',
        'number 1j',
        'number 1.',
        'newline',
        'end',
      ],
    ],
    ['a<b<=c<<d<<=e', ['a', "'<'", 'b', "'<='", 'c', "'<<'", 'd', "'<<='", 'e', 'newline', 'end']],
    ['abr"x" brx"y" r b"z"', ['abr', 'string "x"', 'brx', 'string "y"', 'r', 'string b"z"', 'newline', 'end']],
    ['0.5.a', ['number 0.5', "'.'", 'a', 'newline', 'end']],
    ['.a', ["'.'", 'a', 'newline', 'end']],
    ['1if', ['number 1', 'if', 'newline', 'end']],
    [
      '"a" \'b\' """c\n""" r"\\"" x"y"',
      ['string "a"', "string 'b'", 'string """c\n"""', 'string r"\\""', 'x', 'string "y"', 'newline', 'end'],
    ],
    [
      'Rb"a" bR\'b\' uR"c" f"{a}" t"{b}" rf"{c}"',
      [
        'string Rb"a"',
        "string bR'b'",
        'string uR"c"',
        'string f"{a}"',
        'string t"{b}"',
        'string rf"{c}"',
        'newline',
        'end',
      ],
    ],
    ['ünter ﬁx ª1', ['ünter', 'ﬁx=fix', 'ª1=a1', 'newline', 'end']],
    ['a\fb', ['a', 'b', 'newline', 'end']],
  ])('%j', (text, tokens) => expect(read(text)).toMatchObject({ tokens, problems: [] }));

  test.each<[string, string[], string[]]>([
    ['a\\b', ['a', 'b', 'newline', 'end'], ['1 a backslash that ends no line']],
    ['a ? b', ['a', 'b', 'newline', 'end'], ["2 '?', which means nothing in Python"]],
    ['a $', ['a', 'newline', 'end'], ["2 '$', which means nothing in Python"]],
    ['a\x01', ['a', 'newline', 'end'], ['1 a control character (1)']],
    ['a €', ['a', 'newline', 'end'], ['2 a character that no name holds']],
    ['\ufeffa', ['a', 'newline', 'end'], []],
    ['a 😀 b', ['a', 'b', 'newline', 'end'], ['2 a character that no name holds']],
    ['"a', ['string "a', 'newline', 'end'], ['0 a string that is never closed']],
    [
      'if a:\n    b\n  c',
      ['if', 'a', "':'", 'newline', 'indent', 'b', 'newline', 'dedent', 'c', 'newline', 'end'],
      ['14 the indentation matches no line above'],
    ],
    ['(a\ndef b', ["'('", 'a', 'newline', 'def', 'b', 'newline', 'end'], ['3 a bracket above is never closed']],
    [
      '(a\n  return',
      ["'('", 'a', 'newline', 'indent', 'return', 'newline', 'dedent', 'end'],
      ['5 a bracket above is never closed'],
    ],
    ['(a\ndef_ b', ["'('", 'a', 'def_', 'b', 'newline', 'end'], []],
    ['(a\ndel=1)', ["'('", 'a', 'del', "'='", 'number 1', "')'", 'newline', 'end'], []],
    ['a)\nb', ['a', "')'", 'newline', 'b', 'newline', 'end'], []],
    ['a))\n(b\nc)', ['a', "')'", "')'", 'newline', "'('", 'b', 'c', "')'", 'newline', 'end'], []],
  ])('broken: %j', (text, tokens, problems) => expect(read(text)).toMatchObject({ tokens, problems }));

  test('a part of a text in brackets has neither lines nor what lies behind it', () => {
    expect(read('x (a\n  b) y', true, 3, 8)).toEqual({ tokens: ['a', 'b', 'end'], problems: [], comments: [] });
    expect(read('a<=b', true, 0, 2).tokens).toEqual(['a', "'<'", 'end']);
    expect(read('r"x"', true, 0, 1)).toEqual({ tokens: ['r', 'end'], problems: [], comments: [] });
    expect(read('r"x"', true, 0, 4).tokens).toEqual(['string r"x"', 'end']);
    expect(read('abc', true, 0, 2).tokens).toEqual(['ab=abc', 'end']);
  });

  test('comments are kept beside them', () => {
    expect(read('# a\nb # c\n(d # e\n)\r# f\r\n').comments).toEqual(['# a', '# c', '# e', '# f']);
  });

  test('any text ends, and every token lies in it, in order', () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '\n',
      '\t',
      '(',
      ')',
      '"',
      "'",
      '"""',
      '\\',
      '{',
      '}',
      'f"',
      '#',
      '1',
      '.',
      ':',
      '=',
      '\r',
      '\f',
      'é',
      '😀',
      'def ',
      '0x',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const { from, to, kinds } = new Tokenizer(
          text,
          0,
          text.length,
          false,
          () => {},
          () => {},
        ).run();
        let last = 0;
        from.forEach((start, i) => {
          expect(start).toBeGreaterThanOrEqual(Math.min(last, text.length));
          expect(to[i]).toBeGreaterThanOrEqual(start);
          expect(to[i]).toBeLessThanOrEqual(text.length);
          last = to[i] ?? 0;
        });
        expect(kinds.at(-1)).toBe('end');
        expect(kinds.filter((kind) => kind === 'indent')).toHaveLength(
          kinds.filter((kind) => kind === 'dedent').length,
        );
      }),
    );
  });
});

describe('digests of code', () => {
  const digests = (text: string): CodeDigests => new CodeDigests(text, () => {});
  const whole = (text: string): string => digests(text).of({ from: 0, to: text.length });

  test('see tokens, not blanks, comments and lines', () => {
    const same = whole('f(a, b)');
    for (const text of ['f( a,b )', 'f(a, # c\n  b)', 'f(a,\\\n b)']) expect(whole(text)).toBe(same);
    for (const text of ['f(a, c)', 'f(a b)', 'f("a", b)', 'f(a. b)']) expect(whole(text)).not.toBe(same);
    expect(whole('"a b"')).not.toBe(whole('"ab"'));
    expect(whole('1')).not.toBe(whole('01'));
  });

  test('of a line', () => {
    const text = 'aa = 1\nbb = 2\ncc = 3';
    expect(digests(text).ofLine(8)).toBe(whole('bb = 2'));
    expect(digests(text).ofLine(0)).toBe(whole('aa = 1'));
    expect(digests(text).ofLine(text.length - 1)).toBe(whole('cc = 3'));
  });

  test('of more code than several times the source stand for the whole of it', () => {
    const text = `${'x = 1\n'.repeat(20_000)}y = 2\n`;
    const all = { from: 0, to: text.length };
    const own = digests(text);
    const [first] = [own.of(all)];
    for (let i = 0; i < 7; i += 1) expect(own.of(all)).toBe(first);
    // 64 KiB are left.
    expect(own.of(all)).toMatch(/^all [0-9a-f]{64}$/);
    expect(own.of({ from: 0, to: 5 })).toBe(whole('x = 1'));
  });
});

test('so many levels of indentation, and what is deeper is a limit', () => {
  const levels = (count: number): string[] =>
    read(Array.from({ length: count + 1 }, (_, i) => `${' '.repeat(i)}if a:`).join('\n')).problems;
  expect(levels(MAX_INDENT)).toEqual([]);
  const problems = levels(MAX_INDENT + 1);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/levels of indentation \(limit\)$/);
});
