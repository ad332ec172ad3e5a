import { MAX_FILE_NAME } from '../../model/limits.js';

/** How a file of a model repository is read, by its name alone. */
export type RepositoryRole =
  | 'config' // JSON that a loader opens by its name
  | 'index' // which shard holds which tensor
  | 'template' // a chat template
  | 'requirements'
  | 'conda'
  | 'mlmodel'
  | 'manifest' // of a .mar archive
  | 'python'
  | 'notebook'
  | 'site' // .pth
  | 'yaml'
  | 'json' // other JSON
  | 'shard' // weights, for the names that indexes hold
  | 'metadata' // of an installed package, in a wheel
  | 'program';

/** Names of configurations; loaders open them in the folder of a model, or in one below it. */
const CONFIGS: ReadonlySet<string> = new Set([
  'config.json',
  'tokenizer_config.json',
  'preprocessor_config.json',
  'processor_config.json',
  'image_processor_config.json',
  'video_preprocessor_config.json',
  'feature_extractor_config.json',
  'generation_config.json',
  'scheduler_config.json',
  'model_index.json',
  'modular_model_index.json',
  'modular_config.json',
  'adapter_config.json',
  'modules.json',
  'config_sentence_transformers.json',
  'sentence_bert_config.json',
  'router_config.json',
  'chat_template.json',
  'audio_tokenizer_config.json',
  'params.json',
]);

/** `model.safetensors.index.json`, `diffusion_pytorch_model.safetensors.index.fp16.json`, `pytorch_model.bin.index.json`. */
const INDEX = /\.index(?:\.[\w-]+)?\.json$/;
const REQUIREMENTS = /^(?:[\w.-]*requirements[\w.-]*|constraints[\w.-]*)\.(?:txt|in)$/;
const CONDA = /^(?:conda|environment|env|python_env)[\w.-]*\.ya?ml$/;
const TEMPLATE = /\.(?:jinja2?|j2)$/;
const SHARD = /\.(?:safetensors|bin|pt|pth|ckpt|gguf|h5|msgpack|onnx|npz|nemo)$/;
const PROGRAM =
  /\.(?:exe|dll|so(?:\.\d+)*|dylib|pyd|scr|com|msi|sh|bash|zsh|bat|cmd|ps1|psm1|vbs|vbe|wsf|hta|js|jse|lnk|jar|llamafile|apk|elf|run|appimage)$/;

/** The last part of a name. */
export function baseOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
}

/** Longer ones are on no disk, and the forms above try each beginning. */
function isNameOfFile(base: string): boolean {
  return base.length <= MAX_FILE_NAME;
}

/** Null for a name that says nothing; its bytes may be a program all the same. */
export function roleOf(name: string): RepositoryRole | null {
  // File systems that take no account of case open them all the same.
  const base = baseOf(name).toLowerCase();
  if (CONFIGS.has(base)) return 'config';
  if (base === 'mlmodel') return 'mlmodel';
  if (base === 'manifest.json' && /(?:^|\/)mar-inf\/manifest\.json$/.test(name.toLowerCase())) return 'manifest';
  const dot = base.lastIndexOf('.');
  if (dot < 0) return base === 'metadata' && name.toLowerCase().endsWith('.dist-info/metadata') ? 'metadata' : null;
  switch (base.slice(dot + 1)) {
    case 'json':
      return INDEX.test(base) ? 'index' : 'json';
    case 'txt':
    case 'in':
      return isNameOfFile(base) && REQUIREMENTS.test(base) ? 'requirements' : null;
    case 'yaml':
    case 'yml':
      return isNameOfFile(base) && CONDA.test(base) ? 'conda' : 'yaml';
    case 'py':
    case 'pyw':
      return 'python';
    case 'ipynb':
      return 'notebook';
    case 'pth':
      return 'site';
    default:
      if (TEMPLATE.test(base)) return 'template';
      if (PROGRAM.test(base)) return 'program';
      return SHARD.test(base) ? 'shard' : null;
  }
}

/** Files without which nothing around them is a model repository, by their names alone. */
export function mayMark(name: string): boolean {
  const role = roleOf(name);
  if (role === 'config' || role === 'mlmodel' || role === 'manifest' || role === 'metadata' || role === 'index')
    return true;
  return /^(?:hubconf\.py|model_config\.ya?ml)$/i.test(baseOf(name));
}
