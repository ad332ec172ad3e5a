import { describe, expect, test } from 'vitest';
import type { EntryCheck } from './check.js';
import { renderAllowCheck } from './render-check.js';
import { renderAllowYaml, renderSuggestions } from './render-suggest.js';
import type { SourceReview } from './review.js';
import type { FileSuggestions, Suggestion } from './suggest.js';
import type { WeightsOnlyReport } from './weights-only.js';

const REVIEW: SourceReview = {
  found: 'class',
  definition: null,
  where: null,
  methods: [],
  dangers: [],
  unseen: [],
  imports: [],
};

const DANGER: SourceReview['dangers'][number] = {
  path: 'm.py',
  line: 3,
  column: 5,
  call: 'eval(s)',
  callee: 'builtins.eval',
  hazard: 'execution',
  why: 'It runs code.',
  via: 'm.Net.__init__',
};

function check(more: Partial<EntryCheck> = {}): EntryCheck {
  return {
    entry: 'm.Net',
    verdict: 'review',
    reason: 'Unknown.',
    listed: null,
    hazard: null,
    verify: [],
    source: null,
    ...more,
  };
}

function suggestion(more: Partial<Suggestion> = {}): Suggestion {
  return {
    entry: 'm.Net',
    status: 'review',
    reason: 'Unknown.',
    count: 2,
    called: false,
    role: 'bare',
    at: { path: 'a.pkl', offset: 7 },
    check: null,
    ...more,
  };
}

function file(suggestions: readonly Suggestion[], more: Partial<FileSuggestions> = {}): FileSuggestions {
  return { path: 'a.pkl', format: 'pickle', incomplete: [], suggestions, weightsOnly: null, ...more };
}

const OPTIONS = { color: false, expires: '2030-01-31', hashes: new Map([['a.pkl', 'abc']]) };

describe('allow check', () => {
  const lines = (one: EntryCheck): string[] => renderAllowCheck([one], false).split('\n');

  test.each<[string, EntryCheck, string[]]>([
    ['a verdict and its reason', check(), ['m.Net: to be reviewed', '  Unknown.', '']],
    ['no entry at all', check({ entry: '', verdict: 'refused' }), ["'': refused", '  Unknown.', '']],
    [
      'the row and the hazard',
      check({ verdict: 'refused', listed: 'os', hazard: 'process' }),
      ['m.Net: refused', '  Unknown.', '  listed      os', '  hazard      process', ''],
    ],
    [
      'questions, whose further lines stand below the first',
      check({ verify: [{ topic: 'call', question: `${'word '.repeat(16)}next` }] }),
      [
        'm.Net: to be reviewed',
        '  Unknown.',
        '  Verify before it is written into a policy:',
        `    call        ${'word '.repeat(16).trimEnd()}`,
        '                next',
        '',
      ],
    ],
    ['a source with nothing in it', check({ source: REVIEW }), ['m.Net: to be reviewed', '  Unknown.', '']],
    [
      'everything of a source',
      check({
        source: {
          found: 'class',
          definition: 'm.base.Net',
          where: { path: 'm.py', line: 2, column: 1 },
          methods: [{ name: 'm.Net.__init__', path: 'm.py', line: 3, column: 1 }],
          dangers: [DANGER],
          unseen: ['m.so: compiled'],
          imports: ['numpy', 'torch'],
        },
      }),
      [
        'm.Net: to be reviewed',
        '  Unknown.',
        '  defined as  m.base.Net',
        '  source      m.py:2 (class)',
        '  runs        m.Net.__init__  m.py:3',
        '  imports     numpy torch',
        '  1 call to look at:',
        '    m.py:3:5  eval(s)',
        '      builtins.eval (execution), in m.Net.__init__. It runs code.',
        '  Not seen, and so not judged:',
        '    m.so: compiled',
        '',
      ],
    ],
  ])('%s', (_name, given, expected) => {
    expect(lines(given)).toEqual(expected);
  });

  test('an empty line between entries', () => {
    expect(renderAllowCheck([check(), check({ entry: 'b' })], false)).toBe(
      'm.Net: to be reviewed\n  Unknown.\n\nb: to be reviewed\n  Unknown.\n',
    );
  });

  test.each([
    ['refused', 31],
    ['unneeded', 32],
    ['clear', 32],
    ['accepted', 33],
    ['review', 33],
  ] as const)('%s has its colour', (verdict, code) => {
    const [first = ''] = renderAllowCheck([check({ verdict })], true).split('\n');
    expect(first.startsWith(`\u001b[1mm.Net\u001b[22m: \u001b[${code}m`)).toBe(true);
  });
});

