import { classifyName, makerEntry } from '../../catalogue/classify.js';
import { findAllowed } from '../../catalogue/allowed.js';
import { packageOf } from '../../model/module-name.js';
import { cut, escapeText } from '../../model/escape.js';
import type { KerasObjectFact } from '../../model/fact.js';

/** What an object of a configuration is, and why. */
export interface Judgement {
  readonly class: 'ordinary' | 'unexpected' | 'dangerous';
  readonly why: string;
}

const ORDINARY: Judgement = { class: 'ordinary', why: '' };

/** Keras and the libraries of its project, whose models are saved with their names. */
const KERAS_PACKAGES: ReadonlySet<string> = new Set(['keras', 'tf_keras', 'keras_hub', 'keras_nlp', 'keras_cv']);

/** Classes of Keras that do more than their configuration says. */
const CLASSES: ReadonlyMap<string, Judgement> = new Map([
  [
    'TorchModuleWrapper',
    {
      class: 'dangerous',
      why: 'It unpickles bytes of the configuration with torch.load(weights_only=False), which current versions of Keras refuse in safe mode.',
    },
  ],
  [
    'TFSMLayer',
    { class: 'unexpected', why: 'It loads a SavedModel of TensorFlow from a path in the configuration and runs it.' },
  ],
  [
    'TensorFlowOpLayer',
    { class: 'unexpected', why: 'It runs an operation of TensorFlow that the configuration spells out.' },
  ],
  [
    'ClassMethod',
    { class: 'unexpected', why: 'It calls a method of a class of TensorFlow that the configuration names.' },
  ],
]);

/** Functions that Keras has under any of its modules, also where another module only imports them. */
const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['enable_unsafe_deserialization', 'It switches the safe mode off, so that byte code in the configuration is run.'],
  ['get_file', 'It downloads a file to a path of choice and can unpack it.'],
  ['extract_archive', 'It unpacks an archive to a path of choice.'],
  ['urlretrieve', 'It downloads a file to a path of choice.'],
  ['load_model', 'It loads another model, with a safe mode of its choice.'],
  ['load_weights', 'It reads a file of choice.'],
  ['model_from_json', 'It makes a model of another configuration.'],
  ['model_from_config', 'It makes a model of another configuration.'],
  ['deserialize_keras_object', 'It makes objects of another configuration, with a safe mode of its choice.'],
  ['func_load', 'It makes a function of byte code.'],
]);

/** The parts of Keras whose functions compute tensors. */
const FUNCTION_MODULES: ReadonlySet<string> = new Set([
  'activations',
  'constraints',
  'initializers',
  'losses',
  'metrics',
  'ops',
  'random',
  'regularizers',
]);

/**
 * Keras writes `builtins` as the module of its own functions and of registered ones, and looks for them by their name
 * before it imports that module. These are in it, and are neither functions of Keras nor plain arithmetic.
 */
const BUILTINS: ReadonlySet<string> = new Set(
  (
    'aiter anext breakpoint callable classmethod compile copyright credits delattr dir enumerate eval exec exit filter ' +
    'format getattr globals hasattr help id input iter license locals map memoryview next object open print property ' +
    'quit repr reversed setattr sorted staticmethod super type vars zip'
  ).split(' '),
);

/** Judges what Keras looks up for one object of a configuration. Byte code is judged by the rule. */
export function judgeObject(fact: KerasObjectFact, userAllow: ReadonlySet<string>): Judgement {
  const names = fact.registeredName === null ? [fact.name] : [fact.name, fact.registeredName];
  // `vars(module)` has identifiers only; what is registered has a package before it.
  const lookedUp = names.filter((name, i) => i === 0 || /^[\p{L}\p{Nl}_][\p{L}\p{N}_]*$/u.test(name));
  const judgements = lookedUp.map((name) => judgeName(fact, name, userAllow));
  return (
    judgements.find((one) => one.class === 'dangerous') ??
    judgements.find((one) => one.class === 'unexpected') ??
    ORDINARY
  );
}

function judgeName({ module, what }: KerasObjectFact, name: string, userAllow: ReadonlySet<string>): Judgement {
  // Without a module only what the loading program has registered is found.
  if (module === '') return CLASSES.get(name) ?? ORDINARY;
  const judgement = KERAS_PACKAGES.has(packageOf(module))
    ? judgeOfKeras(module, name, what === 'function')
    : judgeOther(module, name, what === 'function');
  const entry = `${module}.${name}`;
  const isAllowed = userAllow.has(entry) || userAllow.has(makerEntry(entry));
  return judgement.class === 'unexpected' && isAllowed ? ORDINARY : judgement;
}

function judgeOfKeras(module: string, name: string, isFunction: boolean): Judgement {
  const known = CLASSES.get(name);
  if (known !== undefined) return known;
  const why = FUNCTIONS.get(name);
  if (why !== undefined) return { class: 'dangerous', why };
  // A function is found where a class is asked for, too.
  if (!isFunction && /^_*\p{Lu}/u.test(name)) return ORDINARY;
  const verdict = classifyName(module, name, false);
  if (verdict.class === 'dangerous') return { class: 'dangerous', why: verdict.why };
  const [, first, second] = module.split('.', 3);
  const part = first === 'src' ? second : first;
  const isTensorFunction = part !== undefined && FUNCTION_MODULES.has(part) && !/^(?:deserialize|get$)/.test(name);
  if (isTensorFunction) return ORDINARY;
  return { class: 'unexpected', why: 'It is none of the functions of Keras that only compute tensors.' };
}

/** The parts of TensorFlow whose functions compute tensors; its top level has such functions as well. */
const OPERATIONS =
  /^(?:compat\.v1\.)?(?:(?:__operators__|bitwise|image|linalg|math|nn|quantization|ragged|random|sets|signal|sparse|strings)\.)?[a-z]\w*$/;

/** At the top level or in one of these parts, and more than that. */
const NO_OPERATION = /(?:^|\.)(?:(?:numpy|py)_func\w*|load_\w+|import_graph_def|read_file|write_file)$/;

function judgeOther(module: string, name: string, isFunction: boolean): Judgement {
  if (module === 'tensorflow' && isFunction && OPERATIONS.test(name) && !NO_OPERATION.test(name)) return ORDINARY;
  if (module === 'builtins' && isFunction && !name.startsWith('_') && !BUILTINS.has(name)) return ORDINARY;
  const verdict = classifyName(module, name, false);
  if (verdict.class === 'dangerous') return { class: 'dangerous', why: verdict.why };
  if (verdict.class === 'allowed' && !(isFunction && findAllowed(module, name)?.storedOnly === true)) return ORDINARY;
  return { class: 'unexpected', why: verdict.why };
}

const NAME_LENGTH = 120;

/** `os.system`, for people. */
export function shownName({ module, name, registeredName }: KerasObjectFact): string {
  const shown = registeredName === null || name !== '' ? name : registeredName;
  return cut(escapeText(module === '' ? shown : `${module}.${shown}`), NAME_LENGTH);
}

/** The evidence: where it stands. */
export function whereOf({ keyPath, count }: KerasObjectFact): readonly string[] {
  const where = `at ${cut(escapeText(keyPath === '' ? 'the top of the configuration' : keyPath), NAME_LENGTH)}`;
  return [count === 1 ? where : `${where}, and ${count - 1} more`];
}
