import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { escapeText, plural, UsageError } from '@artifact-sentinel/core/internal';
import { hashFile, pathOf } from '@artifact-sentinel/core/node/internal';
import { readPolicyFile } from '../artifact/read-policy.js';
import { EXIT } from '../exit-code.js';
import { LARGEST_ENVELOPE } from '../limits.js';
import { isModelBundle } from '../model-signing/bundle.js';
import { Inputs } from '../output-targets.js';
import { readBytes } from '../retest/read-json.js';
import { writeError, writeOut } from '../streams.js';
import { writeFile } from '../write-file.js';
import { checkSummary, openBundle, readLines } from './bundle.js';
import { checkStatement, type CheckedStatement } from './check-statement.js';
import { Refusal, signEnvelope, Unsupported } from './dsse.js';
import { readPrivateKey, readPublicKey, writeKeyPair, type PrivateKey } from './keys.js';
import type { AttestOptions, VerifyOptions } from './options.js';
import { describeRequirements, type Requirements } from './requirements.js';
import { PAYLOAD_TYPE, statementOf, type Statement } from './statement.js';
import { summaryOf } from './summary.js';

const OTHERS_MAY_READ = 0o077;

export async function runKeygen(name: string): Promise<void> {
  const { privateFile, publicFile, id } = await writeKeyPair(name);
  await writeOut(
    `Wrote ${escapeText(privateFile)} (keep it secret) and ${escapeText(publicFile)} (give it to those who verify).\nKey ID: ${id}\n`,
  );
}

function envelopeOf(statement: Statement<unknown>, key: PrivateKey): string {
  return JSON.stringify(signEnvelope(PAYLOAD_TYPE, Buffer.from(JSON.stringify(statement)), key));
}

/** One envelope in each line: the statement, and for a scan its summary. */
function bundleOf(record: string, key: PrivateKey, { verifierId, resourceUri }: AttestOptions): string {
  const made = statementOf(record);
  const envelope = envelopeOf(made.statement, key);
  if (made.kind === 'closure') return `${envelope}\n`;
  const names = { verifier: verifierId ?? `urn:sentinel:key:${key.id}`, resource: resourceUri ?? null };
  return `${envelope}\n${envelopeOf(summaryOf(made.statement, envelope, names), key)}\n`;
}

export async function runAttest(record: string, options: AttestOptions): Promise<void> {
  const key = readPrivateKey(options.key);
  if (process.platform !== 'win32' && (statSync(pathOf(options.key)).mode & OTHERS_MAY_READ) !== 0)
    writeError(`sentinel: others can read the private key ${escapeText(options.key)}; chmod 600 closes it`);
  const text = bundleOf(record, key, options);
  const { output } = options;
  if (output === undefined || output === '-') await writeOut(text);
  else {
    await writeFile(output, text, { isInput: new Inputs([record, options.key]).has });
    writeError(`sentinel: signed by ${key.id}; written to ${escapeText(output)}`);
  }
}

function checkArtifact(file: string, { subjects }: CheckedStatement): void {
  const hash = hashFile(file);
  if ('problem' in hash) throw new UsageError(`${file}: ${hash.problem}`);
  if (subjects.has(hash.sha256)) return;
  const namesake = [...subjects].find(([, name]) => basename(name) === basename(file));
  throw new Refusal(
    namesake === undefined
      ? `${file} (SHA-256 ${hash.sha256}) is none of its ${plural(subjects.size, 'subject')}`
      : `${file} is another file: its SHA-256 is ${hash.sha256}, that of ${namesake[1]} was ${namesake[0]}`,
  );
}

function requirementsOf(options: VerifyOptions): Requirements {
  const { policy, anyPolicy } = options;
  if (policy !== undefined && anyPolicy === true) throw new UsageError('--policy and --any-policy exclude each other');
  return {
    rules: options.rules ?? [],
    policy:
      policy === undefined
        ? null
        : { file: policy, sha256: createHash('sha256').update(readPolicyFile(policy, true)).digest('hex') },
    anyPolicy: anyPolicy === true,
    anyVerdict: options.anyVerdict === true,
    allowIncomplete: options.allowIncomplete === true,
  };
}