describe('allow suggest', () => {
  const lines = (one: FileSuggestions): string[] => renderSuggestions([one], OPTIONS).split('\n');
  const policy = (...entries: readonly string[]): string[] => [
    '',
    '  For the policy, once somebody has verified it:',
    '',
    '  allow:',
    ...entries.map((line) => `  ${line}`),
    '',
  ];
  const entry = (hash = 'sha256: abc'): string[] => [
    '  - entry: m.Net',
    "    why: 'TODO: what calling it does, and who read its source (to review)'",
    "    owner: 'TODO'",
    '    expires: 2030-01-31',
    `    ${hash}`,
  ];

  test.each<[string, FileSuggestions, string[]]>([
    [
      'a file that needs nothing',
      file([], { format: null }),
      ['a.pkl', '  Every global in it is allowed already: it needs no entry.', ''],
    ],
    [
      'an entry to be reviewed',
      file([suggestion()]),
      ['a.pkl (pickle)', '  m.Net: to review  imported, 2x, first a.pkl @7', ...policy(...entry())],
    ],
    [
      'what a review found, and what was not read',
      file(
        [
          suggestion({
            called: true,
            check: check({ source: { ...REVIEW, dangers: [DANGER], unseen: ['m.so: compiled'] } }),
          }),
        ],
        { incomplete: ['a.pkl @9: cut'] },
      ),
      [
        'a.pkl (pickle)',
        '  m.Net: to review  called, 2x, first a.pkl @7',
        '    m.py:3:5  eval(s)  It runs code.',
        '    not seen: m.so: compiled',
        '  not read, so that there may be more: a.pkl @9: cut',
        ...policy(...entry()),
      ],
    ],
    [
      'only what no entry can allow',
      file([suggestion({ status: 'refused', reason: 'It runs code.' })]),
      ['a.pkl (pickle)', '  m.Net: refused  imported, 2x, first a.pkl @7', '    It runs code.', ''],
    ],
  ])('%s', (_name, given, expected) => {
    expect(lines(given)).toEqual(expected);
  });

  test.each([
    ['refused', 31],
    ['safe-looking', 32],
    ['review', 33],
  ] as const)('%s has its colour', (status, code) => {
    const word = status === 'review' ? 'to review' : status;
    expect(renderSuggestions([file([suggestion({ status })])], { ...OPTIONS, color: true })).toContain(
      `  m.Net: \u001b[${code}m${word}\u001b[39m  `,
    );
  });

  test.each<[string, FileSuggestions[], string[]]>([
    ['no entry', [file([])], ['allow: []', '']],
    [
      'what is refused is a comment, behind the list',
      [file([suggestion({ entry: 'os.system', status: 'refused' }), suggestion()])],
      ['allow:', ...entry(), '# refused, no entry can allow it: os.system', ''],
    ],
    [
      'only refused',
      [file([suggestion({ entry: 'os.system', status: 'refused' })])],
      ['allow: []', '# refused, no entry can allow it: os.system', ''],
    ],
    [
      'an entry of two files is pinned to none of them',
      [file([suggestion()]), file([suggestion()], { path: 'b.pkl' })],
      ['allow:', ...entry('# sha256: pins the entry to one file'), ''],
    ],
    [
      'a file without a digest',
      [file([suggestion()], { path: 'b.pkl' })],
      ['allow:', ...entry('# sha256: pins the entry to one file'), ''],
    ],
    [
      'a name that is called, and one that YAML would read otherwise',
      [file([suggestion({ role: 'maker', entry: 'm.x: y' })])],
      [
        'allow:',
        '  - entry: "m.x: y"',
        '    role: maker # it is called, not only made an instance of',
        ...entry().slice(1),
        '',
      ],
    ],
  ])('as YAML: %s', (_name, files, expected) => {
    expect(renderAllowYaml(files, OPTIONS).split('\n')).toEqual(expected);
  });
});

describe('the restricted loader of PyTorch', () => {
  const loads = (more: Partial<WeightsOnlyReport> = {}): string[] => {
    const weightsOnly = {
      torch: '2.9',
      outcome: 'refused' as const,
      refusals: [],
      safeGlobals: null,
      withheld: null,
      remarks: [],
      ...more,
    };
    return renderSuggestions([file([], { weightsOnly })], OPTIONS)
      .split('\n')
      .slice(1, -1);
  };
  const NONE = '  Every global in it is allowed already: it needs no entry.';
  const refusal = (offset: number): WeightsOnlyReport['refusals'][number] => ({
    path: 'a.pt',
    offset,
    opcode: 'GLOBAL',
    global: 'm.Net',
    reason: 'no',
    listable: true,
  });

  test.each([
    ['loads', 'loads it'],
    ['refused', 'refuses it'],
    ['fails', 'fails on it, as every loader does'],
    ['unknown', 'may or may not load it'],
  ] as const)('%s', (outcome, words) => {
    expect(loads({ outcome })).toEqual([NONE, '', `  torch.load(weights_only=True) of PyTorch 2.9 ${words}`]);
  });

  test.each([
    [20, null],
    [21, '    and 1 more'],
    [25, '    and 5 more'],
  ])('%i refusals: the first 20 and a count', (count, more) => {
    const refusals = Array.from({ length: count }, (_, i) => refusal(i));
    const shown = loads({ refusals }).slice(3);
    expect(shown.slice(0, 20)).toEqual(refusals.slice(0, 20).map((_, i) => `    a.pt @${i} GLOBAL: no`));
    expect(shown.slice(20)).toEqual(more === null ? [] : [more]);
  });

  test('the list as code: builtins by name, old names of NumPy with their object', () => {
    const safeGlobals = ['m.Net', 'builtins.set', 'numpy.core.multiarray.scalar', 'm.Other', 'numpy.dtype', 'x y.z'];
    expect(loads({ safeGlobals, remarks: ['More may come.'] })).toEqual([
      '  Every global in it is allowed already: it needs no entry. An entry for a name that PyTorch',
      '  refuses, such as m.Net, makes a note of TORCH-LOAD-UNTRUSTED.',
      '',
      '  torch.load(weights_only=True) of PyTorch 2.9 refuses it',
      '    More may come.',
      '',
      '    import torch',
      '    import m',
      '    import numpy._core.multiarray',
      '    import numpy',
      '    torch.serialization.add_safe_globals([',
      '        m.Net,',
      '        set,',
      '        (numpy._core.multiarray.scalar, "numpy.core.multiarray.scalar"),',
      '        m.Other,',
      '        numpy.dtype,',
      '    ])',
    ]);
  });
});
