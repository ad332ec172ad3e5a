// Builds the documents as a static site: no server, no request to anywhere, no script but on the search page.
//     node tools/docs-site/build.mjs [FOLDER]       FOLDER is dist/docs by default; it is made anew
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';
import { anchorOf, isExternal, markdownFiles, plainText, readPage, resolveLink, root } from './pages.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const STYLE = readFileSync(join(here, 'style.css'), 'utf8').trim();
const SCRIPT = readFileSync(join(here, 'search.mjs'), 'utf8').trim();
const INDEX = 'docs/README.md';
/** Where a picture may come from: all of them are in the page. */
const PICTURES = new Map([
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
]);

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `README.md` is `index.html` of its folder; every other page has its own name. */
function urlOf(path) {
  return path.endsWith('README.md')
    ? `${path.slice(0, -'README.md'.length)}index.html`
    : path.replace(/\.md$/, '.html');
}

/** From the page `from` to the path `to` of the site. */
function relative(from, to) {
  const result = posix.relative(dirname(urlOf(from)), to);
  return result === '' ? posix.basename(to) : result;
}

/** The documents that the index and the README lead to, the rules' pages among them. */
function reachable() {
  const known = new Set(markdownFiles());
  const pages = new Map();
  const waiting = ['README.md', INDEX];
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (pages.has(path) || !known.has(path)) continue;
    const page = readPage(path);
    pages.set(path, page);
    for (const href of page.links) if (!isExternal(href)) waiting.push(resolveLink(path, href).path);
  }
  return pages;
}

/** Other files that pages link to are copied as text, so that a browser shows them. */
function linkTo(page, href, site) {
  if (isExternal(href)) return href;
  const { path, anchor } = resolveLink(page.path, href);
  const end = anchor === '' ? '' : `#${anchor}`;
  if (site.pages.has(path)) return `${relative(page.path, urlOf(path))}${end}`;
  if (statSync(join(root, path)).isDirectory()) return null;
  site.files.add(path);
  return relative(page.path, `${path}.txt`);
}

function bodyOf(page, site) {
  const seen = new Map();
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const anchor = anchorOf(plainText(tokens), seen);
        return `<h${depth} id="${escape(anchor)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const target = linkTo(page, href, site);
        return target === null ? text : `<a href="${escape(target)}">${text}</a>`;
      },
      image({ href, text }) {
        if (isExternal(href)) return escape(text);
        const { path } = resolveLink(page.path, href);
        const type = PICTURES.get(posix.extname(path));
        if (type === undefined) throw new Error(`${page.path}: a picture of unknown kind: ${href}`);
        const data = readFileSync(join(root, path)).toString('base64');
        return `<img alt="${escape(text)}" src="data:${type};base64,${data}">`;
      },
      // Markdown may hold any markup. A comment is left out, everything else is shown as it is written.
      html({ text }) {
        return text.trimStart().startsWith('<!--') ? '' : escape(text);
      },
    },
  });
  return marked
    .parser(page.tokens)
    .replaceAll('<table>', '<div class="wide"><table>')
    .replaceAll('</table>', '</table></div>');
}

/** The headings of the index with the links below each: what stands at the side of every page. */
function navigation(pages) {
  const groups = [];
  for (const token of pages.get(INDEX).tokens) {
    if (token.type === 'heading' && token.depth === 2) groups.push({ title: plainText(token.tokens), entries: [] });
    if (token.type !== 'list' || groups.length === 0) continue;
    for (const item of token.items) {
      const link = item.tokens.flatMap((one) => one.tokens ?? []).find((one) => one.type === 'link');
      if (link === undefined || isExternal(link.href)) continue;
      groups.at(-1).entries.push({ path: resolveLink(INDEX, link.href).path, text: plainText(link.tokens) });
    }
  }
  return groups;
}

function sidebar(from, groups, pages) {
  const entry = ({ path, text }) => {
    const current = path === from ? ' aria-current="page"' : '';
    return pages.has(path) ? `<li><a href="${escape(relative(from, urlOf(path)))}"${current}>${text}</a></li>` : '';
  };
  const lists = groups.map(({ title, entries }) => `<strong>${title}</strong><ul>${entries.map(entry).join('')}</ul>`);
  const home = `<a href="${relative(from, 'index.html')}">Sentinel</a>`;
  const search = `<form action="${relative(from, 'search.html')}" method="get"><input type="search" name="q" placeholder="Search" aria-label="Search the documents"></form>`;
  return `<nav>${home}${search}${lists.join('')}</nav>`;
}

function html({ title, from, groups, pages, body, script = '' }) {
  const policy = [
    "default-src 'none'",
    `style-src ${hash(STYLE)}`,
    'img-src data:',
    ...(script === '' ? [] : [`script-src ${hash(script)}`]),
    "base-uri 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<div class="frame">
${sidebar(from, groups, pages)}
<main>
${body}
</main>
</div>
${script === '' ? '' : `<script>${script}</script>\n`}</body>
</html>
`;
}

/** One entry for each heading, with the text below it. */
function sectionsOf(page) {
  const sections = [];
  let next = 0;
  for (const token of page.tokens) {
    if (token.type === 'heading') {
      const { text, anchor } = page.headings[next++];
      const end = sections.length === 0 ? '' : `#${anchor}`;
      sections.push({ page: page.title, heading: text, url: `${urlOf(page.path)}${end}`, text: '' });
    } else if (sections.length > 0 && token.type !== 'html' && token.type !== 'space')
      sections.at(-1).text += `${sections.at(-1).text === '' ? '' : ' '}${token.raw
        .replaceAll(/[\s|]+/g, ' ')
        .replaceAll(/-{3,}|\]\([^)]*\)|[`*[]/g, '')
        .trim()}`;
  }
  return sections;
}

function searchPage(site, groups) {
  const index = [...site.pages.values()].flatMap(sectionsOf);
  const body = `<h1>Search</h1>
<p><input id="query" type="search" aria-label="Words to search for"></p>
<noscript><p>The search needs JavaScript. It runs in this page and sends nothing.</p></noscript>
<div id="results"></div>
<script type="application/json" id="index">${JSON.stringify(index).replaceAll('<', '\\u003c')}</script>`;
  return html({ title: 'Search', from: 'search.md', groups, pages: site.pages, body, script: SCRIPT });
}

function build(folder) {
  const site = { pages: reachable(), files: new Set() };
  const groups = navigation(site.pages);
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  rmSync(folder, { recursive: true, force: true });
  for (const page of site.pages.values()) {
    const body = bodyOf(page, site);
    write(
      urlOf(page.path),
      html({ title: `${page.title} · Sentinel`, from: page.path, groups, pages: site.pages, body }),
    );
  }
  write('search.html', searchPage(site, groups));
  for (const path of site.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(root, path), join(folder, `${path}.txt`));
  }
  process.stdout.write(`${site.pages.size + 1} pages, ${site.files.size} other files in ${folder}\n`);
}

build(process.argv[2] ?? join(root, 'dist/docs'));
