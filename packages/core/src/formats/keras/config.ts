import type { Budget } from '../../bytes/budget.js';
import type { KerasObjectFact } from '../../model/fact.js';
import type { Identity } from '../../model/identity.js';
import { MAX_KERAS_CONFIG_BYTES, MAX_KERAS_OBJECTS, SHOWN_CONFIG_KEYS } from '../../model/limits.js';
import type { Member } from '../members/container.js';
import { noticeOf, type Found, type Look } from '../members/look.js';
import { parsePythonJson } from './python-json.js';

/*
 * What Keras looks up, imports and runs when it makes a model of config.json (keras/src/saving/serialization_lib.py,
 * `deserialize_keras_object` and `_retrieve_class_or_fn`; keras/src/layers/core/lambda_layer.py, `from_config`):
 *
 *   {"class_name": C, "config": …, "module": M, "registered_name": R}   imports M, takes C or R of it
 *   {"class_name": "function", "config": F, "module": M, …}              imports M, takes F or R of it
 *   {"class_name": "__typespec__", "spec_name": S, "module": M, …}       imports M, takes S of it
 *   {"class_name": "__lambda__", "config": {"code": …}}                  makes a function of byte code
 *   {"function": [code, …], "function_type": "lambda"}                   the same in Keras 2
 *   {"class_name": "Lambda", "config": {"function": [code, …]}}          the same, for a layer without a module
 *                                                                        (keras/src/legacy/saving/saving_utils.py)
 *   {"class_name": "TFOpLambda", "config": {"function": "io.read_file"}} takes a function of TensorFlow's public names
 *                                                                        (tf_keras/src/layers/core/tf_op_layer.py)
 *
 * Which values are read as objects is decided by the class around them. Here every object counts, wherever it stands.
 */

interface Node {
  readonly value: object;
  readonly key: string | number;
  readonly parent: Node | null;
}

type Named = Pick<KerasObjectFact, 'what' | 'module' | 'name' | 'registeredName'>;

/** Layers of Keras 2 that call a function of TensorFlow. */
const OP_LAYERS: ReadonlySet<unknown> = new Set(['TFOpLambda', 'SlicingOpLambda']);

/** Keras 2 says beside a function how it is stored. */
const STORED_AS = ['function_type', 'output_shape_type', 'mask_type'];

const CODE: Named = { what: 'code', module: '', name: '__lambda__', registeredName: null };

/**
 * The objects of one configuration. `isNamedKeras`: it lies in an archive of Keras, so that one that cannot be read leaves
 * the artifact incomplete; elsewhere only one that could hold an object does.
 */
export async function* kerasObjects(member: Member, isNamedKeras: boolean, look: Look): AsyncGenerator<Found> {
  const { budget } = look;
  const bytes = (await member.source.read(0, MAX_KERAS_CONFIG_BYTES + 1)).slice();
  if (bytes.length > MAX_KERAS_CONFIG_BYTES) {
    const reason = `more than ${MAX_KERAS_CONFIG_BYTES} bytes of configuration, in which Keras may find code to run`;
    yield noticeOf(member.path, null, 'limit', reason);
    return;
  }
  const parsed = parsePythonJson(bytes);
  if ('problem' in parsed) {
    if (isNamedKeras || parsed.mayNameClasses) {
      const reason = `the configuration of a Keras model, in which code may be named, could not be read: ${parsed.problem}`;
      yield noticeOf(member.path, null, 'corrupt', reason);
    }
    return;
  }
  budget.ledger.claim(member.source, 0, bytes.length, 'parsed');
  yield* objectsFound(member.path, bytes, parsed.value, budget);
}

/**
 * The same of config.json in the folder of a model, which `load_model` takes in place of an archive (keras/src/saving/saving_api.py);
 * `text`: what was read. Whether a file of that name has to be JSON is for others to say.
 */
export function* kerasObjectsOfFolder(path: string, text: string, budget: Budget): Generator<Found> {
  const bytes = new TextEncoder().encode(text);
  const parsed = parsePythonJson(bytes);
  if ('value' in parsed) yield* objectsFound(path, bytes, parsed.value, budget);
}

