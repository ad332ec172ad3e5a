import { classifyName, makerEntry } from '../../catalogue/classify.js';
import { findAllowed } from '../../catalogue/allowed.js';
import {
  BUILTINS_FOR_KERAS,
  KERAS_CLASSES,
  KERAS_FUNCTIONS,
  KERAS_PACKAGES,
  KERAS_TENSOR_PARTS,
  TENSORFLOW_PARTS,
} from '../../catalogue/lookup.js';
import { packageOf } from '../../model/module-name.js';
import { cut, escapeText } from '../../model/escape.js';
import type { KerasObjectFact } from '../../model/fact.js';

/** What an object of a configuration is, and why. */
export interface Judgement {
  readonly class: 'ordinary' | 'unexpected' | 'dangerous';
  readonly why: string;
}

const ORDINARY: Judgement = { class: 'ordinary', why: '' };

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
  if (module === '') return KERAS_CLASSES.get(name) ?? ORDINARY;
  const judgement = KERAS_PACKAGES.has(packageOf(module))
    ? judgeOfKeras(module, name, what === 'function')
    : judgeOther(module, name, what === 'function');
  const entry = `${module}.${name}`;
  const isAllowed = userAllow.has(entry) || userAllow.has(makerEntry(entry));
  return judgement.class === 'unexpected' && isAllowed ? ORDINARY : judgement;
}

function judgeOfKeras(module: string, name: string, isFunction: boolean): Judgement {
  const known = KERAS_CLASSES.get(name) ?? KERAS_FUNCTIONS.get(name);
  if (known !== undefined) return known;
  // A function is found where a class is asked for, too.
  if (!isFunction && /^_*\p{Lu}/u.test(name)) return ORDINARY;
  const verdict = classifyName(module, name, false);
  if (verdict.class === 'dangerous') return { class: 'dangerous', why: verdict.why };
  const [, first, second] = module.split('.', 3);
  const part = first === 'src' ? second : first;
  const isTensorFunction = part !== undefined && KERAS_TENSOR_PARTS.has(part) && !/^(?:deserialize|get$)/.test(name);
  if (isTensorFunction) return ORDINARY;
  return { class: 'unexpected', why: 'It is none of the functions of Keras that only compute tensors.' };
}

/** A function at the top level of TensorFlow, or in one of its parts whose functions compute tensors. */
function isOperation(name: string): boolean {
  const parts = name.replace(/^compat\.v1\./, '').split('.');
  const [leaf = ''] = parts.slice(-1);
  const isWithin = parts.length === 1 || (parts.length === 2 && TENSORFLOW_PARTS.has(parts[0] ?? ''));
  return isWithin && /^[a-z]\w*$/.test(leaf) && !NO_OPERATION.test(name);
}

/** At the top level or in one of these parts, and more than that. */
const NO_OPERATION = /(?:^|\.)(?:(?:numpy|py)_func\w*|load_\w+|import_graph_def|read_file|write_file)$/;

function judgeOther(module: string, name: string, isFunction: boolean): Judgement {
  if (module === 'tensorflow' && isFunction && isOperation(name)) return ORDINARY;
  if (module === 'builtins' && isFunction && !name.startsWith('_') && !BUILTINS_FOR_KERAS.has(name)) return ORDINARY;
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
