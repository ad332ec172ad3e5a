import { expect, test } from 'vitest';
import { op, pickle, type Op } from './kit.js';
import { findingsOf } from './evidence-kit.js';

/** What loading does, and the whole chain that has to be shown of each global that is found, in the order of the report. */
type Case = readonly [name: string, ops: readonly Op[], chains: Readonly<Record<string, readonly string[]>>];

const text = op.shortBinUnicode;
const named = (module: string, name: string): Op[] => [text(module), text(name), op.stackGlobal];
const inner = pickle(
  op.proto(2),
  op.global('posix', 'system'),
  op.mark,
  op.binUnicode('true'),
  op.tuple,
  op.reduce,
  op.stop,
);

const CASES: readonly Case[] = [
  [
    'GLOBAL and REDUCE',
    [op.global('posix', 'system'), text('true'), op.tuple1, op.reduce, op.stop],
    { '@0 GLOBAL posix.system': ['GLOBAL @0 imports posix.system', "REDUCE @21 calls posix.system('true')"] },
  ],
  [
    'INST',
    [op.mark, op.unicode('true'), op.inst('posix', 'system'), op.stop],
    { '@7 INST posix.system': ['INST @7 imports posix.system', "INST @7 calls posix.system('true')"] },
  ],
  [
    'OBJ',
    [op.mark, op.global('posix', 'system'), op.unicode('true'), op.obj, op.stop],
    { '@1 GLOBAL posix.system': ['GLOBAL @1 imports posix.system', "OBJ @21 calls posix.system('true')"] },
  ],
  [
    'NEWOBJ',
    [op.proto(2), op.global('subprocess', 'Popen'), text('true'), op.tuple1, op.newObj, op.stop],
    {
      '@2 GLOBAL subprocess.Popen': [
        'GLOBAL @2 imports subprocess.Popen',
        "NEWOBJ @27 calls subprocess.Popen.__new__(subprocess.Popen, 'true')",
      ],
    },
  ],
  [
    'NEWOBJ_EX',
    [
      op.proto(4),
      ...named('subprocess', 'Popen'),
      text('true'),
      op.tuple1,
      op.emptyDict,
      text('shell'),
      op.newTrue,
      op.setItem,
      op.newObjEx,
      op.stop,
    ],
    {
      '@21 STACK_GLOBAL subprocess.Popen': [
        'STACK_GLOBAL @21 imports subprocess.Popen',
        "SHORT_BINUNICODE @2 pushes the module 'subprocess'",
        "SHORT_BINUNICODE @14 pushes the name 'Popen'",
        "NEWOBJ_EX @39 calls subprocess.Popen.__new__(subprocess.Popen, 'true', **{'shell': True})",
      ],
    },
  ],
  [
    'names through the memo, in the wrong order',
    [
      op.proto(4),
      text('system'),
      op.binPut(7),
      op.pop,
      text('posix'),
      op.binPut(9),
      op.pop,
      op.binGet(9),
      op.binGet(7),
      op.stackGlobal,
      op.stop,
    ],
    {
      '@27 STACK_GLOBAL posix.system': [
        'STACK_GLOBAL @27 imports posix.system',
        "SHORT_BINUNICODE @2 pushes the name 'system'",
        'BINPUT @10 stores the name in memo slot 7',
        "SHORT_BINUNICODE @13 pushes the module 'posix'",
        'BINPUT @20 stores the module in memo slot 9',
        'BINGET @23 takes the module from memo slot 9',
        'BINGET @25 takes the name from memo slot 7',
        'STOP @28 returns it',
      ],
    },
  ],
  [
    'a slot is given another name',
    [
      op.proto(4),
      text('posix'),
      text('decoy'),
      op.memoize,
      op.pop,
      text('system'),
      op.put('0'),
      op.pop,
      op.get('0'),
      op.stackGlobal,
      op.stop,
    ],
    {
      '@33 STACK_GLOBAL posix.system': [
        'STACK_GLOBAL @33 imports posix.system',
        "SHORT_BINUNICODE @2 pushes the module 'posix'",
        "SHORT_BINUNICODE @18 pushes the name 'system'",
        'PUT @26 stores the name in memo slot 0',
        'GET @30 takes the name from memo slot 0',
        'STOP @34 returns it',
      ],
    },
  ],
  [
    'the callable through the memo, far from the others',
    [
      op.proto(4),
      ...named('posix', 'system'),
      op.longBinPut(5_000_000),
      op.pop,
      op.longBinGet(5_000_000),
      text('true'),
      op.tuple1,
      op.reduce,
      op.stop,
    ],
    {
      '@17 STACK_GLOBAL posix.system': [
        'STACK_GLOBAL @17 imports posix.system',
        "SHORT_BINUNICODE @2 pushes the module 'posix'",
        "SHORT_BINUNICODE @9 pushes the name 'system'",
        'LONG_BINPUT @18 stores posix.system in memo slot 5000000',
        'LONG_BINGET @24 takes posix.system from memo slot 5000000',
        "REDUCE @36 calls posix.system('true')",
      ],
    },
  ],
  [
    'a name that is doubled',
    [op.proto(4), text('code'), op.dup, op.stackGlobal, op.stop],
    {
      '@9 STACK_GLOBAL code.code': [
        'STACK_GLOBAL @9 imports code.code',
        "SHORT_BINUNICODE @2 pushes the module 'code'",
        "SHORT_BINUNICODE @2 pushes the name 'code'",
        'DUP @8 pushes the name again',
        'STOP @10 returns it',
      ],
    },
  ],
  [
    'a dotted name',
    [op.proto(4), ...named('numpy', 'f2py.os.system'), op.emptyTuple, op.reduce, op.stop],
    {
      '@25 STACK_GLOBAL numpy.f2py.os.system': [
        'STACK_GLOBAL @25 imports f2py.os.system from numpy, attribute by attribute',
        "SHORT_BINUNICODE @2 pushes the module 'numpy'",
        "SHORT_BINUNICODE @9 pushes the name 'f2py.os.system'",
        'REDUCE @27 calls numpy.f2py.os.system()',
      ],
    },
  ],
  [
    'a Python 2 name',
    [op.global('commands', 'getoutput'), op.emptyTuple, op.reduce, op.stop],
    {
      '@0 GLOBAL commands.getoutput': [
        'GLOBAL @0 imports commands.getoutput, which is subprocess.getoutput in Python 3',
        'REDUCE @21 calls commands.getoutput()',
      ],
    },
  ],
  [
    'a name with a line break',
    [op.proto(4), ...named('posix\n', 'system'), op.stop],
    {
      '@18 STACK_GLOBAL posix\\n.system': [
        "STACK_GLOBAL @18 imports system from 'posix\\n'",
        "SHORT_BINUNICODE @2 pushes the module 'posix\\n'",
        "SHORT_BINUNICODE @10 pushes the name 'system'",
        'STOP @19 returns it',
      ],
    },
  ],
  [
    'getattr of import_module, called',
    [
      op.proto(4),
      ...named('builtins', 'getattr'),
      ...named('importlib', 'import_module'),
      text('posix'),
      op.tuple1,
      op.reduce,
      text('system'),
      op.tuple2,
      op.reduce,
      text('true'),
      op.tuple1,
      op.reduce,
      op.stop,
    ],
    {
      '@21 STACK_GLOBAL builtins.getattr': [
        'STACK_GLOBAL @21 imports builtins.getattr',
        "SHORT_BINUNICODE @2 pushes the module 'builtins'",
        "SHORT_BINUNICODE @12 pushes the name 'getattr'",
        "REDUCE @67 calls builtins.getattr(importlib.import_module('posix'), 'system')",
        "REDUCE @75 calls its result: builtins.getattr(importlib.import_module('posix'), 'system')('true')",
      ],
      '@48 STACK_GLOBAL importlib.import_module': [
        'STACK_GLOBAL @48 imports importlib.import_module',
        "SHORT_BINUNICODE @22 pushes the module 'importlib'",
        "SHORT_BINUNICODE @33 pushes the name 'import_module'",
        "REDUCE @57 calls importlib.import_module('posix')",
        "REDUCE @67 gives its result to builtins.getattr(importlib.import_module('posix'), 'system')",
        'REDUCE @75 calls the result of builtins.getattr, into which it went',
      ],
    },
  ],
  [
    'partial, called through the memo',
    [
      op.proto(2),
      op.global('functools', 'partial'),
      op.global('posix', 'system'),
      text('true'),
      op.tuple2,
      op.reduce,
      op.binPut(1),
      op.pop,
      op.binGet(1),
      op.emptyTuple,
      op.reduce,
      op.stop,
    ],
    {
      '@2 GLOBAL functools.partial': [
        'GLOBAL @2 imports functools.partial',
        "REDUCE @42 calls functools.partial(posix.system, 'true')",
        'BINPUT @43 stores its result in memo slot 1',
        'BINGET @46 takes its result from memo slot 1',
        "REDUCE @49 calls its result: functools.partial(posix.system, 'true')()",
      ],
      '@21 GLOBAL posix.system': [
        'GLOBAL @21 imports posix.system',
        "REDUCE @42 gives it to functools.partial(posix.system, 'true')",
        'REDUCE @49 calls the result of functools.partial, into which it went',
      ],
    },
  ],
  [
    'the state of a partial',
    [
      op.proto(2),
      op.global('functools', 'partial'),
      op.global('builtins', 'len'),
      op.tuple1,
      op.newObj,
      op.mark,
      op.global('posix', 'system'),
      op.emptyTuple,
      op.emptyDict,
      op.none,
      op.tuple,
      op.build,
      op.emptyTuple,
      op.reduce,
      op.stop,
    ],
    {
      '@2 GLOBAL functools.partial': [
        'GLOBAL @2 imports functools.partial',
        'NEWOBJ @36 calls functools.partial.__new__(functools.partial, builtins.len)',
        'BUILD @56 sets the state of its result: (posix.system, (), {}, None)',
        'REDUCE @58 calls its result: functools.partial.__new__(functools.partial, builtins.len)()',
      ],
      '@38 GLOBAL posix.system': [
        'GLOBAL @38 imports posix.system',
        'BUILD @56 puts it into the state of the result of functools.partial',
        'REDUCE @58 calls the result of functools.partial, into which it went',
      ],
    },
  ],
  [
    'a class is patched by BUILD and made later',
    [
      op.proto(2),
      op.global('collections', 'OrderedDict'),
      op.none,
      op.emptyDict,
      text('__setitem__'),
      op.global('posix', 'system'),
      op.setItem,
      op.tuple2,
      op.build,
      op.emptyTuple,
      op.reduce,
      text('a'),
      text('true'),
      op.setItem,
      op.stop,
    ],
    {
      '@42 GLOBAL posix.system': [
        'GLOBAL @42 imports posix.system',
        "BUILD @58 puts it into collections.OrderedDict, as '__setitem__'",
        'REDUCE @60 calls collections.OrderedDict, into which it was put',
        'SETITEM @70 fills an object of collections.OrderedDict, into which it was put',
      ],
    },
  ],
  [
    'items of a global',
    [
      op.proto(2),
      op.global('sys', 'modules'),
      op.mark,
      text('json'),
      op.global('posix', 'system'),
      op.setItems,
      op.stop,
    ],
    {
      '@2 GLOBAL sys.modules': [
        'GLOBAL @2 imports sys.modules',
        "SETITEMS @36 sets items on it: {'json': posix.system}",
        'STOP @37 returns it',
      ],
      '@22 GLOBAL posix.system': [
        'GLOBAL @22 imports posix.system',
        "SETITEMS @36 puts it into sys.modules, as 'json'",
      ],
    },
  ],
  [
    'items appended to a global',
    [op.proto(2), op.global('sys', 'path'), op.mark, text('/x'), text('/y'), op.appends, op.stop],
    {
      '@2 GLOBAL sys.path': [
        'GLOBAL @2 imports sys.path',
        "APPENDS @21 adds to it: ['/x', '/y']",
        'STOP @22 returns it',
      ],
    },
  ],
  [
    'items of what a call gives',
    [
      op.proto(2),
      op.global('mylib', 'Net'),
      op.emptyTuple,
      op.reduce,
      text('a'),
      op.global('posix', 'system'),
      op.setItem,
      op.none,
      op.append,
      op.stop,
    ],
    {
      '@2 GLOBAL mylib.Net': [
        'GLOBAL @2 imports mylib.Net',
        'REDUCE @14 calls mylib.Net()',
        "SETITEM @32 sets items on its result: {'a': posix.system}",
        'APPEND @34 adds to its result: [None]',
      ],
      '@18 GLOBAL posix.system': [
        'GLOBAL @18 imports posix.system',
        "SETITEM @32 puts it into the result of mylib.Net, as 'a'",
      ],
    },
  ],
  [
    '__setstate__ of a class',
    [
      op.proto(2),
      op.global('mylib', 'Net'),
      op.emptyTuple,
      op.newObj,
      op.emptyDict,
      text('a'),
      op.binInt1(1),
      op.setItem,
      op.build,
      op.stop,
    ],
    {
      '@2 GLOBAL mylib.Net': [
        'GLOBAL @2 imports mylib.Net',
        'NEWOBJ @14 calls mylib.Net.__new__(mylib.Net)',
        "BUILD @22 sets the state of its result: {'a': 1}",
      ],
    },
  ],
  [
    'a module that a call gives',
    [
      op.proto(4),
      ...named('_codecs', 'decode'),
      text('cbfvk'),
      text('rot13'),
      op.tuple2,
      op.reduce,
      text('system'),
      op.stackGlobal,
      text('true'),
      op.tuple1,
      op.reduce,
      op.stop,
    ],
    {
      '@19 STACK_GLOBAL _codecs.decode': [
        'STACK_GLOBAL @19 imports _codecs.decode',
        "SHORT_BINUNICODE @2 pushes the module '_codecs'",
        "SHORT_BINUNICODE @11 pushes the name 'decode'",
        "REDUCE @35 calls _codecs.decode('cbfvk', 'rot13')",
        'STACK_GLOBAL @44 takes its result as the module of another import',
      ],
      '@44 STACK_GLOBAL <computed>': [
        'STACK_GLOBAL @44 imports <computed>.system',
        "REDUCE @35 gives the module: the result of _codecs.decode('cbfvk', 'rot13')",
        "SHORT_BINUNICODE @36 pushes the name 'system'",
        "REDUCE @52 calls <computed>.system('true')",
      ],
    },
  ],
  [
    'a name from persistent_load',
    [op.proto(4), text('posix'), op.persId('x'), op.stackGlobal, op.emptyTuple, op.reduce, op.stop],
    {
      '@12 STACK_GLOBAL <computed>': [
        'STACK_GLOBAL @12 imports posix.<computed>',
        "SHORT_BINUNICODE @2 pushes the module 'posix'",
        'PERSID @9 has persistent_load give the name',
        'REDUCE @14 calls posix.<computed>()',
      ],
    },
  ],
  [
    'a code of the registry',
    [op.proto(2), op.ext2(700), text('true'), op.tuple1, op.reduce, op.stop],
    {
      '@2 EXT2 <computed>': [
        'EXT2 @2 imports what is registered as extension code 700',
        "REDUCE @12 calls <extension 700>('true')",
      ],
    },
  ],
  [
    'the registry names a module',
    [op.proto(4), op.ext1(7), text('system'), op.stackGlobal, op.stop],
    {
      '@2 EXT1 <computed>': [
        'EXT1 @2 imports what is registered as extension code 7',
        'STACK_GLOBAL @12 takes it as the module of another import',
      ],
      '@12 STACK_GLOBAL <computed>': [
        'STACK_GLOBAL @12 imports <computed>.system',
        'EXT1 @2 gives the module: <extension 7>',
        "SHORT_BINUNICODE @4 pushes the name 'system'",
        'STOP @13 returns it',
      ],
    },
  ],
  [
    'a persistent ID that holds it',
    [op.proto(2), text('a'), op.global('posix', 'system'), op.tuple2, op.binPersId, op.stop],
    { '@5 GLOBAL posix.system': ['GLOBAL @5 imports posix.system', 'BINPERSID @20 gives it to persistent_load'] },
  ],
  [
    'copyreg._reconstructor',
    [
      op.global('copy_reg', '_reconstructor'),
      op.mark,
      op.global('subprocess', 'Popen'),
      op.global('__builtin__', 'object'),
      op.none,
      op.tuple,
      op.reduce,
      op.stop,
    ],
    {
      '@26 GLOBAL subprocess.Popen': [
        'GLOBAL @26 imports subprocess.Popen',
        'REDUCE @66 gives it to copy_reg._reconstructor(subprocess.Popen, __builtin__.object, None)',
        'REDUCE @66 calls subprocess.Popen.__new__(subprocess.Popen)',
      ],
    },
  ],
  [
    'a pickle in bytes, loaded',
    [op.proto(3), op.global('_pickle', 'loads'), op.shortBinBytes(inner), op.tuple1, op.reduce, op.stop],
    {
      '@2 GLOBAL _pickle.loads': [
        'GLOBAL @2 imports _pickle.loads',
        'REDUCE @49 loads the pickle in its argument, analysed as <bytes @19>',
        "REDUCE @49 calls _pickle.loads(b'\\x80\\x02cposix\\nsystem\\n(X\\x04\\x00\\x00\\x00truetR.')",
      ],
      '!<bytes @19>@2 GLOBAL posix.system': [
        'GLOBAL @2 imports posix.system',
        "REDUCE @27 calls posix.system('true')",
        'this pickle lies in the bytes @19 of m.pkl: there REDUCE @49 gives them to _pickle.loads',
      ],
    },
  ],
  [
    'a pickle in a file in memory, loaded',
    [
      op.proto(3),
      op.global('torch', 'load'),
      op.global('_io', 'BytesIO'),
      op.shortBinBytes(inner),
      op.tuple1,
      op.reduce,
      op.tuple1,
      op.reduce,
      op.stop,
    ],
    {
      '@2 GLOBAL torch.load': [
        'GLOBAL @2 imports torch.load',
        'REDUCE @61 loads the pickle in its argument, analysed as <bytes @29>',
        "REDUCE @61 calls torch.load(_io.BytesIO(b'\\x80\\x02cposix\\nsystem\\n(X\\x04\\x00\\x00\\x00truetR.'))",
      ],
      '@14 GLOBAL _io.BytesIO': [
        'GLOBAL @14 imports _io.BytesIO',
        "REDUCE @59 calls _io.BytesIO(b'\\x80\\x02cposix\\nsystem\\n(X\\x04\\x00\\x00\\x00truetR.')",
      ],
      '!<bytes @29>@2 GLOBAL posix.system': [
        'GLOBAL @2 imports posix.system',
        "REDUCE @27 calls posix.system('true')",
        'this pickle lies in the bytes @29 of m.pkl: there REDUCE @61 gives them to torch.load',
      ],
    },
  ],
  [
    'a pickle in bytes that nothing loads',
    [op.proto(3), op.shortBinBytes(inner), op.stop],
    {
      '!<bytes @4>@2 GLOBAL posix.system': [
        'GLOBAL @2 imports posix.system',
        "REDUCE @27 calls posix.system('true')",
        'this pickle lies in the bytes @4 of m.pkl: nothing there loads them',
      ],
    },
  ],
  [
    'more uses than are shown',
    [
      op.proto(2),
      op.global('posix', 'system'),
      op.binPut(0),
      ...Array.from({ length: 40 }, () => [op.binGet(0), op.emptyTuple, op.reduce, op.pop]).flat(),
      op.stop,
    ],
    {
      '@2 GLOBAL posix.system': [
        'GLOBAL @2 imports posix.system',
        'BINPUT @16 stores posix.system in memo slot 0',
        'BINGET @18 takes posix.system from memo slot 0',
        'REDUCE @21 calls posix.system()',
        'BINGET @23 takes posix.system from memo slot 0',
        'REDUCE @26 calls posix.system()',
        'BINGET @28 takes posix.system from memo slot 0',
        'REDUCE @31 calls posix.system()',
        'BINGET @33 takes posix.system from memo slot 0',
        'REDUCE @36 calls posix.system()',
        'STOP @218 returns it',
        '36 further calls are not listed',
      ],
    },
  ],
];

test.each(CASES)('%s', async (_name, ops, chains) => {
  const found = await findingsOf(pickle(...ops));
  expect(Object.fromEntries(found.map(({ at, signal, chain }) => [`${at} ${signal}`, chain]))).toEqual(chains);
});