function* objectsFound(path: string, bytes: Uint8Array, value: unknown, budget: Budget): Generator<Found> {
  const found = objectsIn(value, budget);
  if (found.size > MAX_KERAS_OBJECTS) {
    yield noticeOf(path, null, 'limit', `more than ${MAX_KERAS_OBJECTS} different objects in the configuration`);
  }
  // What a function is called with stands anywhere in the configuration.
  let digest: string | null = null;
  const identity = (): Identity => ({ of: 'bytes', digest: (digest ??= budget.platform.sha256(bytes)) });
  const at = { path, offset: null, line: null };
  for (const { named, node, count } of [...found.values()].slice(0, MAX_KERAS_OBJECTS)) {
    const fact: KerasObjectFact = {
      kind: 'keras.object',
      at,
      ...named,
      keyPath: keyPathOf(node),
      count,
      identity: identity(),
    };
    yield { kind: 'fact', fact };
  }
}

interface FoundObject {
  readonly named: Named;
  /** The first of them in the order of the text. */
  readonly node: Node;
  count: number;
}

/** Without recursion: the text decides how deep it is. Stops behind one object more than are reported. */
function objectsIn(root: unknown, budget: Budget): ReadonlyMap<string, FoundObject> {
  const found = new Map<string, FoundObject>();
  const waiting: Node[] = [];
  if (isObject(root)) waiting.push({ value: root, key: '', parent: null });
  let visited = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visited += 1;
    if (visited % 4096 === 0) budget.checkTime();
    for (const named of namesOf(node.value)) {
      const key = JSON.stringify([named.what, named.module, named.name, named.registeredName]);
      const known = found.get(key);
      if (known === undefined) found.set(key, { named, node, count: 1 });
      else known.count += 1;
      if (found.size > MAX_KERAS_OBJECTS) return found;
    }
    pushChildren(node, waiting);
  }
  return found;
}

function pushChildren(node: Node, waiting: Node[]): void {
  const { value } = node;
  if (Array.isArray(value)) {
    for (let i = value.length - 1; i >= 0; i -= 1) {
      const child: unknown = value[i];
      if (isObject(child)) waiting.push({ value: child, key: i, parent: node });
    }
    return;
  }
  for (const [key, child] of Object.entries(value).toReversed() as [string, unknown][])
    if (isObject(child)) waiting.push({ value: child, key, parent: node });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** What one dict of the configuration asks for. */
function namesOf(value: object): readonly Named[] {
  if (Array.isArray(value)) return [];
  const dict = new Map<string, unknown>(Object.entries(value));
  const className = dict.get('class_name');
  const isLambda =
    className === '__lambda__' ||
    STORED_AS.some((key) => dict.get(key) === 'lambda') ||
    (className === 'Lambda' && Array.isArray(functionOf(dict.get('config'))));
  const code = isLambda ? [CODE] : [];
  if (!dict.has('class_name') || !(dict.has('config') || dict.has('spec_name')) || className === '__lambda__')
    return code;
  const what = className === 'function' ? 'function' : 'class';
  const name =
    className === 'function' ? dict.get('config') : className === '__typespec__' ? dict.get('spec_name') : className;
  const registered = dict.get('registered_name');
  const operation = OP_LAYERS.has(className) ? functionOf(dict.get('config')) : null;
  return [
    ...code,
    ...(operation === null
      ? []
      : [{ what: 'function', module: 'tensorflow', name: textOf(operation), registeredName: null } as const]),
    {
      what,
      module: textOf(dict.get('module')),
      name: textOf(name),
      registeredName: typeof registered === 'string' && registered !== name ? registered : null,
    },
  ];
}

/** The function in the configuration of a layer; null where there is none. */
function functionOf(config: unknown): unknown {
  return isObject(config) && 'function' in config ? config.function : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `config.layers[2].config`, of the last keys. */
function keyPathOf(node: Node): string {
  const keys: string[] = [];
  let at: Node | null = node;
  for (; at !== null && at.parent !== null && keys.length < SHOWN_CONFIG_KEYS; at = at.parent)
    keys.push(typeof at.key === 'number' ? `[${at.key}]` : `.${at.key}`);
  const shown = keys.toReversed().join('');
  const isCut = at !== null && at.parent !== null;
  return isCut ? `…${shown}` : shown.replace(/^\./, '');
}
