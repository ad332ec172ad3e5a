import { expect, test } from 'vitest';
import { PythonModule } from '../python/module.js';
import { mayBeGiven, mayLoad } from './may-load.js';

const may = (text: string): boolean => mayLoad(PythonModule.readText(`${text}\n`));

test.each<[string, string]>([
  ['a call', 'import pickle\nf = pickle.load(x)'],
  ['a call under another name', 'import pickle as p\nf = p.load(x)'],
  ['a call of an import', 'from pickle import load as read\nread(x)'],
  ['a use', 'import pickle\nf = pickle.load'],
  ['an import of a loader alone', 'from torch import load as read'],
  ['a module that is handed on', 'import pickle\nStage(pickle)'],
  ['a module by a short name that is handed on', 'import pickle as p\nStage([p])'],
  ['MPI', 'import mpi4py'],
  ['a setting', 'import celery\ntask_serializer = "pickle"'],
  ['a listener', 'from multiprocessing.connection import Listener'],
  ['a connection that is asked', 'def f(c):\n  if c.poll(1):\n    return c.recv()'],
  ['a method of ZeroMQ', 's.recv_pyobj()'],
  ['a name that is put together', 'import pickle\npickle.__dict__["lo" + "ads"](x)'],
  ['the same of an import by another name', 'import pickle as q\nq . __dict__["lo" + "ads"](x)'],
  ['a name of a text', 'import torch\ngetattr(torch, "load")(x)'],
  ['a name that is asked for, of a module of pickles', 'import pickle\ngetattr(pickle, name)(x)'],
  ['a module as a value beside reflection', 'import marshal\nm = marshal\nvars(m)[name](x)'],
  ['a module as one of two', 'import marshal\nm = marshal if a else b\nf = getattr(m, name)'],
])('%s may load', (_what, text) => expect(may(text)).toBe(true));

test.each<[string, string]>([
  ['nothing', ''],
  ['other names', 'import json\njson.loads(x)'],
  ['an import alone', 'import pickle'],
  ['a writer', 'import pickle\npickle.dumps(x)'],
  ['a setting of something else', 'import celery\ntask_serializer = "json"'],
  ['a listener of events', 'class Listener: pass'],
  ['a receiver that nobody asks', 'def f(c):\n  return c.recv()'],
  ['reflection of something else', 'import json\ngetattr(json, name)(x)\njson.__dict__["x"]'],
  ['reflection far from the module', `import marshal\nmarshal.dumps(x)\n# ${'-'.repeat(200)}\nx.__dict__`],
  ['a name of a text that is no loader', 'import torch\ngetattr(torch, "cat")(x)'],
  ['a name that is asked for, of another module', 'import torch\ngetattr(torch, name)(x)'],
  [
    'what a module has that loads nothing, as a value',
    `import marshal\n# ${'-'.repeat(200)}\nm = marshal.version\nvars(m)`,
  ],
  ['a question about a module', `import marshal\nhasattr(marshal, name)\n# ${'-'.repeat(200)}\nx.__dict__`],
])('%s may not', (_what, text) => expect(may(text)).toBe(false));

test('a serializer may be given', () => {
  const given = (text: string): boolean => mayBeGiven(PythonModule.readText(text));
  expect([given('self.Serializer.loads(x)'), given('self.codec.loads(x)')]).toEqual([true, false]);
});
