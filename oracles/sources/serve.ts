// The double of the Hub for other clients: prints its address and what it holds as one line of JSON, what was asked since as
// another one for each line of its input, and ends with that. Its argument is the length of a page of a listing.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { SparseFile } from '../../packages/sources/test/double-files.js';
import { HubDouble, TOKEN } from '../../packages/sources/test/hub-double.js';

const CLEAN = Buffer.from('\x80\x02ccollections\nOrderedDict\n)R.', 'latin1');
/** `os.system('id')`: nothing loads it. */
const SYSTEM = Buffer.from("cos\nsystem\n(S'id'\ntR.");

const large = new SparseFile();
large.add(CLEAN);
large.skip(11_000_000);

const double = await HubDouble.start();
double.pageSize = Number(process.argv[2] ?? 3);
const files = {
  'config.json': '{"model_type": "bert"}\n',
  'folder/ü b#1.pkl': SYSTEM,
  'clean.pkl': CLEAN,
  'small-lfs.bin': { content: SparseFile.of(SYSTEM), lfs: true },
  'large.bin': large,
  'z/deep/er.txt': 'text',
};
double.add('org/model', files);
double.add('datasets/org/data', { 'data.pkl': SYSTEM });
double.add('org/gated', { 'a.pkl': SYSTEM }).gated = true;
double.add('org/private', { 'a.pkl': SYSTEM }).isPrivate = true;
double.add('org/old', {}).renamedTo = 'org/model';
double.add('org/disabled', { 'a.pkl': CLEAN }).disabled = true;

const contents = Object.fromEntries(
  [...(double.repositories.get('org/model')?.files ?? [])].map(([path, { content }]) => [
    path,
    createHash('sha256').update(content.read(0, content.size)).digest('hex'),
  ]),
);
const { commit } = double.repositories.get('org/model') ?? { commit: '' };
process.stdout.write(
  `${JSON.stringify({ endpoint: double.endpoint, cdn: double.cdn, token: TOKEN, commit, contents })}\n`,
);
const lines = createInterface({ input: process.stdin });
lines.on('line', () => {
  const asked = double.asked.splice(0);
  const of = (origin: string): number => asked.filter((one) => one.origin === origin).length;
  const bytes = asked.reduce((sum, one) => sum + one.bytes, 0);
  process.stdout.write(`${JSON.stringify({ api: of('api'), cdn: of('cdn'), bytes })}\n`);
});
lines.on('close', () => void double.close());
