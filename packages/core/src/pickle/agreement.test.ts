import { isChance } from '../model/plausibility.js';
import { standingIn } from '../rules/standing.js';
import { describe, expect, test } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../bytes/budget.js';
import { memorySource } from '../bytes/source.js';
import type { Fact } from '../model/fact.js';
import { catalogueNames } from './names.js';
import { analyseSequence } from '../streams/sequence.js';
import { analyseStream } from '../streams/stream.js';
import { STILL } from '../../test/still-platform.js';

/** Streams on which the machine once disagreed with CPython's unpicklers (oracles/agreement found them). */

type Seen = readonly [module: string, name: string, offset: number | null, readers: string];

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function frame(length: number): string {
  return `\x95${String.fromCharCode(length)}\0\0\0\0\0\0\0`;
}

async function factsOf(stream: string): Promise<readonly Fact[]> {
  const source = memorySource(latin1(stream));
  const budget = new Budget(DEFAULT_LIMITS, STILL);
  const input = { path: 'x.pkl', source, role: 'plain', names: catalogueNames, budget, digests: false } as const;
  const facts: Fact[] = [];
  for await (const result of analyseSequence(input, await analyseStream(input, 0)))
    facts.push(...standingIn(result.facts));
  return facts;
}

async function globalsOf(stream: string): Promise<readonly Seen[]> {
  const facts = await factsOf(stream);
  return facts.flatMap((fact): Seen[] =>
    fact.kind === 'pickle.global' ? [[fact.module, fact.name, fact.at.offset, fact.readers.join(' ')]] : [],
  );
}

async function dynamicOf(stream: string): Promise<readonly (readonly [string, string])[]> {
  const facts = await factsOf(stream);
  return facts.flatMap((fact): (readonly [string, string])[] =>
    fact.kind === 'pickle.dynamic' ? [[fact.module, fact.name]] : [],
  );
}

const EVERYONE = 'c c-unbuffered python';
const C = 'c c-unbuffered';

describe('frames', () => {
  test('an argument that begins where its frame ends crosses nothing', async () => {
    expect(await globalsOf(`\x80\x04${frame(4)}cos\nsystem\n.`)).toEqual([['os', 'system', 11, EVERYONE]]);
  });

  test('the length of a frame crosses the end of the frame around it: only C with peek reads it as it stands', async () => {
    expect(await globalsOf(`${frame(3)}${frame(0)}cos\nsystem\n.`)).toEqual([['os', 'system', 18, 'c']]);
  });

  test('an opcode fails whose argument another reader takes from behind the frame', async () => {
    // GET 71 finds nothing; without peek the index is read anew from behind the frame, and is 1.
    expect(await globalsOf(`K\x05p1\n${frame(2)}g71\ncos\nsystem\n.`)).toEqual([['os', 'system', 18, 'c-unbuffered']]);
  });

  test('a line at the very end of an unfinished frame is read from behind it', async () => {
    expect(await globalsOf(`\x80\x02${frame(15)}c`)).toEqual([['', '', 11, 'python']]);
    expect(await globalsOf(`\x80\x02${frame(15)}cos`)).toEqual([]);
  });

  test('the reader without peek stops elsewhere, and the next load goes on from there', async () => {
    // The second frame begins before the first has ended: without peek, the byte between is dropped.
    const globals = await globalsOf(`${frame(10)}${frame(3)}\x94N..cos\nsystem\n.`);
    expect(globals).toContainEqual(['os', 'system', 22, EVERYONE]);
  });
});

