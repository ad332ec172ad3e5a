import { LARGEST_PEM, MOST_CERTIFICATES, MOST_TRUSTED } from '../limits.js';
import { X509Certificate, type KeyObject } from 'node:crypto';
import { UsageError } from '@artifact-sentinel/core/internal';
import { Refusal } from '../attest/dsse.js';
import { readBytes } from '../retest/read-json.js';
import { certificateParts, DerError, hasFirstBit, pathLength, purposes, type CertificateParts } from './der.js';

const OID = { keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19', extendedKeyUsage: '2.5.29.37' } as const;
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
/** Names of subjects and keys: they decide nothing that is not checked here. */
const HARMLESS = ['2.5.29.14', '2.5.29.17', '2.5.29.35'];
/** SHA-2 and EdDSA. What is older can be forged (CWE-327). */
const ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

interface Certificate {
  readonly x509: X509Certificate;
  readonly parts: CertificateParts;
}

/** OpenSSL says with a code what it cannot read; ours says it with a class. */
function isUnreadable(error: unknown): boolean {
  return error instanceof DerError || (error instanceof Error && 'code' in error);
}

function readCertificate(der: Buffer, what: string): Certificate {
  try {
    const x509 = new X509Certificate(der);
    return { x509, parts: certificateParts(x509.raw) };
  } catch (error) {
    if (isUnreadable(error)) throw new Refusal(`${what} is no certificate that can be read`);
    throw error;
  }
}

const nameOf = ({ x509 }: Certificate): string => x509.subject.replaceAll('\n', ', ');
const isSame = (a: Certificate, b: Certificate): boolean => a.x509.raw.equals(b.x509.raw);

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates of PEM files: they are trusted because they are named. */
export function readTrusted(files: readonly string[]): Certificate[] {
  return files.flatMap((file) => {
    const text = readBytes(file, 'certificate', LARGEST_PEM).toString('latin1');
    const blocks = text.match(PEM) ?? [];
    if (blocks.length === 0) throw new UsageError(`${file}: certificates as PEM were expected`);
    if (blocks.length > MOST_TRUSTED) throw new UsageError(`${file}: more than ${MOST_TRUSTED} certificates`);
    try {
      return blocks.map((block) => readCertificate(Buffer.from(block), file));
    } catch (error) {
      if (error instanceof Refusal) throw new UsageError(error.message);
      throw error;
    }
  });
}

function checkItself(certificate: Certificate, now: Date): void {
  const { x509, parts } = certificate;
  const name = nameOf(certificate);
  if (ALGORITHMS[parts.algorithm] === undefined)
    throw new Refusal(`the certificate ${name} is signed by an algorithm that does not count (${parts.algorithm})`);
  const known: readonly string[] = [...Object.values(OID), ...HARMLESS];
  const strange = [...parts.extensions].find(([oid, { critical }]) => critical && !known.includes(oid));
  if (strange !== undefined)
    throw new Refusal(`the certificate ${name} has a critical extension that is not understood (${strange[0]})`);
  if (now.getTime() < Date.parse(x509.validFrom))
    throw new Refusal(`the certificate ${name} is not yet valid: it is from ${x509.validFrom}`);
  if (now.getTime() > Date.parse(x509.validTo))
    throw new Refusal(`the certificate ${name} is expired: its last day was ${x509.validTo}`);
}

/** `below`: certificates between it and the one that signed the model. */
function checkIssuer(certificate: Certificate, below: number): void {
  const name = nameOf(certificate);
  if (!certificate.x509.ca) throw new Refusal(`the certificate ${name} may not issue others: it is no CA`);
  const constraints = certificate.parts.extensions.get(OID.basicConstraints);
  const most = constraints === undefined ? null : pathLength(constraints.value);
  if (most !== null && below > most)
    throw new Refusal(`the certificate ${name} allows ${most} certificates between it and the signer, not ${below}`);
}

/** Signing models is a use of its own: by the key usage, or by the purpose of code signing. */
function checkSigner(signer: Certificate): void {
  const usage = signer.parts.extensions.get(OID.keyUsage);
  const extended = signer.parts.extensions.get(OID.extendedKeyUsage);
  const signs = usage !== undefined && hasFirstBit(usage.value);
  const signsCode = extended !== undefined && purposes(extended.value).includes(CODE_SIGNING);
  if (!signs && !signsCode) throw new Refusal(`the certificate ${nameOf(signer)} may not be used to sign`);
}

function issuerOf(certificate: Certificate, candidates: readonly Certificate[]): Certificate | undefined {
  return candidates.find(({ x509 }) => certificate.x509.checkIssued(x509) && certificate.x509.verify(x509.publicKey));
}

export interface Signer {
  readonly key: KeyObject;
  readonly subject: string;
}

/**
 * The key of the first certificate, whose issuers lead to one that is trusted (RFC 5280, section 6, as far as chains
 * without policies and name constraints go: those are critical and refused). Every certificate in between is checked.
 */
export function checkChain(chain: readonly Buffer[], trusted: readonly Certificate[], now: Date): Signer {
  if (chain.length > MOST_CERTIFICATES) throw new Refusal(`its chain has more than ${MOST_CERTIFICATES} certificates`);
  const [signer, ...others] = chain.map((der, i) => readCertificate(der, `certificate ${i + 1} of its chain`));
  if (signer === undefined) throw new Refusal('its chain has no certificate');
  try {
    checkSigner(signer);
    let current = signer;
    checkItself(current, now);
    for (let below = 0; !trusted.some((anchor) => isSame(anchor, current)); below += 1) {
      if (below > MOST_CERTIFICATES) throw new Refusal('its chain leads in a circle');
      const issuer = issuerOf(current, trusted) ?? issuerOf(current, others);
      if (issuer === undefined || isSame(issuer, current))
        throw new Refusal(`nothing that --certificate-chain names has issued the certificate ${nameOf(current)}`);
      checkItself(issuer, now);
      checkIssuer(issuer, below);
      current = issuer;
    }
  } catch (error) {
    if (error instanceof DerError) throw new Refusal(`a certificate of its chain cannot be read: ${error.message}`);
    throw error;
  }
  return { key: signer.x509.publicKey, subject: nameOf(signer) };
}
