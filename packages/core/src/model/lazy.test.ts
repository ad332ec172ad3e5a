import { expect, test } from 'vitest';
import { lazy, perObject, remembered } from './lazy.js';

test('a lazy value is made once, when it is asked for, also where it is undefined', () => {
  let made = 0;
  const value = lazy(() => void (made += 1));
  expect(made).toBe(0);
  value();
  value();
  expect(made).toBe(1);
});

test('what could not be made is tried again', () => {
  let tries = 0;
  const value = lazy(() => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return tries;
  });
  expect(() => value()).toThrow('not yet');
  expect([value(), value()]).toEqual([2, 2]);
});

test('results are remembered up to a number of them, those that are undefined too', () => {
  const asked: string[] = [];
  const of = remembered(2, (key: string) => {
    asked.push(key);
    return key === 'none' ? undefined : key.length;
  });
  expect([of('none'), of('none'), of('ab'), of('ab')]).toEqual([undefined, undefined, 2, 2]);
  expect(asked).toEqual(['none', 'ab']);
  // The third one drives the others out.
  expect([of('abc'), of('abc'), of('ab')]).toEqual([3, 3, 2]);
  expect(asked).toEqual(['none', 'ab', 'abc', 'ab']);
});

test('each object has a result of its own', () => {
  const of = perObject((key: { readonly n: number }) => ({ twice: key.n * 2 }));
  const [one, other] = [{ n: 1 }, { n: 1 }];
  expect(of(one)).toBe(of(one));
  expect(of(one)).not.toBe(of(other));
  expect(of(one)).toEqual({ twice: 2 });
  const asked: object[] = [];
  const none = perObject((key: object) => void asked.push(key));
  expect([none(one), none(one), asked]).toEqual([undefined, undefined, [one]]);
});