function verified(lines: ReturnType<typeof readLines>, options: VerifyOptions): string[] {
  if (options.key === undefined) throw new UsageError('--key FILE is needed: the public key of the signer');
  const key = readPublicKey(options.key);
  const required = requirementsOf(options);
  const { record, summary } = openBundle(lines, key);
  const statement = checkStatement(record.payload, {
    ...required,
    type: options.type,
    maxAgeDays: options.maxAge,
    anyCatalogue: options.anyCatalogue === true,
    now: new Date(),
  });
  if (summary !== null) checkSummary(summary, record, statement);
  const files = options.artifact ?? [];
  for (const artifact of files) checkArtifact(artifact, statement);
  const compared =
    files.length === 0
      ? 'no file was compared with them (--artifact does)'
      : `${plural(files.length, 'file')} compared`;
  const { kind, verdict, time, tool, catalogue, rules, subjects } = statement;
  const part = rules.length === 0 ? '' : `; only these rules were applied: ${rules.join(', ')}`;
  return [
    `verified: ${kind} of ${time}, result ${verdict}, by Sentinel ${tool}, catalogue ${catalogue}; ` +
      `${plural(subjects.size, 'subject')}, ${compared}${part}; key ${key.id}`,
    `required: ${describeRequirements(required)}, ${options.anyCatalogue === true ? 'any catalogue' : 'the catalogue of this version'}`,
  ];
}

/** Options that ask for what only our own statements say. */
const OWN_OPTIONS = [
  ['maxAge', '--max-age'],
  ['type', '--type'],
  ['rules', '--rules'],
  ['policy', '--policy'],
  ['anyPolicy', '--any-policy'],
  ['allowIncomplete', '--allow-incomplete'],
  ['anyVerdict', '--any-verdict'],
  ['anyCatalogue', '--any-catalogue'],
] as const;
const MODEL_OPTIONS = [
  ['certificateChain', '--certificate-chain'],
  ['ignoreUnsignedFiles', '--ignore-unsigned-files'],
  ['ignorePaths', '--ignore-paths'],
] as const;

function refuseOptions(
  options: VerifyOptions,
  strange: readonly (readonly [keyof VerifyOptions, string])[],
  what: string,
): void {
  const given = strange.find(([name]) => options[name] !== undefined);
  if (given !== undefined) throw new UsageError(`${given[1]} means nothing for ${what}`);
}

async function answer(lines: ReturnType<typeof readLines>, file: string, options: VerifyOptions): Promise<string[]> {
  const [first] = lines;
  if (lines.length === 1 && isModelBundle(first?.value)) {
    refuseOptions(options, OWN_OPTIONS, 'a model signature');
    const { verifyModel } = await import('../model-signing/verify-model.js');
    return verifyModel(first?.value, file, options);
  }
  refuseOptions(options, MODEL_OPTIONS, 'a statement of sentinel attest');
  return verified(lines, options);
}

/** Exit code 1 for what is refused, 2 for what cannot be read. */
export async function runVerify(file: string, options: VerifyOptions): Promise<number> {
  try {
    const bytes = readBytes(file, 'envelope', LARGEST_ENVELOPE);
    const lines = readLines(bytes.toString('utf8'));
    const said = await answer(lines, file, options);
    await writeOut(said.map((line) => `${escapeText(line)}\n`).join(''));
    return EXIT.pass;
  } catch (error) {
    if (error instanceof Unsupported) throw new UsageError(`${file}: ${error.message}`);
    if (!(error instanceof Refusal)) throw error;
    await writeOut(`refused: ${escapeText(file)}: ${escapeText(error.message)}\n`);
    return EXIT.fail;
  }
}
