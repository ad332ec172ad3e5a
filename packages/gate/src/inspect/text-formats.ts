import { refuse } from '../model/rules.js';
import { percentDecoded } from './encodings.js';

/** A text value and where it begins. */
export interface Leaf {
  readonly text: string;
  readonly offset: number;
}

/** `a=b&c=d` of a form or a query: names and values, as bytes. */
export function* formValues(text: string): Generator<{ readonly bytes: Buffer; readonly offset: number }> {
  let offset = 0;
  for (const pair of text.split(/[&;]/)) {
    const at = pair.indexOf('=');
    const name = at === -1 ? pair : pair.slice(0, at);
    yield { bytes: percentDecoded(name, true), offset };
    if (at !== -1) {
      yield { bytes: percentDecoded(pair.slice(at + 1), true), offset: offset + at + 1 };
      // Base64 whose plus signs were not escaped: readers mend it.
      if (pair.includes('+')) yield { bytes: percentDecoded(pair.slice(at + 1)), offset: offset + at + 1 };
    }
    offset += pair.length + 1;
  }
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function entitiesDecoded(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]+));/g, (whole, hex, digits, name) => {
    if (typeof name === 'string') return ENTITIES[name] ?? whole;
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(digits);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** What SVG files begin with: a document type of the W3C by its name, and nothing of its own. */
const SVG_DOCTYPE =
  /<!DOCTYPE\s+svg\s+PUBLIC\s+"-\/\/W3C\/\/DTD SVG [\w .]{1,20}\/\/EN"\s+"https?:\/\/www\.w3\.org\/[\w/.-]{1,60}"\s*>/;

/**
 * Text and attribute values of XML. Text goes on across comments, CDATA and processing instructions, as it does for
 * readers. Document types are refused: entities could put a value together from pieces.
 */
export function* xmlLeaves(text: string, path: string): Generator<Leaf> {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text.replace(SVG_DOCTYPE, '')))
    refuse('GATE-MALFORMED', 'xml-doctype', path, 'XML: document types are not accepted', { format: 'xml' });
  const token = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<[^>]*>/g;
  let run = '';
  let start = 0;
  let last = 0;
  for (const match of text.matchAll(token)) {
    run += entitiesDecoded(text.slice(last, match.index));
    last = match.index + match[0].length;
    if (match[1] !== undefined) run += match[1];
    else if (!/^<[!?]/.test(match[0])) {
      if (run !== '') yield { text: run, offset: start };
      run = '';
      start = last;
      for (const attribute of match[0].matchAll(/=\s*(?:"([^"]*)"|'([^']*)')/g))
        yield { text: entitiesDecoded(attribute[1] ?? attribute[2] ?? ''), offset: match.index + attribute.index };
    }
  }
  run += entitiesDecoded(text.slice(last));
  if (run !== '') yield { text: run, offset: start };
}

/** Cells between commas, semicolons and tabs, quoted or not (RFC 4180), for any separator. */
export function* csvCells(text: string): Generator<Leaf> {
  const cell = /"((?:[^"]|"")*)"|[^",;\t\r\n]+/g;
  for (const match of text.matchAll(cell))
    yield { text: match[1] === undefined ? match[0] : match[1].replaceAll('""', '"'), offset: match.index };
}
