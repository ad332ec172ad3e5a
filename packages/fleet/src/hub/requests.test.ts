import { expect, test } from 'vitest';
import { MAX_HUB_URL } from '../limits.js';
import { readHubRequest } from './requests.js';

const COMMIT = 'a'.repeat(40);

test.each([
  ['GET', '/api/models/org/m', 'info models org/m main '],
  ['GET', '/api/models/gpt2', 'info models gpt2 main '],
  ['GET', '/api/models/org/m/revision/refs%2Fpr%2F1', 'info models org/m refs/pr/1 '],
  ['GET', '/api/models/org/m/revision/refs/pr/1', 'info models org/m refs/pr/1 '],
  ['GET', '/api/models/gpt2/tree/main', 'tree models gpt2 main '],
  ['GET', `/api/datasets/org/d/tree/${COMMIT}/a%20b/c?recursive=true`, `tree datasets org/d ${COMMIT} a b/c`],
  ['GET', '/api/models/org/m/tree/main/folder/', 'tree models org/m main folder'],
  ['POST', '/api/spaces/org/s/paths-info/main', 'paths-info spaces org/s main '],
  ['GET', '/api/models/org/m/refs', 'refs models org/m main '],
  ['HEAD', '/org/m/resolve/main/a.bin', 'file models org/m main a.bin'],
  ['GET', '/gpt2/resolve/main/a.bin', 'file models gpt2 main a.bin'],
  ['GET', '/datasets/squad/resolve/main/a', 'file datasets squad main a'],
  ['GET', '/spaces/org/s/resolve/v1.0/x/%C3%BC%23.bin?download=true', 'file spaces org/s v1.0 x/ü#.bin'],
  ['GET', '/org/m/resolve/refs%2Fpr%2F3/a/resolve/b', 'file models org/m refs/pr/3 a/resolve/b'],
  ['GET', `/api/resolve-cache/models/org/m/${COMMIT}/a`, `file models org/m ${COMMIT} a`],
])('%s %s', (method, target, expected) => {
  const read = readHubRequest(method, target);
  expect(
    read.what === 'none' ? read : `${read.what} ${read.kind} ${read.repository} ${read.revision} ${read.path}`,
  ).toBe(expected);
});

test.each([
  ['GET', '/org/m/resolve/main', 404],
  ['GET', '/org/m/resolve/main/', 404],
  ['GET', '/org/m/resolve/main//a', 400],
  ['GET', '/org/m/resolve/main/a/../b', 400],
  ['GET', '/org/m/resolve/main/..%5cx/../y', 400],
  ['GET', '/org/m/resolve/main/a%0d%0ab', 400],
  ['GET', '/org/m/resolve/%2e%2e/a', 400],
  ['GET', '/org/m/resolve/refs%2F..%2Fx/a', 400],
  ['GET', '/org/../resolve/main/a', 400],
  ['GET', '/org/m%2Fx/resolve/main/a', 400],
  ['GET', '/org%40x/m/resolve/main/a', 400],
  ['GET', '/org/m/resolve/main/%ff', 400],
  ['GET', '/org/m/raw/main/a', 404],
  ['GET', '/api/kernels/org/m', 404],
  ['GET', '/api/__proto__/org/m', 404],
  ['GET', '/api/resolve-cache/x/org/m/main/a', 404],
  ['GET', '/api/models/org/m/revision/main/a', 404],
  ['GET', `/org/m/resolve/main/${'a'.repeat(MAX_HUB_URL)}`, 400],
  ['GET', `/org/m/resolve/${'a'.repeat(300)}/a`, 400],
  ['PUT', '/org/m/resolve/main/a', 403],
  ['POST', '/api/models/org/m', 403],
  ['POST', '/api/validate-yaml', 403],
  ['DELETE', '/api/repos/delete', 403],
  ['GET', '/api/models/org/m/xet-write-token/main', 403],
  ['GET', 'http://other.example/api/models/org/m', 404],
])('%s %s is %i', (method, target, status) => {
  expect(readHubRequest(method, target)).toMatchObject({ what: 'none', status });
});
