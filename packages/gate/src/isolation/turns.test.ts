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

test('one that never had a turn is before one that had the first of all', () => {
  const turns = new Turns(1);
  const { order } = asked(turns, 'a', 'a', 'b');
  turns.done('a');
  expect(order.join('')).toBe('ab');
});

test('a client that has left and comes again is as new as others, and those go as they came', () => {
  const turns = new Turns(1);
  asked(turns, 'b');
  turns.done('b');
  const { order } = asked(turns, 'x', 'b', 'c');
  turns.done('x');
  expect(order.join('')).toBe('xb');
  turns.done('b');
  expect(order.join('')).toBe('xbc');
});

test('one that takes its last wish back while it is served waits no longer', () => {
  const turns = new Turns(2);
  const { order, back } = asked(turns, 'a', 'x', 'a');
  expect([back[2]?.(), turns.of('a'), turns.waiting]).toEqual([true, 1, 0]);
  // `a` is served, and has had the first turn: `x` had the second, and `c` none.
  const more = asked(turns, 'a', 'c');
  turns.done('x');
  expect([order.join(''), more.order.join('')]).toEqual(['ax', 'c']);
});

test('no more than the most are served at a time, and what is done makes room for one', () => {
  const turns = new Turns(2);
  const { order } = asked(turns, 'a', 'b', 'c', 'd', 'e');
  expect([order.join(''), turns.waiting]).toEqual(['ab', 3]);
  turns.done('a');
  expect([order.join(''), turns.waiting, turns.of('a')]).toEqual(['abc', 2, 0]);
});

test('one that is served already is not taken back, and neither is another one of its client', () => {
  const turns = new Turns(1);
  const { order, back } = asked(turns, 'a', 'a', 'a');
  expect([back[0]?.(), turns.waiting, turns.of('a')]).toEqual([false, 2, 3]);
  turns.done('a');
  turns.done('a');
  expect([order.join(''), turns.waiting]).toEqual(['aaa', 0]);
});

test('one that has nothing in hand is before one that has, however late its last turn was', () => {
  const turns = new Turns(2);
  const { order } = asked(turns, 'a', 'b', 'a', 'b');
  turns.done('b');
  expect(order.join('')).toBe('abb');
});

test('one that takes its last wish back, and has nothing in hand, is new when it comes again', () => {
  const turns = new Turns(1);
  const { order, back } = asked(turns, 'a', 'a', 'b');
  turns.done('a');
  expect([order.join(''), back[1]?.()]).toEqual(['ab', true]);
  const more = asked(turns, 'a', 'c');
  turns.done('b');
  expect(more.order.join('')).toBe('a');
});