describe('values that may be anything', () => {
  test('a global may be a str: what it names is computed', async () => {
    expect(await dynamicOf('cos\nname\nX\x06\0\0\0system\x93.')).toEqual([['?', 'system']]);
    expect(await dynamicOf('\x82\x01X\x06\0\0\0system\x93.')).toEqual([
      ['copyreg extension', '1'],
      ['?', 'system'],
    ]);
  });

  test('what __new__ gives may be a str, unless the class is known', async () => {
    expect(await dynamicOf('ctyping\nText\nX\x02\0\0\0os\x85\x81X\x06\0\0\0system\x93.')).toEqual([['?', 'system']]);
    expect(await dynamicOf('ccollections\nOrderedDict\n)\x81X\x06\0\0\0system\x93.')).toEqual([]);
    expect(await dynamicOf('ccollections\nCounter\n)RX\x06\0\0\0system\x93.')).toEqual([]);
    // Patched before, the class may give anything.
    expect(
      await dynamicOf('ccollections\nCounter\n}X\x01\0\0\0a)sbccollections\nCounter\n)RX\x06\0\0\0system\x93.'),
    ).toEqual([['?', 'system']]);
  });

  test('what an unknown class makes of nothing may be a str, but for objects before an array of joblib', async () => {
    const own = 'cmine\nOwn\n';
    const name = 'X\x06\0\0\0system\x93.';
    const wrapper = 'cjoblib.numpy_pickle\nNumpyArrayWrapper\n0';
    expect(await dynamicOf(`${own})\x81${name}`)).toEqual([['?', 'system']]);
    expect(await dynamicOf(`X\x06\0\0\0system${own})\x81\x93.`)).toEqual([['system', '?']]);
    expect(await dynamicOf(`${wrapper}${own})\x81${name}`)).toEqual([]);
    expect(await dynamicOf(`${wrapper}N.${own})\x81${name}`)).toEqual([['?', 'system']]);
    expect(await dynamicOf(`${own}N\x85\x81${name}`)).toEqual([['?', 'system']]);
    // An instance with arguments before it, and one without keywords.
    expect(await dynamicOf(`${own}N\x85\x810${own})\x81${name}`)).toEqual([['?', 'system']]);
    expect(await dynamicOf(`${own})}\x92${name}`)).toEqual([['?', 'system']]);
    expect(await dynamicOf(`${own})R${name}`)).toEqual([['?', 'system']]);
    // What has made an instance is a class, and no text; where it was patched before, nobody knows.
    expect(await dynamicOf(`${own})\x810${own}${name}`)).toEqual([]);
    expect(await dynamicOf(`${own}X\x01\0\0\0aN\x86b0${own})\x810${own}${name}`)).toEqual([['?', 'system']]);
  });

  test('a global or the result of a call may be the tuple of arguments', async () => {
    expect(await globalsOf('ca\nb\nca\nargs\nRcos\nsystem\n.')).toContainEqual(['os', 'system', 14, EVERYONE]);
    expect(await globalsOf('ca\nb\nca\nargs\n)RRcos\nsystem\n.')).toContainEqual(['os', 'system', 16, EVERYONE]);
  });

  test('a buffer takes items, and pure Python unpacks it', async () => {
    expect(await globalsOf('\x97K\x01acos\nsystem\n.')).toEqual([['os', 'system', 4, EVERYONE]]);
    expect(await globalsOf('\x97(K\0K\x01ucos\nsystem\n.')).toEqual([['os', 'system', 7, EVERYONE]]);
    expect(await globalsOf('ca\nb\n\x97Rcos\nsystem\n.')).toContainEqual(['os', 'system', 7, 'python']);
  });

  test('ADDITEMS on something else than a set hashes nothing', async () => {
    expect(await globalsOf('ca\nb\n(]\x90cos\nsystem\n.')).toContainEqual(['os', 'system', 8, EVERYONE]);
  });
});

describe('BUILD on a value without attributes', () => {
  test.each([
    ['a zero float', 'F0\n'],
    ['a binary zero', `G${'\0'.repeat(8)}`],
    ['a zero in base 16', 'I0x0\n'],
    ['no bytes', 'C\0'],
    ['two empty parts', 'K\0)\x86'],
    ['None and an empty tuple', 'N)\x86'],
  ])('pure Python leaves it alone with %s', async (_what, state) => {
    expect(await globalsOf(`]${state}bcos\nsystem\n.`)).toEqual([['os', 'system', 2 + state.length, 'python']]);
  });

  test.each([
    ['None', 'N', EVERYONE],
    ['None and no slots', 'N}\x86', EVERYONE],
    ['what a call gave', 'ca\nb\n)R', EVERYONE],
    ['an empty dict and no slots', '}}\x86', 'python'],
  ])('with %s', async (_what, state, readers) => {
    expect(await globalsOf(`]${state}bcos\nsystem\n.`)).toContainEqual(['os', 'system', 2 + state.length, readers]);
  });
});

describe('text', () => {
  test('C takes a NUL for the end of a number, even at its beginning', async () => {
    expect(await globalsOf('I\x00z\n0cos\nsystem\n.')).toEqual([['os', 'system', 5, C]]);
  });

  test('a memo index beyond any memory is pure Python only', async () => {
    expect(await globalsOf('Np99999999999999999999\ncos\nsystem\n.')).toEqual([['os', 'system', 23, 'python']]);
  });

  test('one encoding decides about both parts of a name', async () => {
    const globals = await globalsOf("S'm\xc3\xb6'\nS'n\xc3\xa4'\n\x93)R.");
    expect(globals.map(([module, name]) => [module, name])).toEqual([
      ['mö', 'nä'],
      ['m\xc3\xb6', 'n\xc3\xa4'],
    ]);
    const facts = await factsOf("S'm\xc3\xb6'\nS'n\xc3\xa4'\n\x93)R.");
    expect(facts.flatMap((fact) => (fact.kind === 'pickle.global' ? [fact.callCount] : []))).toEqual([1, 1]);
  });
});

