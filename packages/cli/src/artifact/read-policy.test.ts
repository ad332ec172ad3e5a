import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '@artifact-sentinel/core/internal';
import { expect, test } from 'vitest';
import { folderOfTest } from '../../../../oracles/folder-of-test.js';
import { MAX_POLICY_BYTES } from '../limits.js';
import { readPolicyFile } from './read-policy.js';

test('a policy of as many bytes as are read is read, one of a byte more is refused with both numbers', () => {
  const file = join(folderOfTest('sentinel-read-policy-'), 'policy.yml');
  writeFileSync(file, Buffer.alloc(MAX_POLICY_BYTES, ' '));
  expect(readPolicyFile(file, true)).toHaveLength(MAX_POLICY_BYTES);
  writeFileSync(file, Buffer.alloc(MAX_POLICY_BYTES + 1, ' '));
  const reason = `it has ${MAX_POLICY_BYTES + 1} bytes, and at most ${MAX_POLICY_BYTES} are read`;
  expect(() => readPolicyFile(file, true)).toThrow(new UsageError(`cannot read the policy ${file}: ${reason}`));
});

test('a folder is no policy, whether it was found or named', () => {
  const folder = folderOfTest('sentinel-read-policy-');
  expect(() => readPolicyFile(folder, false)).toThrow(
    new UsageError(`cannot read the policy ${folder}: it is no file`),
  );
  expect(() => readPolicyFile(folder, true)).toThrow(UsageError);
});
