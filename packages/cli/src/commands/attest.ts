import { InvalidArgumentError, Option, type Command } from 'commander';
import type { VerifyOptions } from '../attest/run.js';
import type { Outcome } from '../exit-code.js';

const ATTEST_EXAMPLES = `Examples:
  sentinel keygen release
  sentinel artifact ./models/ --hash all -f json=report.json
  sentinel attest report.json --key release.pem -o scan.intoto.json
  sentinel retest report.json -f json=closure.json
  sentinel attest closure.json --key release.pem -o closure.intoto.json
`;

const ATTEST_AFTER = `
What is signed:
  An in-toto Statement v1 in a DSSE envelope. Its subjects are the artifacts with
  their SHA-256; its predicate is the record. The signature says who vouches for the
  record, not that it is good: verify refuses those of a failed scan.

Exit codes:
  0  written
  2  the record is damaged or has artifacts without a hash; no such key`;

const VERIFY_EXAMPLES = `Examples:
  sentinel verify scan.intoto.json --key release.pub.pem --artifact models/*.pt
  sentinel verify scan.intoto.json --key release.pub.pem --max-age 30
  sentinel verify closure.intoto.json --key release.pub.pem --type closure
`;

const VERIFY_AFTER = `
What is refused:
  a signature that does not fit, a key ID or a payload type that is another one, a
  statement or predicate of another type, a time in the future or older than --max-age,
  a catalogue that is not the one of this version, a result that is not "pass" or
  "closed", a file that is none of the subjects

Exit codes:
  0  verified
  1  refused, with the reason
  2  bad usage, or a file that cannot be read`;

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
    .addHelpText('before', ATTEST_EXAMPLES)
    .addHelpText('after', ATTEST_AFTER)
    .action(async (record: string, options: { readonly key: string; readonly output?: string }) => {
      const { runAttest } = await import('../attest/run.js');
      await runAttest(record, options.key, options.output);
    });
  program
    .command('verify')
    .summary('check a signed record')
    .description('Checks the signature of a statement, what it says, and the files that it is about.')
    .argument('<envelope>', 'what sentinel attest wrote')
    .requiredOption('--key <file>', 'public key: Ed25519 as PEM')
    .option('--artifact <file...>', 'files that have to be among the subjects')
    .option('--max-age <days>', 'refuse a record that is older', days)
    .addOption(new Option('--type <kind>', 'refuse all but scan or closure').choices(['scan', 'closure']))
    .option('--any-verdict', 'take failed and incomplete records')
    .option('--any-catalogue', 'take records made with another catalogue')
    .addHelpText('before', VERIFY_EXAMPLES)
    .addHelpText('after', VERIFY_AFTER)
    .action(async (envelope: string, options: VerifyOptions) => {
      const { runVerify } = await import('../attest/run.js');
      outcome.code = await runVerify(envelope, options);
    });
}
