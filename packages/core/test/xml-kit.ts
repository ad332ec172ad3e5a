/** A strict reader of the XML that Sentinel writes: what it does not know is an error. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const ENTITY: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** XML 1.0, section 2.2. */
const CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

function plain(text: string): string {
  if (text.includes('<') || text.includes(']]>')) throw new Error(`markup in text: ${text.slice(0, 80)}`);
  return text.replace(/&([^;]*;?)/g, (_match, rest: string) => {
    const found = rest.endsWith(';') ? ENTITY[rest.slice(0, -1)] : undefined;
    if (found === undefined) throw new Error(`entity &${rest}`);
    return found;
  });
}

function attributesOf(source: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  let rest = source;
  while (rest !== '') {
    const match = /^ ([a-z-]+)="([^"<]*)"/.exec(rest);
    const [all = '', name = '', value = ''] = match ?? [];
    if (match === null || Object.hasOwn(attributes, name)) throw new Error(`attributes: ${source.slice(0, 80)}`);
    attributes[name] = plain(value);
    rest = rest.slice(all.length);
  }
  return attributes;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}

export function parseXml(document: string): Element {
  if (!CHARACTERS.test(document)) throw new Error('a character that XML does not have');
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(head)) throw new Error('no declaration');
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  for (const [, text = '', markup] of document.slice(head.length).matchAll(/([^<]*)(?:<(!--.*?--|[^>]*)>|$)/gs)) {
    const current = open.at(-1);
    if (current === undefined) throw new Error('more ends than starts');
    current.text += plain(text);
    if (markup === undefined || markup.startsWith('!--')) continue;
    if (markup.startsWith('/')) {
      open.pop();
      const parent = open.at(-1);
      if (markup.slice(1) !== current.name || parent === undefined) throw new Error(`end of ${markup}`);
      parent.children.push(current);
      continue;
    }
    const match = /^([a-z-]+)((?: [^"]*"[^"]*")*)(\/?)$/s.exec(markup);
    if (match === null) throw new Error(`markup: ${markup.slice(0, 80)}`);
    const element: Open = { name: match[1] ?? '', attributes: attributesOf(match[2] ?? ''), children: [], text: '' };
    if (match[3] === '/') current.children.push(element);
    else open.push(element);
  }
  const [only] = root.children;
  if (open.length !== 1 || only === undefined || root.children.length !== 1 || root.text.trim() !== '')
    throw new Error('not one element');
  return only;
}

interface Shape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly children: readonly string[];
  /** Only elements with text may have any. */
  readonly text: boolean;
}

const shape = (required: string, optional: string, children: string, text = false): Shape => ({
  required: required.split(' ').filter(Boolean),
  optional: optional.split(' ').filter(Boolean),
  children: children.split(' ').filter(Boolean),
  text,
});

/** What junit-10.xsd of Jenkins' xUnit plugin says of each element, as far as Sentinel writes it. */
const JUNIT: Readonly<Record<string, Shape>> = {
  testsuites: shape('', 'name time tests failures errors', 'testsuite'),
  testsuite: shape(
    'name tests failures errors',
    'group time skipped timestamp hostname id package file log url',
    'testsuite properties testcase system-out system-err',
  ),
  properties: shape('', '', 'property'),
  property: shape('name value', '', ''),
  testcase: shape('name', 'time classname group', 'skipped error failure system-out system-err'),
  failure: shape('', 'type message', '', true),
  error: shape('', 'type message', '', true),
  skipped: shape('', 'type message', '', true),
  'system-out': shape('', '', '', true),
  'system-err': shape('', '', '', true),
};
const TIME = /^(?:(?:[0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(?:\.[0-9]*)?$/;

/** Where a document leaves the schema; empty for a valid one. */
export function junitErrors(element: Element): string[] {
  const known = JUNIT[element.name];
  if (known === undefined) return [`unknown element ${element.name}`];
  const names = Object.keys(element.attributes);
  const time = element.attributes['time'];
  return [
    ...known.required.filter((name) => !names.includes(name)).map((name) => `${element.name} without ${name}`),
    ...names
      .filter((name) => !known.required.includes(name) && !known.optional.includes(name))
      .map((name) => `${element.name} with ${name}`),
    ...(time !== undefined && element.name !== 'testcase' && !TIME.test(time) ? [`time ${time}`] : []),
    ...(!known.text && element.text.trim() !== '' ? [`text in ${element.name}`] : []),
    ...element.children
      .filter((child) => !known.children.includes(child.name))
      .map((child) => `${child.name} in ${element.name}`),
    ...element.children.flatMap(junitErrors),
  ];
}
