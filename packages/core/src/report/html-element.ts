import { escapeText } from '../model/escape.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text in which nothing is markup, and no character moves, hides or reverses another one. */
function htmlText(text: string): string {
  return escapeText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** HTML that is complete: what is made of elements. Text is never one by accident, for it is a string. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** What stands in an element: text is escaped, markup is not. */
export type Child = string | Markup;

/** The elements of the page. None of them runs, loads or submits anything. */
type Tag =
  | 'a'
  | 'body'
  | 'bdi'
  | 'caption'
  | 'code'
  | 'dd'
  | 'details'
  | 'div'
  | 'dl'
  | 'dt'
  | 'footer'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'header'
  | 'li'
  | 'main'
  | 'ol'
  | 'p'
  | 'section'
  | 'span'
  | 'summary'
  | 'table'
  | 'tbody'
  | 'td'
  | 'th'
  | 'thead'
  | 'title'
  | 'tr'
  | 'ul';

/** None of them is a handler or a style; addresses are made by `link` only. */
type Attributes = Readonly<Partial<Record<'class' | 'dir' | 'href' | 'id' | 'open' | 'rel' | 'scope', string>>>;

export function element(tag: Tag, attributes: Attributes, children: readonly Child[]): Markup {
  const named = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${htmlText(value)}"`)
    .join('');
  const content = children.map((child) => (typeof child === 'string' ? htmlText(child) : child.html)).join('');
  return new Markup(`<${tag}${named}>${content}</${tag}>`);
}

const ASCII = /^[ -~]*$/;

/** A sentence with parts of an artifact. Letters that are written from the right stay among themselves. */
export function words(text: string): Child {
  return ASCII.test(text) ? text : element('bdi', {}, [text]);
}

/** A path, name, call or command. */
export function code(text: string): Markup {
  return element('code', { dir: 'ltr' }, [text]);
}

/** A link to another site, whose address is no text of an artifact. */
export function link(address: `https://${string}`, text: string): Markup {
  return element('a', { href: address, rel: 'noreferrer' }, [text]);
}

/** Children with a text between them. */
export function joined(children: readonly Child[], between: string): Child[] {
  return children.flatMap((child, at) => (at === 0 ? [child] : [between, child]));
}

export type Row = readonly (readonly Child[])[];

/** A table that says what it is, with the names of its columns. */
export function table(caption: string, head: readonly string[], rows: readonly Row[]): Markup {
  return element('table', {}, [
    element('caption', {}, [caption]),
    element('thead', {}, [
      element(
        'tr',
        {},
        head.map((name) => element('th', { scope: 'col' }, [name])),
      ),
    ]),
    element(
      'tbody',
      {},
      rows.map((cells) =>
        element(
          'tr',
          {},
          cells.map((cell, at) => (at === 0 ? element('th', { scope: 'row' }, cell) : element('td', {}, cell))),
        ),
      ),
    ),
  ]);
}

/** Names with what belongs to them. */
export function pairs(items: readonly (readonly [string, readonly Child[]])[]): Markup {
  return element(
    'dl',
    {},
    items.map(([name, value]) => element('div', {}, [element('dt', {}, [name]), element('dd', {}, value)])),
  );
}
