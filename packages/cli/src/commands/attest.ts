import { InvalidArgumentError, Option, type Command } from 'commander';
import type { AttestOptions, VerifyOptions } from '../attest/options.js';
import type { Outcome } from '../exit-code.js';

const ATTEST_EXAMPLES = `Examples:
  sentinel keygen release
  sentinel artifact ./models/ --hash all -f json=report.json
  sentinel attest report.json --key release.pem -o scan.intoto.jsonl
  sentinel retest report.json -f json=closure.json
  sentinel attest closure.json --key release.pem -o closure.intoto.jsonl
`;

const ATTEST_AFTER = `
What is signed:
  Statements of in-toto (v1) in DSSE envelopes, one in each line. The first is
  the record, with the rules that were applied and the effective policy; its
  subjects are the artifacts with their SHA-256. The second, for a scan, is a
  SLSA Verification Summary of it for other tools. The signature says who
  vouches for the record, not that it is good: verify refuses those of a failed
  scan. A record whose verdict, summary or actions are not what its findings and
  its policy come to is not signed.

Exit codes:
  0  written
  2  the record is damaged, contradicts itself or has artifacts without a hash;
     no such key`;

const VERIFY_EXAMPLES = `Examples:
  sentinel verify scan.intoto.jsonl --key release.pub.pem --artifact models/*.pt
  sentinel verify scan.intoto.jsonl --key release.pub.pem --max-age 30 --policy sentinel-policy.yml
  sentinel verify closure.intoto.jsonl --key release.pub.pem --type closure
  sentinel verify model.sig --key signer.pub.pem --artifact ./model/
  sentinel verify model.sig --certificate-chain ca.pem --artifact ./model/
`;

const VERIFY_AFTER = `
What is refused of a statement of sentinel attest:
  a signature that does not fit, another key ID or payload type, a statement or
  predicate of another type, a time in the future or older than --max-age, a
  catalogue that is not the one of this version, a record that contradicts
  itself, a summary that is not about it, a file that is none of the subjects.
  By default also: a record by less than every rule (--rules), under a policy
  that is looser than the default, allows or accepts (--policy FILE takes that
  one, --any-policy any), or with a result that is not "pass" or "closed". The
  answer says what was required.

Model signatures (OpenSSF Model Signing 1.0), methods key and certificate:
  The signature, the chain of certificates and their days, then every file of
  the model: what was changed, is missing, was added or was renamed is refused.
  Bundles of the sigstore method need the keys of a service and end with 2.

Exit codes:
  0  verified
  1  refused, with the reason
  2  bad usage, a file that cannot be read, or a format that is not checked here`;

const KEYGEN_AFTER = `
The same with openssl:
  openssl genpkey -algorithm ed25519 -out NAME.pem
  openssl pkey -in NAME.pem -pubout -out NAME.pub.pem

Exit codes:
  0  written
  2  one of the files exists, or cannot be written`;

function days(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new InvalidArgumentError('A number of days from 0 is needed.');
  return number;
}

export function addAttestCommands(program: Command, outcome: Outcome): void {
  program
    .command('keygen')
    .summary('make a key pair to sign records with')
    .description('Writes an Ed25519 key pair: NAME.pem (PKCS#8, for its owner only) and NAME.pub.pem.')
    .argument('[name]', 'what the files are called', 'sentinel-key')
    .addHelpText('before', 'Examples:\n  sentinel keygen\n  sentinel keygen keys/release\n')
    .addHelpText('after', KEYGEN_AFTER)
    .action(async (name: string) => {
      const { runKeygen } = await import('../attest/run.js');
      await runKeygen(name);
    });
  program
    .command('attest')
    .summary('sign a report or a closure record')
    .description('Signs a JSON report or closure record as an in-toto statement.')
    .argument('<record>', 'JSON of sentinel artifact (with --hash all) or of sentinel retest')
    .requiredOption('--key <file>', 'private key: Ed25519 as PEM (PKCS#8)')
    .option('-o, --output <file>', 'where to (default: standard output)')
    .option('--verifier-id <uri>', 'verifier of the summary (default: urn:sentinel:key:KEY-ID)')
    .option('--resource-uri <uri>', 'where consumers fetch the artifacts (default: made of their digests)')
    .addHelpText('before', ATTEST_EXAMPLES)
    .addHelpText('after', ATTEST_AFTER)
    .action(async (record: string, options: AttestOptions) => {
      const { runAttest } = await import('../attest/run.js');
      await runAttest(record, options);
    });
  program
    .command('verify')
    .summary('check a signed record, or the signature of a model')
    .description(
      'Checks a signed statement, what it says, and the files that it is about; or the signature of a model.',
    )
    .argument('<file>', 'what sentinel attest wrote, or a bundle of OpenSSF Model Signing')
    .option('--key <file>', 'public key as PEM: Ed25519 for statements, P-256, P-384 or P-521 for models')
    .option('--certificate-chain <file...>', 'certificates that are trusted, as PEM, for models')
    .option('--artifact <path...>', 'files that have to be among the subjects; for a model its folder or file')
    .option('--max-age <days>', 'refuse a record that is older', days)
    .addOption(new Option('--type <kind>', 'refuse all but scan or closure').choices(['scan', 'closure']))
    .option('--rules <name...>', 'categories and rules that have to have been applied (default: all)')
    .option('--policy <file>', 'the policy that has to have held (default: nothing looser than the built-in one)')
    .option('--any-policy', 'take records under any policy, with any exceptions')
    .option('--allow-incomplete', 'take records of what could not be analysed completely')
    .option('--any-verdict', 'take failed and incomplete records')
    .option('--any-catalogue', 'take records made with another catalogue')
    .option('--ignore-unsigned-files', 'models: take files that were not signed')
    .option('--ignore-paths <path...>', 'models: paths in the model that are not compared')
    .addHelpText('before', VERIFY_EXAMPLES)
    .addHelpText('after', VERIFY_AFTER)
    .action(async (file: string, options: VerifyOptions) => {
      const { runVerify } = await import('../attest/run.js');
      outcome.code = await runVerify(file, options);
    });
}
