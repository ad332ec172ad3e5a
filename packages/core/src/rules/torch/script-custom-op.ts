import { CLASS_NAMESPACES, OPERATOR_NAMESPACES } from '../../catalogue/lookup.js';
import { namespaceOf } from '../../catalogue/source-calls.js';
import type { Match } from '../../model/rule.js';
import { DECISIONS } from '../../model/severity.js';
import type { SourceCallFact } from '../../model/source-fact.js';
import { defineRule } from '../define-rule.js';
import { OWNER, policyExample } from '../ownership.js';
import { BAD, EXPECTED_EVIDENCE, GOOD, RETEST, WHY } from './family.js';
import { isOtherLibrary, nativeClass, nativeCode, otherLibrary } from './native-code.js';
import { describeUse, passed, shownCall, surroundings } from './source-call.js';

/** What each of them brings into the process, and where its first argument says what. */
const LIBRARIES: Readonly<Record<string, { readonly parameter: string; readonly what: string }>> = {
  'torch.ops.load_library': { parameter: 'path', what: 'loads a shared library, whose code runs at once' },
  'torch.classes.load_library': { parameter: 'path', what: 'loads a shared library, whose code runs at once' },
  'torch.utils.cpp_extension.load': {
    parameter: 'name',
    what: 'compiles sources and loads the library that they give',
  },
  'torch.utils.cpp_extension.load_inline': {
    parameter: 'name',
    what: 'compiles sources and loads the library that they give',
  },
};

function checkLibrary(fact: SourceCallFact): Match | undefined {
  const library = LIBRARIES[fact.target];
  if (library === undefined) return undefined;
  const [given] = passed(fact, library.parameter, 0);
  const which = given === undefined ? '' : ` (${given.text})`;
  return {
    signal: `shared-library load ${fact.target}`,
    call: shownCall(fact),
    chain: surroundings(fact),
    message: `This ${describeUse(fact)}: it ${library.what}${which}. No review of the model has seen that code.`,
    level: 3,
  };
}

function checkNamespace(fact: SourceCallFact): Match | undefined {
  const namespace = namespaceOf(fact.target);
  const name = namespace.split('.').at(-1) ?? '';
  const isClass = namespace.startsWith('torch.classes.');
  if (isOtherLibrary(name)) {
    const what = `${fact.target} is ${isClass ? 'a class' : 'an operator'}`;
    return {
      ...otherLibrary(name, `namespace ${namespace}`, what),
      call: shownCall(fact),
      chain: surroundings(fact),
    };
  }
  if ((isClass ? CLASS_NAMESPACES : OPERATOR_NAMESPACES).has(name) || name.startsWith('__')) return undefined;
  return {
    signal: `custom namespace ${namespace}`,
    call: shownCall(fact),
    chain: surroundings(fact),
    message: `${fact.target} lies in a namespace that neither PyTorch nor its domain libraries register: ${isClass ? 'the class' : 'the operator'} comes from a library or a registration of somebody else.`,
    level: 3,
  };
}

/** Native code beside the model: libraries that are loaded, operators that PyTorch does not ship. */
export default defineRule({
  meta: {
    id: 'TORCH-SCRIPT-CUSTOM-OP',
    category: 'TORCH',
    severity: 'HIGH',
    title: 'TorchScript Custom Operator',
    cwe: ['CWE-94', 'CWE-829'],
    owaspLlm: ['LLM03'],
    atlas: ['AML.T0010.001', 'AML.T0010.003', 'AML.T0011.000'],
    fpRisk: 'MEDIUM',
    owner: OWNER,
    decision: DECISIONS.HIGH,
    fixHint: 'Review and sign custom operators before promotion.',
    description:
      'Code loads a shared library into PyTorch (`torch.ops.load_library`, `torch.classes.load_library`), compiles one ' +
      '(`torch.utils.cpp_extension.load`, `load_inline`), or uses an operator or class of a namespace that PyTorch and its ' +
      'domain libraries do not register. And models that do: TorchScript archives, also for the mobile interpreter, programs of ' +
      '`torch.export` and ExecuTorch that name such an operator or class, native code that lies in the archive, and texts in ' +
      'its members that load libraries.',
    why: WHY,
    firesWhen:
      'A call resolves to one of these functions, or an expression to `torch.ops.NAMESPACE` or `torch.classes.NAMESPACE` ' +
      'where the namespace is not among those that the operator registry of PyTorch holds ' +
      '(`tools/torch-namespaces.py` writes the list). Each namespace is reported once for a file. ' +
      'In archives: `ops.NAMESPACE.NAME` and `__torch__.torch.classes.NAMESPACE` in `code/`, also behind aliases and `getattr`, ' +
      'the operator table of `bytecode.pkl`, the targets of exported graphs, the operators of an ExecuTorch plan; once for each name. Of `aten` and `prim`, those that ' +
      'neither the registry of PyTorch nor an earlier release has (`tools/torch-operators.py`). MEDIUM where the namespace is that ' +
      'of a library that is known and none of PyTorch (`fbgemm` of fbgemm_gpu): PyTorch cannot load the model without it.',
    evidenceFormat:
      'aten/custom namespace references, shared-library load hints, or operator names outside the expected torch allowlist.',
    expectedEvidence: EXPECTED_EVIDENCE,
    falsePositives:
      'Extensions of your own, and operators that Python alone defines (`torch.library.custom_op`). The finding asks that ' +
      'somebody answers for them: accept the fingerprint in the policy with the owner of the extension, or say why on the ' +
      'line with `# sentinel: ignore[TORCH-SCRIPT-CUSTOM-OP] why` where the policy lets comments count (`source_comments`).',
    triage: {
      source: 'Who builds the library or registers the namespace, and from which sources?',
      impact: 'Native code runs with the rights of the process and outside of what Python tools see.',
      control:
        'Build it yourself from pinned sources, sign it, load it by an absolute path that only the deployment can write.',
      evidence: 'The load or the operator is gone, or accepted by name, and the same rule category runs clean.',
    },
    fix:
      'List the operators that the model needs with the sources they are built from. Ship the library with the deployment ' +
      'instead of beside the model, verify its signature before it is loaded, and run what cannot be reviewed in a sandbox.',
    retest: RETEST,
    policyExample: policyExample('TORCH-SCRIPT-CUSTOM-OP'),
    bad: BAD,
    good: GOOD,
    sources: {
      bad: `import torch

torch.ops.load_library("./custom_ops.so")
y = torch.ops.custom_ops.fused_norm(x)`,
      good: `import torch

y = torch.ops.aten.layer_norm(x, [8])`,
    },
    related: ['TORCH-LOAD-UNTRUSTED', 'TORCH-HUB-DYNAMIC-IMPORT'],
  },
  on: ['source.call', 'torch.native', 'pickle.global'],
  check(fact) {
    if (fact.kind === 'torch.native') return nativeCode(fact);
    if (fact.kind === 'pickle.global') return nativeClass(fact);
    if (LIBRARIES[fact.target] !== undefined) return checkLibrary(fact);
    return /^torch\.(?:ops|classes)\./.test(fact.target) ? checkNamespace(fact) : undefined;
  },
});
