// Repositories of models for the demo of the fleet: mostly honest ones in the layouts that the Hub has, made of the fixtures, and
// some hostile and broken ones. The same number gives the same repositories.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { safetensors, type SparseFile } from '../../packages/sources/test/double-files.js';

export type Files = Readonly<Record<string, Uint8Array | string | SparseFile>>;

export interface Repository {
  readonly name: string;
  readonly files: Files;
  /** What it was made as. */
  readonly kind: 'honest' | 'hostile' | 'broken';
}

const ORGANISATIONS = ['aurora', 'basalt', 'cedar', 'delta', 'ember', 'fjord', 'granite', 'harbor'];
const TASKS = ['bert', 'churn', 'detector', 'encoder', 'forecast', 'ranker', 'summary', 'tagger', 'vision', 'voice'];
const SYSTEM = Buffer.from("cos\nsystem\n(S'id'\ntR.");

/** One repository in so many is hostile, and one is cut off. */
const HOSTILE_EACH = 20;
const BROKEN_EACH = 50;

export function repositories(count: number, fixtures: string): readonly Repository[] {
  const make = new Maker(fixtures);
  return Array.from({ length: count }, (_, i) => make.repository(i));
}

class Maker {
  readonly #fixtures: string;
  readonly #torch: readonly string[];
  readonly #sklearn: readonly string[];
  readonly #numpy: readonly string[];
  readonly #hostile: readonly string[];
  readonly #broken: readonly string[];

  constructor(fixtures: string) {
    this.#fixtures = fixtures;
    const all = (folder: string, pattern: RegExp): readonly string[] =>
      readdirSync(join(fixtures, folder))
        .filter((name) => pattern.test(name))
        .sort()
        .map((name) => `${folder}/${name}`);
    this.#torch = ['checkpoint', 'half', 'bfloat16', 'legacy-state-dict', 'legacy-plain'].map(
      (name) => `honest/torch/${name}.pt`,
    );
    this.#sklearn = all('honest/sklearn', /\.(?:pkl|joblib)$/);
    this.#numpy = all('honest/numpy', /^(?:dtype-l.*|plain|compressed)\.np[yz]$/);
    this.#hostile = all('hostile/containers', /^joblib-payload-.*\.joblib$/);
    this.#broken = all('broken/torch', /^legacy-(?:before|in)-.*\.pt$/);
  }

  #read(path: string): Uint8Array {
    return readFileSync(join(this.#fixtures, path));
  }

  repository(i: number): Repository {
    const name = `${of(ORGANISATIONS, i)}/${of(TASKS, Math.floor(i / ORGANISATIONS.length))}-${String(i).padStart(3, '0')}`;
    const common = {
      'README.md': `# ${name}\n\nModel ${i} of the demo.\n`,
      '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
    };
    // Spread, so that they are not those of one organisation.
    if (i % HOSTILE_EACH === 7)
      return { name, kind: 'hostile', files: { ...common, ...this.#hostileFiles(Math.floor(i / HOSTILE_EACH)) } };
    if (i % BROKEN_EACH === 33)
      return {
        name,
        kind: 'broken',
        files: { ...common, 'model.pt': this.#read(of(this.#broken, Math.floor(i / BROKEN_EACH))) },
      };
    return { name, kind: 'honest', files: { ...common, ...this.#honestFiles(i) } };
  }

  #honestFiles(i: number): Files {
    switch (i % 4) {
      case 0:
        return { ...transformer(i), 'model.safetensors': safetensors(2 + (i % 5), 4096) };
      case 1:
        return { ...transformer(i), 'pytorch_model.bin': this.#read(of(this.#torch, i >> 2)) };
      case 2: {
        const path = of(this.#sklearn, i >> 2);
        const end = path.endsWith('.joblib') ? 'joblib' : 'pkl';
        return { [`model.${end}`]: this.#read(path), 'requirements.txt': 'scikit-learn==1.7.2\n' };
      }
      default: {
        const path = of(this.#numpy, i >> 2);
        return { [`embeddings${path.slice(-4)}`]: this.#read(path), 'vocabulary.txt': `model ${i}\n` };
      }
    }
  }

  #hostileFiles(turn: number): Files {
    switch (turn % 5) {
      case 0:
        return { ...transformer(turn), 'pytorch_model.bin': SYSTEM };
      case 1:
        return {
          'config.json': json({ model_type: 'custom', auto_map: { AutoModel: 'modeling_custom.CustomModel' } }),
          'modeling_custom.py': 'import os\n\nos.system("id")\n\n\nclass CustomModel:\n    pass\n',
          'model.safetensors': safetensors(1, 4096),
        };
      case 2:
        return {
          ...transformer(turn),
          'tokenizer_config.json': json({ chat_template: "{{ ''.__class__.__mro__[1].__subclasses__() }}" }),
          'model.safetensors': safetensors(1, 4096),
        };
      case 3:
        return { 'model.joblib': this.#read(of(this.#hostile, turn)), 'requirements.txt': 'joblib==1.5.2\n' };
      default:
        // A pickle under the name of a format that runs nothing.
        return { ...transformer(turn), 'model.safetensors': SYSTEM };
    }
  }
}

function transformer(i: number): Files {
  return {
    'config.json': json({ model_type: 'bert', architectures: ['BertModel'], hidden_size: 64 + i }),
    'tokenizer_config.json': json({ tokenizer_class: 'BertTokenizer', do_lower_case: i % 2 === 0 }),
    'vocab.txt': `[PAD]\n[UNK]\n[CLS]\n[SEP]\nmodel\n${i}\n`,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function of<T>(list: readonly T[], i: number): T {
  const one = list[i % list.length];
  if (one === undefined) throw new Error('a list of the demo is empty');
  return one;
}
