import { expect, test } from 'vitest';
import { wantedOf } from './wanted.js';

test.each([
  ['#hf=org/name', 'hf://org/name@main'],
  ['#hf=org/name@v1', 'hf://org/name@v1'],
  ['#hf=org/name@refs%2Fpr%2F3', 'hf://org/name@refs/pr/3'],
  ['#hf=datasets/org/name@main/folder/a.pkl', 'hf://datasets/org/name@main/folder/a.pkl'],
])('%s asks for %s', (hash, address) => expect(wantedOf(hash)).toMatchObject({ kind: 'repository', address }));

test.each(['', '#', '#other', '#HF=org/name', 'hf=org/name'])('%j asks for nothing', (hash) =>
  expect(wantedOf(hash)).toBeNull(),
);

test.each(['#hf=', '#hf=org/..', '#hf=https://example.org/x', '#hf=org/name@../../api', '#hf=%', '#hf=org/na%00me'])(
  '%s is a problem, and nothing is asked',
  (hash) => expect(wantedOf(hash)).toMatchObject({ kind: 'problem' }),
);