describe('streams in a row', () => {
  test('a stream that names something counts, whatever it looks like', async () => {
    expect(await globalsOf('\x80\x04N.cos\npath\n0')).toEqual([['os', 'path', 4, EVERYONE]]);
  });

  test('streams that hold next to nothing are passed', async () => {
    expect(await globalsOf('\x80\x04N.N.N.cos\nsystem\n.')).toEqual([['os', 'system', 8, EVERYONE]]);
  });

  test('the memo is kept over streams that do not use it', async () => {
    expect(await globalsOf('X\x02\0\0\0osq\0.N.h\0X\x06\0\0\0system\x93.')).toContainEqual([
      'os',
      'system',
      25,
      EVERYONE,
    ]);
  });

  test('MEMOIZE goes on counting where the stream before ended', async () => {
    // Afresh slots 0 and 1 are a.b; to an unpickler that is used again they are os.system.
    const globals = await globalsOf(
      'X\x02\0\0\0os\x94X\x06\0\0\0system\x94.X\x01\0\0\0a\x94X\x01\0\0\0b\x94h\0h\x01\x93.',
    );
    expect(globals.map(([module, name]) => `${module}.${name}`).sort()).toEqual(['a.b', 'os.system']);
  });

  test('a global that the stream before left in the memo is called', async () => {
    const facts = await factsOf('cos\nsystem\nq\x00.h\x00)R.');
    expect(facts.flatMap((fact) => (fact.kind === 'pickle.global' ? [[fact.name, fact.callCount]] : []))).toEqual([
      ['system', 0],
      ['system', 1],
    ]);
  });
});

describe('a stream that breaks off', () => {
  const signals = async (stream: string): Promise<readonly (readonly [string, number | null])[]> =>
    (await factsOf(stream)).flatMap((fact) =>
      fact.kind === 'pickle.structure' ? [[fact.signal, fact.at.offset] as const] : [],
    );

  test('behind a call that is dangerous: a signal, for loading fails only after it', async () => {
    expect(await signals('\x80\x02cposix\nsystem\n(Vid\ntRX\xff\0\0\0a')).toContainEqual(['truncated', 23]);
  });

  test('behind harmless and unknown globals: an unfinished download', async () => {
    expect(await signals('\x80\x02ccollections\nOrderedDict\n)RX\xff\0\0\0a')).toEqual([]);
    expect(await signals('\x80\x02cmylib\nNet\n)RX\xff\0\0\0a')).toEqual([]);
  });
});

describe('against the grain', () => {
  test('a reused unpickler computes a name from what the stream before left in its memo: listed, and marked', async () => {
    // Afresh MEMOIZE fills slot 0 with 'x'; an unpickler that is used again finds the global of the first stream there.
    const stream = '\x80\x02cmylib\nNAME\nq\0.\x80\x04U\x01aU\x01x\x94h\0\x93.';
    const facts = (await factsOf(stream)).flatMap((fact) =>
      fact.kind === 'pickle.global' || fact.kind === 'pickle.dynamic'
        ? [[fact.module, fact.name, isChance(fact.plausibility)] as const]
        : [],
    );
    expect(facts).toContainEqual(['x', 'x', false]);
    expect(facts).toContainEqual(['x', '?', true]);
    expect(facts).not.toContainEqual(['x', '?', false]);
  });

  test('streams as short as NONE and STOP are streams, not bytes behind the end', async () => {
    const input = {
      path: 'x.pkl',
      source: memorySource(latin1('N.I3\n.N.')),
      role: 'plain',
      names: catalogueNames,
      budget: new Budget(DEFAULT_LIMITS, STILL),
      digests: false,
    } as const;
    const all = analyseSequence(input, await analyseStream(input, 0));
    let step = await all.next();
    while (step.done !== true) step = await all.next();
    expect(step.value).toEqual({ end: 8, trailing: null });
  });
});

