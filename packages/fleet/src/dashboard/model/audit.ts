/** Fields of an entry's detail in a line: `state passed, reason checked by hand`. Longer texts are cut. */
export function detailWords(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${cut(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join(', ');
}

const LONGEST = 300;

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
