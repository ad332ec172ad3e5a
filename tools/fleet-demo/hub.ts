// The double of the Hub with the repositories of the demo: prints its addresses as one line of JSON, what was asked since as
// another one for each line of its input, and ends with that. Its argument is how many repositories there are.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { HubDouble } from '../../packages/sources/test/hub-double.js';
import { repositories } from './repositories.js';

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const [count = '500', fixtures = 'fixtures'] = process.argv.slice(2);
const double = await HubDouble.start();
const all = repositories(Number(count) + 1, fixtures);
for (const { name, files } of all) double.add(name, files);
const digests = Object.fromEntries(
  [...double.repositories].map(([name, { files }]) => [
    name,
    Object.fromEntries([...files].map(([path, { content }]) => [path, digest(content.read(0, content.size))])),
  ]),
);
const made = all.map(({ name, kind }) => ({ name, kind }));
// One of them is not taken in by the demo: a client asks for it.
const unknown = made.pop()?.name;
process.stdout.write(
  `${JSON.stringify({ endpoint: double.endpoint, cdn: double.cdn, repositories: made, unknown, digests })}\n`,
);
const lines = createInterface({ input: process.stdin });
lines.on('line', () => {
  const asked = double.asked.splice(0);
  const bytes = asked.reduce((sum, one) => sum + one.bytes, 0);
  process.stdout.write(`${JSON.stringify({ requests: asked.length, bytes })}\n`);
});
lines.on('close', () => void double.close());
