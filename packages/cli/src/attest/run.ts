import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { escapeText, plural, UsageError } from '@sentinel/core';
import { hashFile, pathOf } from '@sentinel/core/node';
import { EXIT } from '../exit-code.js';
import { readBytes } from '../retest/read-json.js';
import { Inputs } from '../output-targets.js';
import { writeError, writeOut } from '../streams.js';
import { writeFile } from '../write-file.js';
import { checkStatement, type CheckedStatement } from './check-statement.js';
import { openEnvelope, Refusal, signEnvelope } from './dsse.js';
import { readPrivateKey, readPublicKey, writeKeyPair } from './keys.js';
import { PAYLOAD_TYPE, statementOf, type StatementKind } from './statement.js';
import { LARGEST_ENVELOPE } from '../limits.js';

const OTHERS_MAY_READ = 0o077;

export async function runKeygen(name: string): Promise<void> {
  const { privateFile, publicFile, id } = await writeKeyPair(name);
  await writeOut(
    `Wrote ${escapeText(privateFile)} (keep it secret) and ${escapeText(publicFile)} (give it to whoever verifies).\nKey ID: ${id}\n`,
  );
}

export async function runAttest(record: string, keyFile: string, output: string | undefined): Promise<void> {
  const key = readPrivateKey(keyFile);
  if (process.platform !== 'win32' && (statSync(pathOf(keyFile)).mode & OTHERS_MAY_READ) !== 0)
    writeError(`sentinel: others can read the private key ${escapeText(keyFile)}; chmod 600 closes it`);
  const payload = Buffer.from(JSON.stringify(statementOf(record)));
  const text = `${JSON.stringify(signEnvelope(PAYLOAD_TYPE, payload, key))}\n`;
  if (output === undefined || output === '-') await writeOut(text);
  else {
    await writeFile(output, text, { isInput: new Inputs([record, keyFile]).has });
    writeError(`sentinel: signed by ${key.id}; written to ${escapeText(output)}`);
  }
}

export interface VerifyOptions {
  readonly key: string;
  readonly artifact?: readonly string[];
  readonly maxAge?: number;
  readonly type?: StatementKind;
  readonly anyVerdict?: true;
  readonly anyCatalogue?: true;
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

function verified(file: string, options: VerifyOptions): string {
  const key = readPublicKey(options.key);
  const bytes = readBytes(file, 'envelope', LARGEST_ENVELOPE);
  let envelope: unknown;
  try {
    envelope = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal('it is no JSON');
    throw error;
  }
  const statement = checkStatement(openEnvelope(envelope, PAYLOAD_TYPE, key), {
    type: options.type,
    maxAgeDays: options.maxAge,
    anyVerdict: options.anyVerdict === true,
    anyCatalogue: options.anyCatalogue === true,
    now: new Date(),
  });
  const files = options.artifact ?? [];
  for (const artifact of files) checkArtifact(artifact, statement);
  const compared =
    files.length === 0
      ? 'no file was compared with them (--artifact does)'
      : `${plural(files.length, 'file')} compared`;
  const { kind, verdict, time, tool, catalogue, rules, subjects } = statement;
  const part = rules.length === 0 ? '' : `; only these rules were applied: ${rules.join(', ')}`;
  return `verified: ${kind} of ${time}, result ${verdict}, by Sentinel ${tool}, catalogue ${catalogue}; ${plural(subjects.size, 'subject')}, ${compared}${part}; key ${key.id}`;
}

/** Exit code 1 for what is refused, 2 for what cannot be read. */
export async function runVerify(file: string, options: VerifyOptions): Promise<number> {
  try {
    await writeOut(`${escapeText(verified(file, options))}\n`);
    return EXIT.pass;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await writeOut(`refused: ${escapeText(file)}: ${escapeText(error.message)}\n`);
    return EXIT.fail;
  }
}
