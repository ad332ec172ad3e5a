import { flowFacts } from '../src/flow/flow-facts.js';
import { ModuleFlow, settle } from '../src/flow/module-flow.js';
import { NOTHING_ELSE } from '../src/flow/tree.js';
import type { Unit } from '../src/flow/value.js';
import type { SourceFlowFact } from '../src/model/flow-fact.js';
import { PythonModule } from '../src/python/module.js';

/** A module by itself, without the files around it. */
export function unitOf(text: string, path = 'a.py'): Unit {
  const module = PythonModule.readText(text);
  const locate: Unit['locate'] = (from, to) => {
    const { line, column, offset } = module.position(from);
    const end = module.position(to);
    return { path, offset, line, column, endLine: end.line, endColumn: end.column };
  };
  return { module, locate };
}

export function flowOf(text: string, path = 'a.py'): ModuleFlow {
  const flow = new ModuleFlow(unitOf(text, path), NOTHING_ELSE, () => {});
  settle([flow]);
  return flow;
}

export function factsOf(text: string, path = 'a.py'): readonly SourceFlowFact[] {
  return flowFacts(flowOf(text, path), path);
}

/** Facts in a line each: where, what, the loader with its setting, from where, what vouches for the bytes. */
export function shortOf(fact: SourceFlowFact): string {
  const { at, what, sink, origin, guard, more, condition } = fact;
  const parts = [`${at.line}:${at.column} ${what}`];
  if (sink !== null) parts.push(sink.setting === 'unsafe' ? sink.name : `${sink.name}[${sink.setting}]`);
  if (origin !== null) parts.push(`from ${origin.protocol}`);
  if (guard !== null) parts.push(`${guard.isWeak ? 'weak' : 'guard'} ${guard.at.line} ${guard.text}`);
  if (condition !== null) parts.push(`{${condition}}`);
  if (more > 0) parts.push(`+${more}`);
  return parts.join(' ');
}

/** What is known of paths; where none is shown, see `unshown`. */
export const flows = (text: string): string[] =>
  factsOf(text)
    .filter(({ what }) => what !== 'unshown')
    .map(shortOf);

/** Loaders of unknown bytes beside imports that talk to others, with each of their lines. */
export const unshown = (text: string): string[] =>
  factsOf(text)
    .filter(({ what }) => what === 'unshown')
    .map((fact) => `${shortOf(fact)} @${fact.steps.map(({ at }) => at.line).join()}`);

/** The steps of the bytes of the first fact: `line text`. */
export function stepsOf(text: string): string[] {
  return (factsOf(text)[0]?.steps ?? []).map((step) => `${step.at.line} ${step.text}`);
}
