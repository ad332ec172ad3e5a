// Checks that every relative link of the documents leads to a file, and every anchor to a heading.
//     node tools/docs-site/links.mjs
import { isExternal, markdownFiles, readPage, resolveLink } from './pages.mjs';

const pages = new Map(markdownFiles().map((path) => [path, readPage(path)]));
let checked = 0;
const broken = [];
for (const page of pages.values()) {
  for (const href of page.links) {
    if (isExternal(href)) continue;
    checked += 1;
    const { path, anchor, exists } = resolveLink(page.path, href);
    if (!exists) broken.push(`${page.path}: ${href}: there is no ${path}`);
    else if (anchor !== '' && !pages.get(path)?.headings.some((heading) => heading.anchor === anchor))
      broken.push(`${page.path}: ${href}: no heading of ${path} has that anchor`);
  }
}
for (const line of broken) process.stderr.write(`${line}\n`);
process.stdout.write(`${pages.size} documents, ${checked} relative links, ${broken.length} broken\n`);
if (broken.length > 0) process.exitCode = 1;
