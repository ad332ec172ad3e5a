import { append } from '../model/append.js';
import { escapeText } from '../model/escape.js';
import { streamsOf, type ArtifactReport, type GlobalReport, type IncompleteReport } from '../model/report.js';
import { properties, property, type Component, type Property } from './cyclonedx-model.js';
import { showPath } from './escape.js';
import { describeLevel } from './words.js';

/** Formats that hold the parameters or the program of a model. Any artifact with a pickle in it counts as one too. */
const MODELS = new Set([
  'pickle',
  'joblib',
  'torch-zip',
  'torch-legacy',
  'torch-export',
  'torch-joined',
  'torchscript',
  'executorch',
  'safetensors',
  'hdf5',
  'gguf',
  'onnx',
  'tflite',
]);

/** Formats of values and nothing else. An array of numpy may be weights or a dataset, and its bytes do not say which. */
const DATA: ReadonlyMap<string, 'dataset' | 'other'> = new Map([
  ['npy', 'other'],
  ['npz', 'other'],
  ['idl-save', 'dataset'],
  ['spss', 'dataset'],
]);

function typeOf(artifact: ArtifactReport): Component['type'] {
  if (DATA.has(artifact.format)) return 'data';
  return MODELS.has(artifact.format) || streamsOf(artifact).length > 0 ? 'machine-learning-model' : 'file';
}

/** The worst first. What only an entry of the user allows is not what Sentinel allows. */
const CLASSES = ['dangerous', 'dynamic', 'unexpected', 'allowed-by-user', 'allowed'] as const;

function classOf({ class: name, userAllowed }: GlobalReport): (typeof CLASSES)[number] {
  return userAllowed ? 'allowed-by-user' : name;
}

/** Each name that a stream looks up, once. */
function globalsOf(artifact: ArtifactReport): Property[] {
  const names = new Map<string, Set<string>>(CLASSES.map((name) => [name, new Set()]));
  for (const { globals } of streamsOf(artifact))
    for (const global of globals) names.get(classOf(global))?.add(`${global.module}.${global.name}`);
  return CLASSES.flatMap((name) => properties(`global:${name}`, [...(names.get(name) ?? [])]));
}

function streamsIn(artifact: ArtifactReport): string[] {
  return streamsOf(artifact).map(({ path, offset, role, protocol, length, end, error, sha256 }) => {
    const ending = end === 'stop' ? '' : `, breaks off: ${error ?? 'no reason'}`;
    const hash = sha256 === null ? '' : `, SHA-256 ${sha256}`;
    return `${showPath(path)} @${offset}: ${role}, protocol ${protocol}, ${length} bytes${ending}${hash}`;
  });
}

function opaqueIn({ parts, moreParts }: ArtifactReport): Property[] {
  const lines = parts.flatMap((part) =>
    part.kind === 'opaque' ? [`${showPath(part.path)}: ${part.format}. ${part.reason}`] : [],
  );
  return [
    ...properties('opaque', lines),
    ...(moreParts > 0 ? [property('opaque:more', `${moreParts} more are not listed`)] : []),
  ];
}

/** An artifact as a component. `notices`: what could not be analysed in it. */
export function componentOf(artifact: ArtifactReport, ref: string, notices: readonly IncompleteReport[]): Component {
  const { path, format, size, status, safety, sha256, notHashed, coverage } = artifact;
  const name = showPath(path);
  const data = DATA.get(format);
  const list: Property[] = [
    property('format', format),
    property('size', String(size)),
    property('status', status),
    property('level', describeLevel(safety)),
    ...(sha256 === null ? [property('not-hashed', notHashed ?? 'not asked for')] : []),
    ...coverage.totals.map(({ kind, reason, bytes }) =>
      property(`coverage:${kind}${reason === null ? '' : `:${reason}`}`, String(bytes)),
    ),
  ];
  const incomplete = notices.map((item) => `${showPath(item.path)}: ${item.reason}`);
  append(list, properties('incomplete', incomplete));
  append(list, properties('stream', streamsIn(artifact)));
  append(list, globalsOf(artifact));
  append(list, opaqueIn(artifact));
  return {
    'bom-ref': ref,
    type: typeOf(artifact),
    name,
    ...(sha256 === null ? {} : { hashes: [{ alg: 'SHA-256', content: sha256 }] }),
    evidence: { occurrences: [{ location: escapeText(path) }] },
    ...(data === undefined ? {} : { data: [{ type: data, name }] }),
    properties: list,
  };
}
