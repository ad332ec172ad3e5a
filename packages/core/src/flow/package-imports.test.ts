import { expect, test } from 'vitest';
import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';
import { MAX_PACKAGE_MODULES } from './limits.js';
import { guessedTalk, isStore, isTalk, PackageImports, talkOf } from './package-imports.js';

/** A package of these modules, by their paths below it. */
function talk(files: Readonly<Record<string, string | null>>): { by: string | undefined; reads: number } {
  let reads = 0;
  const modules = Object.entries(files).map(([name, text]): NeighbourFile => ({
    path: `/p/${name}`,
    module: name,
    isPackage: false,
    read: () => {
      reads += 1;
      return text === null ? 'it cannot be read' : new TextEncoder().encode(text);
    },
  }));
  const neighbours: SourceNeighbours = {
    moduleOf: () => null,
    find: () => null,
    requirements: () => [],
    packageOf: () => ({ root: '/p', modules }),
  };
  const packages = new PackageImports(neighbours);
  packages.talkOf('/p/a.py', () => {});
  const found = packages.talkOf('/p/b.py', () => {});
  return { by: found === null ? undefined : `${found.reach} ${found.by}`, reads };
}

test.each([
  [{ 'a.py': 'import os', 'b.py': 'def f():\n    import socket' }, 'network socket'],
  [{ 'a.py': 'import redis', 'b.py': 'from http import server' }, 'network http.server'],
  [{ 'a.py': 'import redis', 'b.py': 'import pymongo' }, 'store redis'],
  [{ 'a.py': 'import torch.distributed' }, undefined],
  [{ 'a.py': 'from .socket import x', 'b.py': '# import socket' }, undefined],
  [{ 'tests/a.py': 'import socket', 'test_b.py': 'import socket', 'conftest.py': 'import socket' }, undefined],
  [{ 'a.py': null, 'b.py': 'import socket' }, 'network socket'],
])('%o', (files, by) => expect(talk(files).by).toBe(by));

test('a package is read once, and no further than needed', () => {
  expect(talk({ 'a.py': 'import socket', 'b.py': 'import zmq' }).reads).toBe(1);
  expect(talk({ 'a.py': 'import os', 'b.py': 'import sys' }).reads).toBe(2);
});

test('a package of too many modules counts as one that talks', () => {
  const files = Object.fromEntries(Array.from({ length: MAX_PACKAGE_MODULES + 1 }, (_, i) => [`m${i}.py`, '']));
  expect(talk(files).by).toBe(`network more than ${MAX_PACKAGE_MODULES} modules`);
});

test('without a list of files nothing is known', () => {
  const packages = new PackageImports({ moduleOf: () => null, find: () => null, requirements: () => [] });
  expect(packages.talkOf('/p/a.py', () => {})).toBeNull();
});

test.each([
  [{ 'a.py': 'import os', 'b.py': 'from multiprocessing.connection import Listener' }, true],
  [{ 'a.py': 'from multiprocessing.connection import Connection' }, false],
  [{ 'tests/a.py': 'from multiprocessing.connection import Client' }, false],
])('a package that opens connections: %o', (files, opens) => {
  const modules = Object.entries(files).map(([name, text]): NeighbourFile => ({
    path: `/p/${name}`,
    module: name,
    isPackage: false,
    read: () => new TextEncoder().encode(text),
  }));
  const neighbours: SourceNeighbours = {
    moduleOf: () => null,
    find: () => null,
    requirements: () => [],
    packageOf: () => ({ root: '/p', modules }),
  };
  const packages = new PackageImports(neighbours);
  expect(packages.opensConnections('/p/a.py', () => {})).toBe(opens);
  expect(packages.opensConnections('/p/a.py', () => {})).toBe(opens);
});

test('a package of too many modules counts as one that opens connections, one of just as many is read', () => {
  const opens = (count: number): boolean => {
    const file: NeighbourFile = { path: '/p/a.py', module: 'a', isPackage: false, read: () => new Uint8Array(0) };
    const modules = Array.from({ length: count }, () => file);
    const neighbours: SourceNeighbours = {
      moduleOf: () => null,
      find: () => null,
      requirements: () => [],
      packageOf: () => ({ root: '/p', modules }),
    };
    return new PackageImports(neighbours).opensConnections('/p/a.py', () => {});
  };
  expect([opens(MAX_PACKAGE_MODULES), opens(MAX_PACKAGE_MODULES + 1)]).toEqual([false, true]);
});

test('the same of with whom a package talks', () => {
  const talkOfMany = (count: number) => {
    const file: NeighbourFile = { path: '/p/a.py', module: 'a', isPackage: false, read: () => new Uint8Array(0) };
    const packageOf = () => ({ root: '/p', modules: Array.from({ length: count }, () => file) });
    const neighbours: SourceNeighbours = { moduleOf: () => null, find: () => null, requirements: () => [], packageOf };
    return new PackageImports(neighbours).talkOf('/p/a.py', () => {});
  };
  expect(talkOfMany(MAX_PACKAGE_MODULES)).toBeNull();
  const by = `more than ${MAX_PACKAGE_MODULES} modules`;
  expect(talkOfMany(MAX_PACKAGE_MODULES + 1)).toEqual({ reach: 'network', by, isOwn: false });
});

test('without a list of files no connections are opened, and none by what cannot be read', () => {
  const none = new PackageImports({ moduleOf: () => null, find: () => null, requirements: () => [] });
  expect(none.opensConnections('/p/a.py', () => {})).toBe(false);
  const unread: NeighbourFile = { path: '/p/a.py', module: 'a', isPackage: false, read: () => 'it cannot be read' };
  const listener = new TextEncoder().encode('from multiprocessing.connection import Listener');
  const opening: NeighbourFile = { path: '/p/b.py', module: 'b', isPackage: false, read: () => listener };
  const opens = (modules: readonly NeighbourFile[]): boolean =>
    new PackageImports({
      moduleOf: () => null,
      find: () => null,
      requirements: () => [],
      packageOf: () => ({ root: '/p', modules }),
    }).opensConnections('/p/a.py', () => {});
  expect([opens([unread]), opens([unread, opening])]).toEqual([false, true]);
});

test('a network before a store before workers; what by itself talks to nobody comes last', () => {
  expect(talkOf(['torch.multiprocessing', 'redis', 'socket'], true)).toEqual({
    reach: 'network',
    by: 'socket',
    isOwn: true,
  });
  expect(talkOf(['multiprocessing', 'redis'], false)).toEqual({ reach: 'store', by: 'redis', isOwn: false });
  expect(talkOf(['socket', 'redis'], true, (name) => name === 'socket')).toMatchObject({ by: 'redis' });
  expect(talkOf(['socket'], true, (name) => name === 'socket')).toMatchObject({ by: 'socket' });
  expect(talkOf(['os'], true)).toBeNull();
});

test('names that no table has are guessed by their words, as names of others', () => {
  expect(guessedTalk(['acme_storage', 'acme.transport'])).toEqual({
    reach: 'network',
    by: 'acme.transport',
    isOwn: false,
  });
  expect(guessedTalk(['os', 'acme_storage'])).toEqual({ reach: 'store', by: 'acme_storage', isOwn: false });
  expect(guessedTalk(['os', 'redis'])).toBeNull();
  expect([
    isStore('redis'),
    isStore('acme_storage'),
    isStore('socket'),
    isTalk('socket'),
    isTalk('acme_storage'),
  ]).toEqual([true, true, false, true, false]);
});
