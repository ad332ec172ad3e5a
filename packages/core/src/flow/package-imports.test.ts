import { expect, test } from 'vitest';
import type { NeighbourFile, SourceNeighbours } from '../model/neighbours.js';
import { MAX_PACKAGE_MODULES } from './limits.js';
import { PackageImports } from './package-imports.js';

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
