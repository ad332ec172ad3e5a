import { append } from '../model/append.js';
import type { FoundFormat } from '../model/format.js';
import { escapeText } from '../model/escape.js';
import { streamsOf, type ArtifactReport, type GlobalReport, type IncompleteReport } from '../model/report.js';
import { properties, property, type Component, type Property } from './cyclonedx-model.js';
import { showPath } from './escape.js';
import { describeLevel } from './words.js';

/** A file by its type, data by the kind of them. */
type BomKind = Exclude<Component['type'], 'data'> | 'dataset' | 'other';

const MODEL = 'machine-learning-model';

/**
 * What an artifact of a format is to a BOM; any other one is a file. A model holds parameters or a program; data hold values and
 * nothing else. An array of numpy may be weights or a dataset, and its bytes do not say which.
 */
const KINDS: Readonly<Partial<Record<FoundFormat, BomKind>>> = {
  pickle: MODEL,
  joblib: MODEL,
  'torch-zip': MODEL,
  'torch-legacy': MODEL,
  'torch-export': MODEL,
  'torch-joined': MODEL,
  torchscript: MODEL,
  executorch: MODEL,
  safetensors: MODEL,
  hdf5: MODEL,
  gguf: MODEL,
  onnx: MODEL,
  tflite: MODEL,
  npy: 'other',
  npz: 'other',
  'idl-save': 'dataset',
  spss: 'dataset',
};

/** Any artifact with a pickle in it counts as a model, unless it is data. Reports of other versions may name other formats. */
function kindOf(artifact: ArtifactReport): BomKind {
  const { format } = artifact;
  const kind = (Object.hasOwn(KINDS, format) ? KINDS[format as FoundFormat] : undefined) ?? 'file';
  return kind === 'file' && streamsOf(artifact).length > 0 ? MODEL : kind;
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
  const type = kindOf(artifact);
  const isData = type === 'dataset' || type === 'other';
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
    type: isData ? 'data' : type,
    name,
    ...(sha256 === null ? {} : { hashes: [{ alg: 'SHA-256', content: sha256 }] }),
    evidence: { occurrences: [{ location: escapeText(path) }] },
    ...(isData ? { data: [{ type, name }] } : {}),
    properties: list,
  };
}
