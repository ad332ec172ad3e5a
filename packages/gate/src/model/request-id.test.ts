import { expect, test } from 'vitest';
import { clientRequestId } from './request-id.ts';

test.each([
  [['93923d63113b4b338973f24d19d4bf11'], true],
  [['___prefill_addr_10.0.1.2:21001___decode_addr_10.0.1.3:22001_93923d63113b4b338973f24d19d4bf11'], true],
  [['a'.repeat(128)], true],
  [['a'.repeat(129)], false],
  [[''], false],
  [['a', 'a'], false],
  [[], false],
  [['a b'], false],
  [['a,b'], false],
  [['"a"'], false],
  [['a\u001b[31m'], false],
  [['a\n'], false],
  [['%0a'], false],
  [['é'], false],
])('%j: %s', (values, isOne) => expect(clientRequestId(values)).toBe(isOne ? values[0] : null));
