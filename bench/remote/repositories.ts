// The repositories of the comparison: what lies in each, and whether loading it as its files ask would run something of its author.
import { safetensors, SparseFile, torchLegacy, torchZip, gguf } from '../../packages/sources/test/double-files.js';
import type { DoubleFile, DoubleRepository, HubDouble } from '../../packages/sources/test/hub-double.js';
import { zipOf } from '../../packages/core/test/zip-builder.js';

export interface Compared {
  readonly name: string;
  /** What stands in the table. */
  readonly title: string;
  /** What is right: something is reported, nothing is, or the repository cannot be read and that is said. */
  readonly right: 'flagged' | 'quiet' | 'refused';
}

interface Made extends Compared {
  readonly files: Readonly<Record<string, Uint8Array | string | SparseFile>>;
  readonly with?: Partial<DoubleRepository>;
}

const MIB = 2 ** 20;
/** `os.system('id')`: nothing loads it. */
const SYSTEM = Buffer.from('\x80\x02cos\nsystem\nX\x02\x00\x00\x00id\x85R.', 'latin1');
const CONFIG = '{"model_type": "bert", "architectures": ["BertModel"], "hidden_size": 8}';
const SAFETENSORS = safetensors(8, MIB);
const TEMPLATE =
  "{{ cycler.__init__.__globals__.os.popen('id').read() }}{% for message in messages %}{{ message.content }}{% endfor %}";
const MODELING =
  'import os\nfrom transformers import PreTrainedModel\n\nos.system("id")\n\n\nclass Model(PreTrainedModel):\n    pass\n';

const zipped = (name: string, data: Uint8Array): Uint8Array => zipOf([{ name, data }]);
const torchHostile = (): Uint8Array =>
  zipOf([
    { name: 'archive/data.pkl', data: SYSTEM },
    { name: 'archive/version', data: Buffer.from('3\n') },
  ]);

/** GGUF with a chat template: version 3, one key, no tensor. */
function ggufWithTemplate(): Uint8Array {
  const le = (value: number, width: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes.subarray(0, width);
  };
  const text = (value: string): Buffer => Buffer.concat([le(value.length, 8), Buffer.from(value)]);
  const pairs = [
    Buffer.concat([text('general.architecture'), le(8, 4), text('llama')]),
    Buffer.concat([text('tokenizer.chat_template'), le(8, 4), text(TEMPLATE)]),
  ];
  return Buffer.concat([Buffer.from('GGUF'), le(3, 4), le(0, 8), le(pairs.length, 8), ...pairs]);
}

const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, i) => [`logs/step-${i}.txt`, 'x']));

const ALL: readonly Made[] = [
  {
    name: 'org/clean-torch',
    title: 'torch checkpoint, 8 MB',
    right: 'quiet',
    files: { 'config.json': CONFIG, 'pytorch_model.bin': torchZip(8, MIB) },
  },
  {
    name: 'org/clean-safetensors',
    title: 'safetensors, 8 MB',
    right: 'quiet',
    files: { 'config.json': CONFIG, 'model.safetensors': SAFETENSORS },
  },
  {
    name: 'org/pickle',
    title: '`os.system` in model.pkl',
    right: 'flagged',
    files: { 'config.json': CONFIG, 'model.pkl': SYSTEM },
  },
  {
    name: 'org/torch-hostile',
    title: '`os.system` in a torch zip, in a folder',
    right: 'flagged',
    files: { 'config.json': CONFIG, 'old/pytorch_model.bin': torchHostile(), 'model.safetensors': SAFETENSORS },
  },
  {
    name: 'org/other-name',
    title: 'the same pickle as `weights.dat`',
    right: 'flagged',
    files: { 'config.json': CONFIG, 'weights.dat': SYSTEM },
  },
  {
    name: 'org/remote-code',
    title: '`auto_map`, the module calls `os.system`',
    right: 'flagged',
    files: {
      'config.json': '{"model_type": "x", "auto_map": {"AutoModel": "modeling_x.Model"}}',
      'modeling_x.py': MODELING,
      'model.safetensors': SAFETENSORS,
    },
  },
  {
    name: 'org/template',
    title: 'hostile template in tokenizer_config.json',
    right: 'flagged',
    files: {
      'config.json': CONFIG,
      'tokenizer_config.json': JSON.stringify({ tokenizer_class: 'LlamaTokenizer', chat_template: TEMPLATE }),
      'model.safetensors': SAFETENSORS,
    },
  },
  {
    name: 'org/gguf-template',
    title: 'hostile template in a GGUF',
    right: 'flagged',
    files: { 'model.gguf': ggufWithTemplate() },
  },
  {
    name: 'org/nested',
    title: 'the pickle in a zip in a zip',
    right: 'flagged',
    files: { 'config.json': CONFIG, 'bundle.zip': zipped('inner.zip', zipped('model.pkl', SYSTEM)) },
  },
  {
    name: 'org/index',
    title: 'a shard index that leaves the folder',
    right: 'flagged',
    files: {
      'config.json': CONFIG,
      'model.safetensors.index.json': '{"weight_map": {"a": "../../../etc/passwd"}}',
      'model.safetensors': SAFETENSORS,
    },
  },
  {
    name: 'org/many',
    title: '1,201 files, the hostile one on the second page',
    right: 'flagged',
    files: { ...many, 'z/model.pkl': SYSTEM },
  },
  {
    name: 'org/huge-torch',
    title: 'torch checkpoint, 10.7 GB',
    right: 'quiet',
    files: { 'config.json': CONFIG, 'pytorch_model.bin': torchZip(40, 256 * MIB) },
  },
  {
    name: 'org/huge-legacy',
    title: 'checkpoint before PyTorch 1.6, 10.7 GB',
    right: 'quiet',
    files: { 'config.json': CONFIG, 'pytorch_model.bin': torchLegacy(40, 256 * MIB) },
  },
  {
    name: 'org/huge-safetensors',
    title: 'safetensors, 10.7 GB',
    right: 'quiet',
    files: { 'config.json': CONFIG, 'model.safetensors': safetensors(40, 256 * MIB) },
  },
  {
    name: 'org/huge-gguf',
    title: 'GGUF, 21 GB',
    right: 'quiet',
    files: { 'model.gguf': gguf(80, 256 * MIB) },
  },
  {
    name: 'org/gated',
    title: 'gated, without a token',
    right: 'refused',
    files: { 'config.json': CONFIG, 'model.pkl': SYSTEM },
    with: { gated: true },
  },
];

export const COMPARED: readonly Compared[] = ALL.map(({ name, title, right }) => ({ name, title, right }));

/** What the Hub's own .gitattributes put behind LFS when a repository is made. */
const LFS = /\.(?:bin|pt|pkl|pickle|zip|safetensors|gguf|npy|h5|onnx|model)$/;

export function addAll(double: HubDouble): void {
  for (const { name, files, with: more } of ALL) {
    const entries = Object.entries(files).map(([path, given]): [string, DoubleFile] => {
      const content =
        given instanceof SparseFile ? given : SparseFile.of(typeof given === 'string' ? Buffer.from(given) : given);
      return [path, { content, lfs: LFS.test(path) || content.size > 10 * MIB }];
    });
    Object.assign(double.add(name, Object.fromEntries(entries)), more);
  }
}
