import { cut } from '../../model/escape.js';
import { originInWords } from '../reach.js';
import type { SourceCallFact, SourceConstant, SourceValue } from '../../model/source-fact.js';

/** Longest call that the evidence repeats. */
const CALL_LENGTH = 300;

/** What a call passes for one parameter; empty where it passes nothing for it that can be seen. */
export function passed(fact: SourceCallFact, name: string, position: number | null = null): readonly SourceValue[] {
  const byName = fact.keywords.find((keyword) => keyword.name === name)?.values ?? [];
  const byPlace = position === null ? undefined : fact.positional[position];
  return byPlace === undefined ? byName : [...byName, byPlace];
}

function truth(value: SourceConstant): boolean {
  switch (value.kind) {
    case 'none':
      return false;
    case 'bool':
      return value.value;
    case 'int':
      return value.value !== 0;
    case 'tuple':
      return value.items.length > 0;
    default:
      return value.value !== '';
  }
}

/** An argument is passed, and it is a constant that counts as true. */
export function isAlways(values: readonly SourceValue[], wanted: boolean): boolean {
  return (
    values.length > 0 &&
    values.every(
      ({ complete, values: constants }) =>
        complete && constants.length > 0 && constants.every((one) => truth(one) === wanted),
    )
  );
}

/** The one text that is passed; null where it is not known or may be another. */
export function onlyText(values: readonly SourceValue[]): string | null {
  const [value, another] = values;
  if (value === undefined || another !== undefined || !value.complete) return null;
  const [constant, other] = value.values;
  return constant?.kind === 'str' && other === undefined ? constant.value : null;
}

/** The call as the evidence shows it. */
export function shownCall(fact: SourceCallFact): string {
  return cut(fact.text, CALL_LENGTH);
}

const RUNS = {
  import: 'runs as soon as the file is imported',
  main: 'runs when the file is started as a program',
  call: null,
} as const;

/** The surroundings of the call: its scope, the origin of the name, comments for other tools. */
export function surroundings(fact: SourceCallFact): string[] {
  const { scope, route, requirement, comments, count } = fact;
  const when = RUNS[fact.when];
  const origin = originInWords(fact);
  return [
    ...(scope === '' ? [] : [`in ${scope}`]),
    ...(when === null ? [] : [when]),
    ...(origin === null ? [] : [origin]),
    ...(route.length === 0 ? [] : [`${route.join(' is ')} is ${fact.target}`]),
    ...(count > 1 ? [`${count} times in this file, the first one here`] : []),
    ...(requirement === null ? [] : [`${requirement.file}:${requirement.line} asks for ${requirement.text}`]),
    ...comments.flatMap((comment) =>
      comment.tool === 'other'
        ? [`line ${comment.line} has a comment for another tool, which does not count here: ${comment.text}`]
        : [],
    ),
  ];
}

/** `torch.load(x)`, or what a name that is handed on would call. */
export function describeUse(fact: SourceCallFact): string {
  return fact.use === 'call' ? `calls ${fact.target}` : `hands ${fact.target} on, for something else to call`;
}
