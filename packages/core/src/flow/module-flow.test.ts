import { expect, test } from 'vitest';
import { shortOf, unitOf } from '../../test/flow-kit.js';
import { flowFacts } from './flow-facts.js';
import { ModuleFlow, settle, type Elsewhere } from './module-flow.js';

const HEAD = 'import pickle, socket\ns = socket.create_connection(("h", 1))\n';

/** Files that call each other: their flows by their names, settled together in this order. */
function together(texts: Readonly<Record<string, string>>): ReadonlyMap<string, ModuleFlow> {
  const flows = new Map<string, ModuleFlow>();
  const elsewhere: Elsewhere = {
    follow: (path, reader) => {
      const dot = path.indexOf('.');
      return flows.get(path.slice(0, dot))?.summaryAt(path.slice(dot + 1), reader) ?? null;
    },
    loadsNothing: () => false,
    standsFor: () => [],
  };
  for (const [name, text] of Object.entries(texts))
    flows.set(name, new ModuleFlow(unitOf(text, `${name}.py`), elsewhere, () => {}));
  settle([...flows.values()]);
  return flows;
}

const factsIn = (flows: ReadonlyMap<string, ModuleFlow>, name: string): readonly string[] => {
  const flow = flows.get(name);
  return flow === undefined ? [] : flowFacts(flow, `${name}.py`).map(shortOf);
};

const CODEC =
  'import pickle\ndef decode(data):\n    return inner(data)\ndef inner(data):\n    return pickle.loads(data)\n';

test('all callers in another file hear of a loader that is found after them', () => {
  const callers = `${HEAD}from codec import decode\ndef one():\n    return decode(s.recv(1))\ndef two():\n    return decode(s.recv(2))\n`;
  for (const texts of [
    { callers, codec: CODEC },
    { codec: CODEC, callers },
  ])
    expect(factsIn(together(texts), 'callers')).toEqual([
      '5:12 flow pickle.loads from socket',
      '7:12 flow pickle.loads from socket',
    ]);
});

test('callers in several files hear of it', () => {
  const caller = `${HEAD}from codec import decode\ndef one():\n    return decode(s.recv(1))\n`;
  const flows = together({ a: caller, b: caller, codec: CODEC });
  expect([factsIn(flows, 'a'), factsIn(flows, 'b')]).toEqual([
    ['5:12 flow pickle.loads from socket'],
    ['5:12 flow pickle.loads from socket'],
  ]);
});

test('files that call each other in a circle are one call graph', () => {
  const a =
    'import pickle\nfrom b import inner\ndef decode(data):\n    return inner(data)\ndef last(data):\n    return pickle.loads(data)\n';
  const b = `${HEAD}from a import decode, last\ndef inner(data):\n    return last(data)\ndef outer():\n    return decode(s.recv(1))\n`;
  for (const texts of [
    { a, b },
    { b, a },
  ])
    expect(factsIn(together(texts), 'b').filter((line) => line.includes('from socket'))).toEqual([
      '5:12 flow pickle.loads from socket',
    ]);
});

test('a function is found by its path, and entries by the functions around', () => {
  const flow = together({ a: 'class A:\n    def f(self):\n        def g(): pass\n' }).get('a');
  expect(flow?.summaryAt('A.f')?.owner.path).toBe('A.f');
  expect(flow?.summaryAt('A')).toBeNull();
  expect(flow?.summaryAt('f')).toBeNull();
  expect([flow?.classes.map(({ path }) => path), flow?.functions.map(({ path }) => path)]).toEqual([
    ['A'],
    ['A.f', 'A.f.g'],
  ]);
  const [outer, inner] = flow?.functions ?? [];
  if (flow === undefined || outer === undefined || inner === undefined) throw new TypeError('no function');
  expect([flow.opensInterface, flow.entryOf(inner)]).toEqual([false, null]);
  flow.addEntry(outer, 'POST /a');
  expect([flow.opensInterface, flow.entryOf(inner), flow.entryOf(outer), flow.entryOf(flow.module.scope)]).toEqual([
    true,
    'POST /a',
    'POST /a',
    null,
  ]);
});
