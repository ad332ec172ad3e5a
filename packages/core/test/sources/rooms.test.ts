import ts from 'typescript';
import { expect, test } from 'vitest';
import { nodesOf, parsedSources, pathOf } from './sources.js';

/*
 * The house can be read in pieces. A room is a row of the tables in .dependency-cruiser.cjs: a folder of the core, a folder of
 * its formats, a folder of the gate, of the fleet or of its dashboard; core/node, sources/node, the command line, and of it fetch, lock and sources, are one each. Lines are counted with comments and blank
 * lines, without tests and without what a program writes: catalogue/generated, and the types of the fleet's API.
 */

const MOST_LINES = 8000;
const MOST_FUNCTION_LINES = 100;
const MEDIAN_LINES = 100;

/** Rooms that are larger for now, with the reason. */
const LARGER_ROOMS: readonly string[] = [];

/** Functions that are longer, with the reason. */
const LONGER_FUNCTIONS: readonly string[] = [
  // The hot loop of the decoder: its state lives in local variables.
  'packages/core/src/codecs/lzma-decoder.ts run',
  // The hot loop of the pickle machine: one switch over the opcodes, whose state lives in local variables.
  'packages/core/src/pickle/loop.ts loop',
];

const GENERATED = /\/catalogue\/generated\/|^packages\/fleet\/src\/openapi\.ts$/;
const files = parsedSources().filter((file) => !GENERATED.test(pathOf(file)));

function linesOf(file: ts.SourceFile): number {
  return file.text.split('\n').length - 1;
}

/** The longest of these that fits is the room of a file. */
const ROOMS = [
  /^packages\/core\/src\/formats\/[^/]+(?=\/)/,
  /^packages\/core\/src\/[^/]+(?=\/)/,
  /^packages\/fleet\/src\/dashboard\/[^/]+(?=\/)/,
  /^packages\/(?:fleet|gate|sources)\/src\/[^/]+(?=\/)/,
  /^packages\/cli\/src\/(?:attest|batch|fetch|lock|model-signing|sources)(?=\/)/,
  /^packages\/(?:(?:core|sources)\/node|[^/]+\/src)/,
];

function roomOf(path: string): string {
  for (const room of ROOMS) {
    const [name] = room.exec(path) ?? [];
    if (name !== undefined) return name;
  }
  throw new Error(`${path} is in no room`);
}

test('no room is larger than can be read', () => {
  const rooms = new Map<string, number>();
  for (const file of files) {
    const room = roomOf(pathOf(file));
    rooms.set(room, (rooms.get(room) ?? 0) + linesOf(file));
  }
  expect(rooms.size).toBeGreaterThan(30);
  const larger = [...rooms].filter(([, lines]) => lines > MOST_LINES).map(([room]) => room);
  expect(larger.toSorted()).toEqual(LARGER_ROOMS);
});

test('no function is longer than a screen or two', () => {
  const longer: string[] = [];
  for (const file of files)
    for (const node of nodesOf(file)) {
      if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) continue;
      const { line: first } = file.getLineAndCharacterOfPosition(node.getStart());
      const { line: last } = file.getLineAndCharacterOfPosition(node.getEnd());
      if (last - first + 1 > MOST_FUNCTION_LINES) longer.push(`${pathOf(file)} ${nameOf(node)}`);
    }
  expect(longer.toSorted()).toEqual(LONGER_FUNCTIONS);
});

function nameOf(node: ts.SignatureDeclaration): string {
  const { parent } = node;
  return (
    (node.name ?? (ts.isVariableDeclaration(parent) ? parent.name : null))?.getText() ?? 'a function without a name'
  );
}

test('half of the files are short', () => {
  const lines = files.map(linesOf).toSorted((a, b) => a - b);
  expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(MEDIAN_LINES);
});
