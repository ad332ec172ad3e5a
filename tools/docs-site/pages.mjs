// The Markdown of the repository: its pages, their headings and their links. Used by the link check and by the site.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const SKIPPED = new Set(['node_modules', 'dist', 'dist-node', 'dist-types', 'coverage', '__pycache__']);

/** Every Markdown file, as a path from the root, sorted. */
export function markdownFiles(folder = '') {
  const found = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name) && !entry.name.startsWith('.')) found.push(...markdownFiles(path));
    } else if (entry.name.endsWith('.md')) found.push(path);
  }
  return found.sort((a, b) => (a < b ? -1 : 1));
}

/** The text of inline tokens, as it is read. */
export function plainText(tokens) {
  return tokens.map((token) => (token.tokens ? plainText(token.tokens) : (token.text ?? ''))).join('');
}

/** The anchor of a heading, as GitHub makes it; `seen` counts those of one page. */
export function anchorOf(text, seen) {
  const slug = decode(text)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
  const times = seen.get(slug) ?? 0;
  seen.set(slug, times + 1);
  return times === 0 ? slug : `${slug}-${times}`;
}

const ENTITIES = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
]);

/** Text tokens of marked have these five escaped. */
function decode(text) {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES.get(entity));
}

/** A page: its tokens, its headings with anchors, its title and the targets of its links and pictures. */
export function readPage(path) {
  const tokens = marked.lexer(readFileSync(join(root, path), 'utf8'));
  const seen = new Map();
  const headings = [];
  const links = [];
  // Its callback is not asynchronous, so there is nothing to wait for.
  void marked.walkTokens(tokens, (token) => {
    if (token.type === 'heading') {
      const text = decode(plainText(token.tokens));
      headings.push({ text, depth: token.depth, anchor: anchorOf(text, seen) });
    } else if (token.type === 'link' || token.type === 'image') links.push(token.href);
  });
  return { path, tokens, headings, links, title: headings[0]?.text ?? path };
}

/** Whether a target of a link lies outside of the repository: it has a scheme. */
export const isExternal = (href) => /^[a-z][a-z0-9+.-]*:/i.test(href);

/** A relative target as a path from the root, and its anchor. A folder stands for its README. */
export function resolveLink(from, href) {
  const [target = '', anchor = ''] = href.split('#');
  let path = target === '' ? from : posix.normalize(posix.join(dirname(from), decodeURI(target)));
  if (path.endsWith('/')) path = path.slice(0, -1);
  const inside = path !== '..' && !path.startsWith('../') && !path.startsWith('/');
  const exists = inside && existsSync(join(root, path));
  if (exists && statSync(join(root, path)).isDirectory()) {
    const readme = posix.join(path, 'README.md');
    return { path: existsSync(join(root, readme)) ? readme : path, anchor: decodeURI(anchor), exists };
  }
  return { path, anchor: decodeURI(anchor), exists };
}
