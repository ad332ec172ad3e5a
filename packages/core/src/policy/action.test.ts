import { describe, expect, test } from 'vitest';
import { retestWords } from '../command/retest-command.js';
import type { Policy } from '../model/policy.js';
import { findRule } from '../rules/select.js';
import { actionFor, ownerFor, retestFor } from './action.js';
import { DEFAULT_POLICY } from './defaults.js';
import { loadPolicy } from './load.js';

const meta = findRule('PICKLE-GLOBAL-IMPORT').meta;
const policy = (text: string): Policy => loadPolicy(text, 'p.yml');

describe('what the policy makes of a HIGH finding', () => {
  test.each([
    ['nothing said', '', 'fail'],
    ['fails on CRITICAL only', 'fail_on: [CRITICAL]', 'note'],
    ['a ticket for HIGH', 'fail_on: [CRITICAL]\nticket_on: [HIGH]', 'ticket'],
    ['ticket_on alone outranks the built-in fail_on', 'ticket_on: [HIGH]', 'ticket'],
    ['the category outranks every category', 'fail_on: [HIGH]\n---\ncategory: PICKLE\nfail_on: [CRITICAL]', 'note'],
    ['another category says nothing', 'category: ARCHIVE\nfail_on: []', 'fail'],
    [
      'the rule outranks the category',
      'category: PICKLE\nfail_on: []\nrules:\n  PICKLE-GLOBAL-IMPORT:\n    fail_on: [HIGH]',
      'fail',
    ],
    ['another rule says nothing', 'rules:\n  PICKLE-EXEC:\n    fail_on: []', 'fail'],
    [
      'the rule tickets what the category fails on',
      'fail_on: [HIGH]\nrules:\n  PICKLE-GLOBAL-IMPORT:\n    ticket_on: [HIGH]',
      'ticket',
    ],
    ['fail outranks ticket in one part', 'fail_on: [HIGH]\nticket_on: [HIGH]', 'fail'],
    ['an empty rule part changes nothing', 'rules:\n  PICKLE-GLOBAL-IMPORT: {}', 'fail'],
  ])('%s', (_name, text, action) => {
    expect(actionFor(meta, 'HIGH', policy(text))).toBe(action);
  });

  test('MEDIUM is a ticket and LOW a note by default', () => {
    expect(actionFor(meta, 'MEDIUM', DEFAULT_POLICY)).toBe('ticket');
    expect(actionFor(meta, 'LOW', DEFAULT_POLICY)).toBe('note');
  });
});

describe('what the policy makes of a CRITICAL finding with a constant path', () => {
  const source = findRule('TORCH-LOAD-UNTRUSTED').meta;
  test.each([
    ['nothing said', '', 'fail'],
    ['another reach', 'reach: { test: note, network: ticket }', 'fail'],
    ['a ticket at most', 'reach: { constant: ticket }', 'ticket'],
    ['a note at most', 'reach: { constant: note, test: note }', 'note'],
    ['the limit raises nothing', 'fail_on: []\nticket_on: []\nreach: { constant: ticket }', 'note'],
    [
      'the category outranks every category',
      'reach: { constant: note }\n---\ncategory: TORCH\nreach: { constant: ticket }',
      'ticket',
    ],
    [
      'a part that names another reach only',
      'reach: { constant: note }\n---\ncategory: TORCH\nreach: { file: ticket }',
      'note',
    ],
    [
      'the rule takes it back',
      'category: TORCH\nreach: { constant: note }\nrules:\n  TORCH-LOAD-UNTRUSTED:\n    reach: { constant: fail }',
      'fail',
    ],
    ['another category', 'category: SERVING\nreach: { constant: note }', 'fail'],
  ])('%s', (_name, text, action) => {
    expect(actionFor(source, 'CRITICAL', policy(text), 'constant')).toBe(action);
  });

  test('a finding without a reach is as ever', () => {
    expect(actionFor(source, 'CRITICAL', policy('reach: { unknown: note, constant: note }'))).toBe('fail');
  });
});

test('owner and retest fall through from rule to category to every category to the rule itself', () => {
  expect(ownerFor(meta, DEFAULT_POLICY)).toBe(meta.owner);
  expect(ownerFor(meta, policy('owner: all\n---\ncategory: PICKLE\nowner: pickles'))).toBe('pickles');
  expect(ownerFor(meta, policy('owner: all\nrules:\n  PICKLE-GLOBAL-IMPORT:\n    owner: mine'))).toBe('mine');
  const words = retestWords({ paths: ['$& {rule}/a.pt'], policy: null }, null);
  expect(retestFor(meta, DEFAULT_POLICY, words)).toBe("sentinel artifact '$& {rule}/a.pt' --rule PICKLE-GLOBAL-IMPORT");
  expect(retestFor(meta, policy('retest: make scan'), words)).toBe('make scan');
  expect(retestFor(meta, policy('retest: make scan F={path} R={rule}'), words)).toBe(
    "make scan F='$& {rule}/a.pt' R=PICKLE-GLOBAL-IMPORT",
  );
});
