import type { Mapping } from '../../model/rule.js';

/** What the SERVING rules have in common. */
export const RETEST = 'sentinel artifact {path} --rule SERVING';

export const WHY =
  'A pickle, and every format built on it, is a program: parsing it imports names and calls them with arguments of the ' +
  "sender's choice. Where the bytes come over a network, a queue or from another process, anybody who can send there runs " +
  'code in the serving process before any request is validated, beside its credentials, caches and model weights. ' +
  'Encryption on the wire changes nothing about what arrives.';

export const EXPECTED_EVIDENCE =
  'Each step of the bytes with file, line and column, from where they are received to the loader; the protocol, the ' +
  'route or call that leads there, the addresses that the module binds, the guard if one was seen, and ' +
  'comments that make other tools ignore the line.';

/** As the seed of the rules maps the weakness. */
export const MAPPINGS: readonly Mapping[] = [
  {
    framework: 'OWASP Non-Human Identity Top 10',
    id: 'NHI-03',
    title: 'unsafe deserialization exposes machine credentials',
  },
  {
    framework: 'OWASP Agentic AI Top 10',
    id: 'A-05',
    title: 'code of an attacker runs during parsing or a hand-off',
  },
  { framework: 'NIST CSF 2.0', id: 'PR.DS-5', title: 'network input must not become executable state' },
];

export const TRIAGE = {
  source:
    'Who can send bytes to this call: anybody on the network, clients with a key, other processes of this machine?',
  impact: 'What can the process reach: credentials, model stores, other tenants, the machines beside it?',
  control:
    'A format without code (JSON with a schema, protobuf, safetensors, Arrow); a bind address that only this host reaches; ' +
    'bytes signed with a key and checked before they are loaded.',
  evidence:
    'The bytes no longer reach the loader, or pass a check that dominates it, and the same rule category runs clean.',
};

export const FALSE_POSITIVES =
  'A peer that is always this very program on this very host, over a pipe that nobody else can open. Accept the fingerprint ' +
  'in the policy, or say so on the line (`# sentinel: ignore[ID] why`) where the policy lets comments count ' +
  '(`source_comments`): the finding stays in every report, as accepted. ' +
  'Not reasons: TLS, "internal only", `isinstance` behind the load, `try` around it, a list of forbidden names.';
