// The double of the Hub with the repositories of the demo: prints its addresses as one line of JSON, what was asked since as
// another one for each line of its input, and ends with that. Its argument is how many repositories there are.
import { createInterface } from 'node:readline';
import { HubDouble } from '../../packages/sources/test/hub-double.js';
import { repositories } from './repositories.js';

const [count = '500', fixtures = 'fixtures'] = process.argv.slice(2);
const double = await HubDouble.start();
const all = repositories(Number(count), fixtures);
for (const { name, files } of all) double.add(name, files);
const made = all.map(({ name, kind, files }) => ({ name, kind, files: Object.keys(files).length }));
process.stdout.write(`${JSON.stringify({ endpoint: double.endpoint, cdn: double.cdn, repositories: made })}\n`);
const lines = createInterface({ input: process.stdin });
lines.on('line', () => {
  const asked = double.asked.splice(0);
  const bytes = asked.reduce((sum, one) => sum + one.bytes, 0);
  process.stdout.write(`${JSON.stringify({ requests: asked.length, bytes })}\n`);
});
lines.on('close', () => void double.close());
