// The search page: everything that it looks through is in the page itself.
const sections = JSON.parse(document.getElementById('index').textContent);
const list = document.getElementById('results');
const input = document.getElementById('query');

function count(text, word) {
  return text.split(word).length - 1;
}

/** How well a section fits; 0 when a word is missing. */
function score(section, words) {
  let sum = 0;
  for (const word of words) {
    const found =
      8 * count(section.heading.toLowerCase(), word) +
      4 * count(section.page.toLowerCase(), word) +
      Math.min(5, count(section.text.toLowerCase(), word));
    if (found === 0) return 0;
    sum += found;
  }
  return sum;
}

function excerpt(text, word) {
  const at = Math.max(0, text.toLowerCase().indexOf(word) - 80);
  return (at > 0 ? '… ' : '') + text.slice(at, at + 240) + (text.length > at + 240 ? ' …' : '');
}

function show() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const found = sections
    .map((section) => ({ section, points: words.length === 0 ? 0 : score(section, words) }))
    .filter((one) => one.points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, 40);
  list.replaceChildren(
    ...found.map(({ section }) => {
      const entry = document.createElement('div');
      const link = document.createElement('a');
      const text = document.createElement('p');
      entry.className = 'result';
      link.href = section.url;
      link.textContent = section.page === section.heading ? section.page : `${section.page}: ${section.heading}`;
      text.textContent = excerpt(section.text, words[0]);
      entry.append(link, text);
      return entry;
    }),
  );
  if (words.length > 0 && found.length === 0) list.textContent = 'Nothing was found.';
}

input.value = new URLSearchParams(location.search).get('q') ?? '';
input.addEventListener('input', show);
show();
input.focus();
