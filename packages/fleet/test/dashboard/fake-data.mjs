// Data of a fleet as it could be: generated, always the same.
import { createHash } from 'node:crypto';

/** Mulberry32: the same numbers at every run. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const hex = (text) => createHash('sha256').update(text).digest('hex');

/** A UUID that a text stands for. */
export function idOf(text) {
  const h = hex(text);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

const RULES = [
  ['PICKLE-EXEC', 'CRITICAL', 'AI/ML platform or model release owner'],
  ['KERAS-CONFIG-EXEC', 'CRITICAL', 'AI/ML platform or model release owner'],
  ['PICKLE-GLOBAL-IMPORT', 'HIGH', 'AI/ML platform or model release owner'],
  ['TORCH-SCRIPT-CUSTOM-OP', 'HIGH', 'Model serving owner'],
  ['ARCHIVE-PATH', 'HIGH', 'Supply chain owner'],
  ['ARCHIVE-AMBIGUOUS', 'HIGH', 'Supply chain owner'],
  ['TORCH-HUB-DYNAMIC-IMPORT', 'MEDIUM', 'Model serving owner'],
  ['REPO-DEPENDENCY', 'MEDIUM', 'Supply chain owner'],
  ['SERVING-BIND-ALL', 'MEDIUM', 'Model serving owner'],
];
const ORGS = ['acme-vision', 'northwind', 'openlabs', 'tiny-models', 'forecasting', 'speech-team'];
const NAMES = [
  'bert-sentiment',
  'resnet-head',
  'whisper-small',
  'churn',
  'reranker',
  'tts-voice',
  'embeddings',
  'yolo-parts',
];
const FILES = [
  'pytorch_model.bin',
  'model.safetensors',
  'config.json',
  'tokenizer.json',
  'optimizer.pt',
  'scheduler.pkl',
  'training_args.bin',
  'model.joblib',
  'weights/part-1.ckpt',
  'preprocessor.pkl',
];

const HOSTILE = [
  'model_\u202Egpj.pt',
  '<img src=x onerror=globalThis.hacked=1>.pkl',
  'm\u043Edel.safetensors',
  `${'long-'.repeat(2048)}.pkl`,
  'a\u200Bb\u0000c\nd.pkl',
];

/** `count` artifacts of some intakes, the newest first; the first of them have hostile names. */
export function fleetOf(count, now) {
  const next = random(23);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const intakes = [];
  const artifacts = [];
  const findings = new Map();
  let at = now - 40_000;
  for (let number = 0; artifacts.length < count; number += 1) {
    const kind = number === 0 ? 'upload' : pick(['hf', 'hf', 'hf', 's3', 'oci', 'https', 'upload']);
    const name = `${pick(ORGS)}/${pick(NAMES)}-${number}`;
    const address =
      number === 0
        ? 'reports/\u202Ecod.<b>exe</b>'
        : kind === 'hf'
          ? `hf://${name}`
          : kind === 's3'
            ? `s3://models/${name}/`
            : kind === 'oci'
              ? `oci://registry.example/${name}:1`
              : kind === 'https'
                ? `https://files.example/${name}.tar`
                : `${name.split('/')[1]}.pt`;
    const files = number === 0 ? HOSTILE.length : kind === 'upload' ? 1 : 5 + Math.floor(next() * 120);
    const createdAt = new Date(at).toISOString();
    const pinned = kind === 'hf' ? `${address}@${hex(address).slice(0, 40)}` : null;
    const intake = {
      id: idOf(`intake ${number}`),
      kind,
      address,
      pinned,
      state: 'done',
      reason: null,
      verdict: 'pass',
      findings: [],
      files,
      pending: 0,
      importance: 50,
      requestedBy: pick(['ci', 'dana', 'schedule']),
      createdAt,
      doneAt: createdAt,
    };
    for (let file = 0; file < files; file += 1) {
      const path =
        number === 0
          ? HOSTILE[file]
          : kind === 'upload'
            ? address
            : FILES[file % FILES.length].replace(/(\.\w+)$/, file < FILES.length ? '$1' : `-${file}$1`);
      const id = idOf(`artifact ${number} ${file}`);
      const own =
        next() < 0.12 || number === 0 ? Array.from({ length: 1 + Math.floor(next() * 3) }, () => pick(RULES)) : [];
      const unique = own.filter(([rule], index) => own.findIndex(([other]) => other === rule) === index);
      const fails = unique.some(([, severity]) => severity === 'CRITICAL' || severity === 'HIGH');
      const state =
        number === 1 && file < 3
          ? 'scanning'
          : fails
            ? next() < 0.1
              ? 'rejected'
              : 'failed'
            : next() < 0.02
              ? 'incomplete'
              : next() < 0.3
                ? 'promoted'
                : 'passed';
      if (unique.length > 0)
        findings.set(
          id,
          unique.map(([rule, severity, owner]) => ({
            rule,
            severity,
            owner,
            fingerprint: `v2-${hex(id + rule).slice(0, 32)}`,
            firstSeen: createdAt,
          })),
        );
      const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 };
      for (const [, severity] of unique) counts[severity] += 1;
      if (state === 'failed') intake.verdict = 'fail';
      else if (state === 'incomplete' && intake.verdict === 'pass') intake.verdict = 'incomplete';
      artifacts.push({
        id,
        intake: intake.id,
        path,
        address: pinned ?? address,
        size: state === 'scanning' ? null : Math.floor(10 ** (2 + next() * 8)),
        sha256: state === 'scanning' ? null : hex(`${number} ${file}`),
        isHashComputed: state !== 'scanning',
        state,
        reason:
          state === 'incomplete'
            ? 'three processes ended while they read it'
            : state === 'rejected'
              ? 'not needed, and it fails'
              : null,
        counts,
        receivedAt: createdAt,
        changedAt: createdAt,
      });
    }
    if (number === 1) Object.assign(intake, { state: 'scanning', verdict: null, pending: 3, doneAt: null });
    intakes.push(intake);
    at -= Math.floor(next() * 2 * (30 * 86_400_000 * 1.4) * (60 / count)) + 1000;
  }
  return { intakes, artifacts: artifacts.slice(0, count), findings };
}
