import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

function asked(turns: Turns, ...clients: string[]): { readonly order: string[]; readonly back: (() => boolean)[] } {
  const order: string[] = [];
  const back = clients.map((client) => turns.ask(client, () => order.push(client)));
  return { order, back };
}

test('each client that waits has a turn before anybody has another', () => {
  const turns = new Turns(2);
  const { order } = asked(turns, 'a', 'a', 'a', 'a', 'b', 'c');
  expect([order.join(''), turns.waiting, turns.of('a'), turns.of('b')]).toEqual(['aa', 4, 4, 1]);
  turns.done('a');
  turns.done('a');
  expect(order.join('')).toBe('aabc');
  turns.done('b');
  turns.done('c');
  expect(order.join('')).toBe('aabcaa');
  turns.done('a');
  turns.done('a');
  expect([turns.waiting, turns.of('a')]).toEqual([0, 0]);
});

test('what nobody waits for any more has no turn', () => {
  const turns = new Turns(1);
  const { order, back } = asked(turns, 'a', 'b', 'c');
  expect([back[1]?.(), back[1]?.(), back[0]?.(), turns.waiting]).toEqual([true, false, false, 1]);
  turns.done('a');
  expect(order.join('')).toBe('ac');
});

test('the one with least in hand is next, and of these the one whose turn is longest ago', () => {
  const turns = new Turns(3);
  const { order } = asked(turns, 'a', 'b', 'a', 'a', 'b', 'c');
  expect(order.join('')).toBe('aba');
  turns.done('a');
  expect(order.join('')).toBe('abac');
  // One each in hand: the turn of b is longer ago than that of a.
  turns.done('c');
  expect(order.join('')).toBe('abacb');
  turns.done('b');
  expect([order.join(''), turns.waiting, turns.of('a'), turns.of('b')]).toEqual(['abacba', 0, 2, 1]);
});

test('a client that has nothing in hand or waiting any more is new when it comes again', () => {
  const turns = new Turns(1);
  const { order, back } = asked(turns, 'x', 'a', 'b');
  expect(back[1]?.()).toBe(true);
  const again = asked(turns, 'a');
  turns.done('x');
  turns.done('b');
  expect([order.join(''), again.order.join(''), turns.of('x')]).toEqual(['xb', 'a', 0]);
  turns.done('a');
  const last = asked(turns, 'b', 'a');
  expect(last.order.join('')).toBe('b');
});
