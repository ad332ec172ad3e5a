import type { Value } from '../../model/fact.js';
import { emptyInstance } from './instances.js';
import { type Judge, stateOf, text } from './judge.js';

/**
 * scipy's distributions execute the text in their state (`rv_generic._attach_argparser_methods` runs
 * `exec(self._parse_arg_template)` from `__setstate__`), so that text must be the one template that scipy fills.
 */
const SHAPES = String.raw`((?:[A-Za-z_][A-Za-z_0-9]*, )*)`;

const TEMPLATE = new RegExp(
  String.raw`^\ndef _parse_args\(self, ${SHAPES} (?:loc=0, scale=1|loc=0)\):\n` +
    String.raw`    return \(\1\), (loc, scale|loc, 1)\n\n` +
    String.raw`def _parse_args_rvs\(self, \1 (?:loc=0, scale=1|loc=0), size=None\):\n` +
    String.raw`    return self\._argcheck_rvs\(\1 \2, size=size\)\n\n` +
    String.raw`def _parse_args_stats\(self, \1 (?:loc=0, scale=1|loc=0), moments='mv'\):\n` +
    String.raw`    return \(\1\), \2, moments\n$`,
);

function isDistributionState(value: Value | undefined): boolean {
  // scipy before 1.6 wrote (constructor arguments, random state), which newer versions turn back by hand.
  if (value !== undefined && value.kind === 'tuple') {
    const [parameters, random] = value.items;
    // Two keys would be a pair for `dict.update`, and a pair would be a state: each stands once, and there are more.
    const isPlain = (stateOf(parameters)?.size ?? 0) > 2;
    return value.length === 2 && isPlain && (random?.kind === 'none' || random?.kind === 'call');
  }
  const state = stateOf(value);
  if (state === null) return false;
  const template = state.get('_parse_arg_template');
  if (template === undefined) return false;
  const code = text(template);
  return code !== null && TEMPLATE.test(code);
}

export const distribution: Judge = (calls, names) => {
  const builds = calls.filter((call) => call.via === 'BUILD');
  const made = emptyInstance(calls, names);
  if (made !== 'allowed' || builds.length === 0) return 'dangerous';
  return builds.every((call) => isDistributionState(call.args[0])) ? 'allowed' : 'dangerous';
};

/**
 * `ModelData.__setstate__` of statsmodels builds the design of a model again from its formula, and a formula is Python
 * code to patsy and formulaic. Names joined by operators only look a column or a variable up.
 */
const REBUILDS_DESIGN = ['restore_design_info', 'restore_model_spec'];

const TERM = String.raw`\s*(?:[A-Za-z_]\w*|[01])\s*`;

const PLAIN_FORMULA = new RegExp(`^\\s*[A-Za-z_]\\w*\\s*~${TERM}(?:[-+*:]${TERM})*$`);

export const modelData: Judge = (calls, names) => {
  const builds = calls.filter((call) => call.via === 'BUILD');
  if (emptyInstance(calls, names) !== 'allowed') return 'dangerous';
  const plain = builds.every((call) => {
    const state = stateOf(call.args[0]);
    if (state === null) return false;
    return !REBUILDS_DESIGN.some((key) => state.has(key)) || PLAIN_FORMULA.test(text(state.get('formula')) ?? '');
  });
  return plain ? 'allowed' : 'dangerous';
};
