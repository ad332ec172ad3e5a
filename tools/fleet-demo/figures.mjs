// Takes the Hub and the bucket in through the API, waits until all is analysed, and says what came of it.

/** A client of the API. */
export function apiOf(url, token) {
  return async (path, init = {}) => {
    for (;;) {
      const response = await fetch(`${url}${path}`, {
        ...init,
        headers: {
          authorization: `Bearer ${token}`,
          ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
      });
      if (response.status === 429) {
        await new Promise((resolve) => setTimeout(resolve, 1000 * Number(response.headers.get('retry-after') ?? 1)));
        continue;
      }
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    }
  };
}

async function all(api, path) {
  const items = [];
  let cursor = null;
  do {
    const page = await api(`${path}?limit=100${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items;
}

export async function figures(url, token, hub, bucket) {
  const api = apiOf(url, token);
  const start = performance.now();
  const take = (address) => api('/v1/intakes', { method: 'POST', body: JSON.stringify({ address }) });
  if (bucket !== null) await take('s3://models/');
  for (const { name } of hub.repositories) await take(`hf://${name}`);
  let shown = 0;
  for (;;) {
    const { intakes } = await api('/v1/stats');
    const done = hub.repositories.length + (bucket === null ? 0 : 1) - intakes.open;
    if (intakes.open === 0) break;
    if (done >= shown + 50) {
      shown = done - (done % 50);
      console.log(`${done} of ${hub.repositories.length} repositories analysed`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const seconds = (performance.now() - start) / 1000;
  const intakes = await all(api, '/v1/intakes');
  const { states, findings } = await api('/v1/stats');
  const byName = new Map(intakes.map((one) => [one.address.replace(/^hf:\/\//, ''), one]));
  const wanted = { honest: 'pass', hostile: 'fail' };
  const wrong = hub.repositories.filter(({ name, kind }) => {
    const verdict = byName.get(name)?.verdict ?? null;
    return kind === 'broken' ? verdict === 'pass' : verdict !== wanted[kind];
  });
  const { requests, bytes } = await hub.asked();
  const gate = await gateOf(url, token, hub, byName);
  const named = (verdict) => hub.repositories.find(({ name }) => byName.get(name)?.verdict === verdict)?.name ?? null;
  const words = wrong.map(
    ({ name, kind }) => `${name} (${kind}): ${byName.get(name)?.verdict} ${byName.get(name)?.reason ?? ''}`,
  );
  const examples = { passing: named('pass'), failing: named('fail') };
  return { seconds, states, findings, intakes, requests, bytes, gate, examples, wrong: words };
}

/** What a client of the Hub gets through the gate: of a repository that passes, and of one that fails. */
async function gateOf(url, token, hub, byName) {
  const ask = async (verdict, path) => {
    const found = hub.repositories.find(({ name }) => byName.get(name)?.verdict === verdict);
    if (found === undefined) return `there is no repository with the verdict ${verdict}`;
    const response = await fetch(`${url}/${found.name}/resolve/main/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const bytes = await response.arrayBuffer();
    const words = response.headers.get('x-error-message');
    return `${found.name}: ${response.status}${words === null ? `, ${bytes.byteLength} bytes of ${path}` : `, ${words}`}`;
  };
  return [await ask('pass', 'README.md'), await ask('fail', 'README.md')];
}

export function showFigures({ seconds, states, findings, intakes, requests, bytes, gate, wrong }, url) {
  const verdicts = new Map();
  for (const { verdict } of intakes) verdicts.set(verdict ?? 'none', (verdicts.get(verdict ?? 'none') ?? 0) + 1);
  const listed = (entries) => entries.map(([name, count]) => `${name} ${count}`).join(', ');
  const rows = [
    ['Intakes', `${intakes.length} in ${seconds.toFixed(1)} s: ${listed([...verdicts])}`],
    ['Files', listed(states.map(({ state, count }) => [state, count]))],
    ['Findings', listed(findings.slice(0, 8).map(({ rule, count }) => [rule, count]))],
    ['Asked of the Hub', `${requests} requests, ${(bytes / 1e6).toFixed(1)} MB`],
    ['Through the gate', gate[0]],
    ['', gate[1]],
    ['Clients', `HF_ENDPOINT=${url} HF_TOKEN=<token> hf download org/model`],
  ];
  console.log('');
  for (const [name, value] of rows) console.log(`${name.padEnd(18)}${value}`);
  for (const line of wrong) console.log(`Not as expected: ${line}`);
  console.log('');
}
