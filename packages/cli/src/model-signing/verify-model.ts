import { createPublicKey, type KeyObject } from 'node:crypto';
import { plural, showBytes, UsageError } from '@artifact-sentinel/core/internal';
import { Refusal } from '../attest/dsse.js';
import { readPem } from '../attest/keys.js';
import type { VerifyOptions } from '../attest/options.js';
import { checkSignature, curveOf, fingerprintOf, readModelBundle, type ModelBundle } from './bundle.js';
import { checkChain, readTrusted } from './certificates.js';
import { readManifest, refuseEarliest } from './manifest.js';
import { checkTree } from './tree.js';

/** Uncovered paths that are named; the rest is counted. */
const NAMED_PATHS = 5;

interface Signed {
  readonly key: KeyObject;
  readonly by: string;
}

function byKey(file: string): Signed {
  const key = readPem(file, 'PUBLIC KEY', (pem) => createPublicKey(pem));
  const curve = curveOf(key);
  if (curve === null)
    throw new UsageError(
      `${file}: a key on the curve P-256, P-384 or P-521 was expected: model signatures have no other`,
    );
  return { key, by: `the ${curve} key ${fingerprintOf(key)}` };
}

function byCertificate(chain: readonly Buffer[], files: readonly string[]): Signed {
  const { key, subject } = checkChain(chain, readTrusted(files), new Date());
  return { key, by: `the certificate ${subject}` };
}

/** Who signed is for the command line to say: a key for bundles of a key, certificates for bundles with a chain. */
function signerOf({ chain }: ModelBundle, { key, certificateChain }: VerifyOptions): Signed {
  if (key !== undefined && certificateChain !== undefined)
    throw new UsageError('--key and --certificate-chain exclude each other');
  if (key !== undefined) {
    if (chain !== null)
      throw new Refusal('it is signed with a certificate, not with a key; --certificate-chain checks it');
    return byKey(key);
  }
  if (certificateChain === undefined)
    throw new UsageError('--key FILE or --certificate-chain FILE is needed: nothing in a bundle says whom to trust');
  if (chain === null) throw new Refusal('it is signed with a key, not with a certificate; --key checks it');
  return byCertificate(chain, certificateChain);
}

/** What was checked, for people; a refusal where the signature or a file does not fit. */
export function verifyModel(value: unknown, bundleFile: string, options: VerifyOptions): string[] {
  const [model, another] = options.artifact ?? [];
  if (model === undefined || another !== undefined)
    throw new UsageError('--artifact MODEL is needed once: the folder or file that was signed');
  const bundle = readModelBundle(value);
  const { key, by } = signerOf(bundle, options);
  try {
    checkSignature(bundle, key);
  } catch (error) {
    if (error instanceof Refusal) refuseEarliest(bundle.payload);
    throw error;
  }
  const manifest = readManifest(bundle.payload);
  const tree = checkTree(model, manifest, {
    ignored: options.ignorePaths ?? [],
    ignoresUnsigned: options.ignoreUnsignedFiles === true,
    bundle: bundleFile,
  });
  const left = tree.uncovered.length - NAMED_PATHS;
  const names = tree.uncovered.slice(0, NAMED_PATHS).join(', ') + (left > 0 ? ` and ${left} more` : '');
  return [
    `verified: model signature of ${manifest.model}, ${plural(tree.files, 'file')}, ${showBytes(tree.bytes)}, by ${by}`,
    tree.uncovered.length === 0 ? 'not covered by it: nothing' : `not covered by it: ${names}`,
    'A signature says whose model it is, not what it does: scan it as well.',
  ];
}
