/** No text of PostgreSQL holds these: NUL, and halves of surrogate pairs, which jsonb refuses as well. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/** A text as a table can hold it. Names that strangers wrote may have anything in them. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '\ufffd');
}

export function isStorable(text: string): boolean {
  return storableText(text) === text;
}

/** A parameter of the type jsonb. Its keys are ours; its texts may be strangers'. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? storableText(inner) : inner));
}