describe('streams in a row, as one unpickler reads them', () => {
  test.each([
    [
      'two ways lead to one place, each with a memo of its own',
      'os',
      '😀',
      '950000000000000000800558020000006f739507000000000000008c097379735c783734656d9370330a2e80052863746f7263682e73746f726167650a5f6c6f61645f66726f6d5f62797465730a6f950b00000000000000950200000000000000942e8001950e00000000000000566f730a70360a6a01000000950d0000000000000030565c5530303031663630300a93942e',
    ],
    [
      'the memo of the stream before last, behind a frame',
      'collections',
      'OrderedDict',
      '8003953900000000000000960200000000000000616294950600000000000000950000000000000000636f730a73797374656d0a2e462d370a944700000000000000002e800283341243006271028a0161710468012e80052869636f6c6c656374696f6e730a4f726465726564446963740a951b0000000000000074286a02000000696f730a73797374656d5c0a72990000002e',
    ],
    [
      'a reused unpickler goes on where a fresh one fails',
      'numpy',
      'dtype',
      '800450780a97942e5d284e65710228566275696c74696e730a8c09627974656172726179936f6802629471046802308f28680289492d370a9094288c156e756d70792e636f72652e6d756c74696172726179565f7265636f6e7374727563740a9395060000000000000070330a284e2e8000636e756d70790a64747970650a680062285407000000636f70797265678d0e000000000000005f7265636f6e7374727563746f729368048f6f71032951288c086275696c74696e7355066f626a65637493566e756d70790a5805000000647479706570780a9346350a6f7d47000000000000000053226e756d705c7837392e636f5c783732652e6d756c5c783734696172726179220a732882ff9600000000000000007470330a53276e756d7079270a8a0100308c0564747970659329527214010000322e',
    ],
    [
      'memo slots that are told apart by more digits than a number has',
      'a',
      'b',
      '8004636f732e706174680a6a6f696e0a4c31323334350a8581722c010000283070393232333337323033363835343737353830380a286463746f7263682e5f7574696c730a5f72656275696c645f74656e736f725f76320a70393232333337323033363835343737353830370a9458080000006275696c74696e7380058c046576616c938552284e2e8004680394298194800470300a2e800263610a620a9542000000000000007103285327746f726368270a8d0c00000000000000466cde617453746f7261676593710128289731567379730a550b6d6f64756c65732e67657493884e6f70300a28284e',
    ],
    [
      'plain pickle on a file without peek, behind an array that joblib does not find',
      'ections',
      'OrderedDict',
      '800495d1000000000000008c136a6f626c69622e6e756d70795f7069636b6c65948c114e756d70794172726179577261707065729493942981947d94288c08737562636c617373948c056e756d7079948c076e6461727261799493948c057368617065944b0385948c056f72646572948c0143948c0564747970659468068c0564747970659493947594898887945294284b038c013e944e4e68004e4affffffff4affffffff4b007494628c0a616c6c6f775f6d6d617094888c1b6e756d70795f61727261795f616c69676e6d656e745f62797465739463636f6c6c656374696f6e730a4f726465726564446963740a5d523063706f7369780a73797374656d0a2e4b108c0269346203ffffff000000000000000100000002',
    ],
  ])('%s', async (_name, module, name, hex) => {
    const bytes = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    const seen = await globalsOf(String.fromCharCode(...bytes));
    expect(seen.map((global) => `${global[0]} ${global[1]}`)).toContain(`${module} ${name}`);
  });
});

describe('a Python 2 string that is no ASCII, beside a part of the name that is computed', () => {
  test('the constant part is listed as each encoding reads it', async () => {
    expect(await dynamicOf('\x80\x02cmylib\nNAME\nU\x03n\xc3\xa4\x93.')).toEqual([
      ['?', 'n\u00e4'],
      ['?', 'n\xc3\xa4'],
    ]);
  });
});

test('a global whose name depends on the encoding is called by the stream behind it', async () => {
  const facts = await factsOf("\x80\x02X\x01\0\0\0mS'n\xc3\xa4'\n\x93q\0.h\0)R.");
  expect(facts.flatMap((fact) => (fact.kind === 'pickle.global' ? [[fact.name, fact.callCount]] : []))).toEqual([
    ['n\u00e4', 0],
    ['n\xc3\xa4', 0],
    ['n\u00e4', 1],
    ['n\xc3\xa4', 1],
  ]);
});

test('READONLY_BUFFER takes a Python 2 string from those who read it as bytes', async () => {
  expect(await globalsOf('\x80\x03U\x01a\x98cos\nsystem\n.')).toEqual([['os', 'system', 6, EVERYONE]]);
});
