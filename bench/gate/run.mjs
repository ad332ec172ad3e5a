// How much the gate costs, on loopback: latency and throughput of infer requests of 1 KB and 1 MB, through nothing, through
// a plain Node proxy and through the gate with both kinds of isolation, in turns within one run; memory while a large body
// is uploaded (--upload MIB); with --attack SECONDS, the latency of honest requests while ten clients send the worst ones
// that are known; with --soak SECONDS, memory under slow, aborted and hostile clients, and counters against events.
// `node bench/gate/run.mjs [--requests N] [--small N] [--rounds N] [--upload MIB] [--attack SECONDS] [--soak SECONDS]
// [--isolation thread|process] [--check]`. --check ends with 1 where a figure is missed, for the isolation that was asked
// for; it needs a soak. Needs `npm run build`, and Linux: the clients of --attack have addresses of their own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { Agent, request as ask } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '200' },
    small: { type: 'string', default: '6000' },
    rounds: { type: 'string', default: '5' },
    upload: { type: 'string', default: '256' },
    attack: { type: 'string', default: '0' },
    soak: { type: 'string', default: '0' },
    isolation: { type: 'string', default: 'thread' },
    check: { type: 'boolean', default: false },
  },
});
/** As many as the figures in shared documents are for. */
const CONNECTIONS = 16;
/** What the gate may add at the median, and its part of the plain proxy's throughput. */
const LIMITS = {
  '1 KB': { addedMs: 0.5, share: 0.4 },
  '1 MB': { addedMs: 5, share: 0.3 },
};
/** Honest requests may take so many times as long while the gate is attacked. */
const ATTACK_FACTOR = 3;
/** Resident memory may rise by so much while a body is uploaded, however large: windows, and what V8 leaves lying. */
const UPLOAD_MIB = 128;
/** Resident memory may differ by so much between the second and the last quarter of a soak. */
const SOAK_GROWTH = 1.15;

if (values.check && !(Number(values.soak) > 0 && Number(values.upload) > 0)) {
  process.stderr.write('bench/gate: --check needs --soak SECONDS and --upload MIB, or two figures are not measured\n');
  process.exit(2);
}

const children = [];
async function start(args, pattern = /^(\d+)$/m, stream = 'stdout') {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let text = '';
  for await (const chunk of child[stream]) {
    text += chunk;
    const match = pattern.exec(text);
    if (match !== null) {
      child.stdout.resume();
      child.stderr.resume();
      return { child, match };
    }
  }
  throw new Error(`${args.join(' ')} ended early: ${text}`);
}

function post(port, agent, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const request = ask(
      {
        host: '127.0.0.1',
        port,
        path: '/v2/models/m/infer',
        method: 'POST',
        agent,
        headers: { 'Content-Type': 'application/json', 'Content-Length': body.length, ...headers },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const MIB = 2 ** 20;
function median(list) {
  const sorted = list.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

async function latency(port, body, count, options = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ...options });
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const begin = performance.now();
    const status = await post(port, agent, body);
    if (status !== 200) throw new Error(`status ${status}`);
    times.push(performance.now() - begin);
  }
  agent.destroy();
  return times;
}

async function throughput(port, body, count) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let left = count;
  const begin = performance.now();
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const status = await post(port, agent, body);
      if (status !== 200) throw new Error(`status ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  agent.destroy();
  return (count / (performance.now() - begin)) * 1_000;
}

function tensor(count) {
  const data = Array.from({ length: count }, (_, i) => Number(Math.sin(i).toFixed(6)));
  return Buffer.from(JSON.stringify({ inputs: [{ name: 'x', shape: [1, count], datatype: 'FP32', data }] }));
}

/** Bodies that cost the most that is known of their size: text of which every word may be the beginning of something. */
const WORST = [
  ['application/json', JSON.stringify({ inputs: [{ name: `aaa${'= '.repeat(7_700)}` }] })],
  ['application/json', JSON.stringify(['A='.repeat(50_000)])],
  ['application/xml', '<!--'.repeat(20_000)],
  ['application/xml', '<![CDATA['.repeat(11_000)],
  ['text/csv', '"a,'.repeat(30_000)],
  ['application/json', JSON.stringify(Array.from({ length: 2_000 }, () => 'H4sIAAAAAAAAAwMAAAAAAAAAAAA='))],
  ['application/json', `[${'"gAR9lC4=",'.repeat(8_000)}"x"]`],
  ['multipart/form-data; boundary=b', `--b\r\n${'a: b\r\n--b'.repeat(8_000)}`],
].map(([type, text]) => ({ type, body: Buffer.from(text) }));

/** The latency of honest requests of 1 KB, alone and while ten other clients send the worst; the medians, and what was sent. */
async function attack(port, seconds, body) {
  const alone = await latency(port, body, 500);
  const end = performance.now() + seconds * 1_000;
  let sent = 0;
  const hostile = Array.from({ length: 10 }, async (_, i) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 4, localAddress: `127.0.0.${i + 10}` });
    const one = async (k) => {
      for (; performance.now() < end; k += 1) {
        const { type, body: worst } = WORST[k % WORST.length];
        await new Promise((resolve) => {
          const headers = { 'Content-Type': type, 'Content-Length': worst.length };
          const request = ask({ host: '127.0.0.1', port, path: '/any', method: 'POST', agent, headers }, (response) => {
            response.resume().on('end', resolve);
          });
          request.on('error', resolve);
          request.end(worst);
        });
        sent += 1;
      }
    };
    await Promise.all([one(i), one(i + 3)]);
    agent.destroy();
  });
  const during = [];
  const probes = [];
  await Promise.all([
    ...hostile,
    (async () => {
      while (performance.now() < end) during.push(...(await latency(port, body, 10)));
    })(),
    (async () => {
      while (performance.now() < end) {
        const begin = performance.now();
        await (await fetch(`http://127.0.0.1:${port + 1}/healthz`)).text();
        probes.push(performance.now() - begin);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })(),
  ]);
  return {
    seconds,
    hostileRequests: sent,
    honestRequests: during.length,
    aloneMs: median(alone),
    duringMs: median(during),
    factor: median(during) / median(alone),
    slowestProbeMs: Math.max(...probes),
  };
}

/** Clients of every kind at once, for so many seconds; the resident memory of the gate by the second. */
async function soak(port, adminPort, seconds) {
  const end = performance.now() + seconds * 1_000;
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const small = tensor(50);
  const large = tensor(60_000);
  const pickle = Buffer.from("cposix\nsystem\n(S'true'\ntR.");
  const hostile = [
    [pickle, { 'Content-Type': 'application/octet-stream' }],
    [Buffer.from(`{"a":"${pickle.toString('base64')}"}`), {}],
    [gzipSync(Buffer.alloc(50 * 2 ** 20)), { 'Content-Encoding': 'gzip' }],
    [Buffer.from('['.repeat(100_000)), {}],
  ];
  const counts = { honest: 0, hostile: 0, slow: 0, aborted: 0, wrong: 0 };
  const until = async (job) => {
    while (performance.now() < end) await job();
  };
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const socketTo = (text, ms) =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('error', () => undefined);
      socket.resume();
      const timer = setTimeout(() => socket.destroy(), ms);
      socket.on('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  const head =
    'POST /v2/models/m/infer HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n';
  const memory = [];
  await Promise.all([
    ...[1, 2, 3, 4].map(() =>
      until(async () => {
        if ((await post(port, agent, counts.honest % 10 === 0 ? large : small)) !== 200) counts.wrong += 1;
        counts.honest += 1;
        await pause(2);
      }),
    ),
    ...[1, 2].map(() =>
      until(async () => {
        const [body, headers] = hostile[counts.hostile % hostile.length];
        // Refusals of bodies that were not read whole end with a reset now and then.
        const status = await post(port, false, body, headers).catch(() => 400);
        if (status < 400) counts.wrong += 1;
        counts.hostile += 1;
        await pause(5);
      }),
    ),
    ...Array.from({ length: 16 }, () =>
      until(async () => {
        await socketTo(head, 3_000);
        counts.slow += 1;
      }),
    ),
    ...Array.from({ length: 4 }, () =>
      until(async () => {
        await socketTo(`${head}\r\n${'{"inputs":'.repeat(2_000)}`, 20);
        counts.aborted += 1;
      }),
    ),
    until(async () => {
      const response = await fetch(`http://127.0.0.1:${adminPort}/metrics`);
      memory.push(Number(/^process_resident_memory_bytes (\d+)/m.exec(await response.text())?.[1]));
      await pause(1_000);
    }),
  ]);
  agent.destroy();
  const quarter = Math.floor(memory.length / 4);
  const early = median(memory.slice(quarter, 2 * quarter));
  const late = median(memory.slice(-quarter));
  return {
    seconds,
    ...counts,
    earlyMiB: early / 2 ** 20,
    lateMiB: late / 2 ** 20,
    peakMiB: Math.max(...memory) / 2 ** 20,
    growth: late / early,
  };
}

const gauge = (text, name) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]);

async function residentMiB(adminPort) {
  const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
  return gauge(text, 'process_resident_memory_bytes') / MIB;
}

/** A body of noise, the slowest kind to inspect, from a file; the resident memory of the gate before it and at most. */
async function upload(port, adminPort, mib, file, path = '/files') {
  const handle = await open(file, 'w');
  for (let i = 0; i < mib; i += 1) await handle.write(randomBytes(MIB));
  await handle.close();
  const before = await residentMiB(adminPort);
  let peak = before;
  let onDisk = 0;
  let isDone = false;
  const watching = (async () => {
    while (!isDone) {
      const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
      peak = Math.max(peak, gauge(text, 'process_resident_memory_bytes') / MIB);
      onDisk = Math.max(onDisk, gauge(text, 'sentinel_gate_spooled_bytes') / MIB);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const begin = performance.now();
  const status = await new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': mib * MIB };
    const request = ask({ host: '127.0.0.1', port, path, method: 'PUT', headers, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    request.on('error', reject);
    createReadStream(file).pipe(request);
  });
  const seconds = (performance.now() - begin) / 1_000;
  isDone = true;
  await watching;
  await rm(file);
  return { mib, status, seconds, beforeMiB: before, peakMiB: peak, risenMiB: peak - before, onDiskMiB: onDisk };
}

/** Lines of the target against the counters, by rule and disposition; how many there are, and where they differ. */
async function accounts(adminPort, file) {
  const reported = new Map();
  let events = 0;
  // Line by line: ten minutes of it are longer than a string may be.
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const event = JSON.parse(line);
    events += 1;
    // Faults are HTTP Activity, the others Detection Findings.
    const key =
      event.class_uid === 4002
        ? `${event.status_code} failed`
        : `${event.finding_info.types[0]} ${{ Blocked: 'denied', Allowed: 'allowed' }[event.disposition]}`;
    reported.set(key, (reported.get(key) ?? 0) + 1);
  }
  const metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
  const counted = new Map();
  for (const [, labels, value] of metrics.matchAll(/^sentinel_gate_events_total\{([^}]*)\} ([1-9]\d*)$/gm))
    counted.set(`${/rule="([^"]*)"/.exec(labels)?.[1]} ${/disposition="([^"]*)"/.exec(labels)?.[1]}`, Number(value));
  const differences = [...new Set([...reported.keys(), ...counted.keys()])].filter(
    (key) => reported.get(key) !== counted.get(key),
  );
  return { events, counted: [...counted.values()].reduce((sum, value) => sum + value, 0), differences };
}

const folder = await mkdtemp(join(tmpdir(), 'sentinel-gate-'));
let failed = false;
try {
  const upstream = (await start([join(here, 'servers.mjs'), 'upstream', '0'])).match[1];
  const proxy = (await start([join(here, 'servers.mjs'), 'proxy', '0', upstream])).match[1];
  const startGate = async (isolation, port) => {
    const config = join(folder, `gate-${isolation}.yml`);
    await writeFile(
      config,
      `version: 1
upstream: http://127.0.0.1:${upstream}
listen: 127.0.0.1:${port}
admin: 127.0.0.1:${port + 1}
events: [{to: "file:${join(folder, `events-${isolation}.ndjson`)}"}]
routes:
  - dialect: triton
  - {path: /any, any_json: true, content_types: ['*/*']}
  - {path: /files, methods: [PUT], content_types: [application/octet-stream], body_limit: 64GiB, spool: {above: 1MiB}}
  - {path: /streams, methods: [PUT], content_types: [application/octet-stream], body_limit: 64GiB, stream: {above: 1MiB}}
spool_folder: ${folder}
inspection: {isolation: ${isolation}}
timeouts: {headers_ms: 2000, idle_ms: 2000}
`,
    );
    const command = join(here, '../../packages/cli/dist/sentinel.cjs');
    await start([command, 'gate', '--config', config], /gate on (.+)/, 'stderr');
    for (let i = 0; i < 600; i += 1) {
      if ((await fetch(`http://127.0.0.1:${port + 1}/readyz`)).status === 200) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const port = 20_000 + (process.pid % 20_000);
  const other = values.isolation === 'thread' ? 'process' : 'thread';
  await startGate(values.isolation, port);
  await startGate(other, port + 2);
  const sizes = { '1 KB': tensor(100), '1 MB': tensor(112_000) };
  const ways = { direct: upstream, proxy, gate: port, otherGate: port + 2 };
  const rounds = Number(values.rounds);
  const each = (count) => Math.ceil(Number(count) / rounds);
  const results = {};
  for (const [size, body] of Object.entries(sizes)) {
    const isSmall = size === '1 KB';
    const times = {};
    const rates = {};
    for (const way of Object.keys(ways)) {
      times[way] = [];
      rates[way] = [];
      // Code that has not run often is not what runs for weeks.
      await latency(ways[way], body, 20);
      await throughput(ways[way], body, isSmall ? 5_000 : 200);
    }
    for (let round = 0; round < rounds; round += 1) {
      // Each is the first as often as any other.
      const order = Object.keys(ways).map((_, index, all) => all[(index + round) % all.length]);
      for (const way of order) {
        times[way].push(...(await latency(ways[way], body, each(values.requests))));
        rates[way].push(await throughput(ways[way], body, each(isSmall ? values.small : values.requests)));
      }
    }
    // A round takes a second or so: a machine that is slower for some seconds is so for all ways.
    const figures = (way) => {
      const shares = rates[way].map((rate, round) => rate / rates.proxy[round]);
      return {
        medianMs: median(times[way]),
        addedMs: median(times[way]) - median(times.direct),
        requestsPerSecond: median(rates[way]),
        shareOfPlainProxy: median(shares),
        leastShareOfRound: Math.min(...shares),
      };
    };
    results[size] = { bytes: body.length, ...Object.fromEntries(Object.keys(ways).map((way) => [way, figures(way)])) };
  }
  const report = { node: process.version, isolation: values.isolation, otherIsolation: other, ...results };
  if (Number(values.attack) > 0) report.attack = await attack(port, Number(values.attack), sizes['1 KB']);
  if (Number(values.upload) > 0) {
    report.upload = await upload(port, port + 1, Number(values.upload), join(folder, 'upload.bin'));
    report.streamed = await upload(port, port + 1, Number(values.upload), join(folder, 'upload.bin'), '/streams');
  }
  if (Number(values.soak) > 0) {
    report.soak = await soak(port, port + 1, Number(values.soak));
    // The last of the slow clients have their events within a check of the server's timers.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    report.accounts = await accounts(port + 1, join(folder, `events-${values.isolation}.ndjson`));
  }
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  const wrong = [
    ...Object.entries(LIMITS).flatMap(([size, limit]) => {
      const { addedMs, shareOfPlainProxy: share } = results[size].gate;
      return [
        addedMs >= limit.addedMs && `a request of ${size} takes ${addedMs.toFixed(2)} ms more, not ${limit.addedMs}`,
        share < limit.share && `${size}: ${(share * 100).toFixed(0)} % of the plain proxy's throughput`,
      ];
    }),
    report.attack?.factor > ATTACK_FACTOR && `honest requests take ${report.attack?.factor.toFixed(1)} times as long`,
    report.soak?.wrong > 0 && `${report.soak?.wrong} wrong answers in the soak`,
    ...[report.upload, report.streamed]
      .filter(Boolean)
      .flatMap(({ status, risenMiB }) => [
        status !== 200 && `an upload was answered with ${status}`,
        risenMiB > UPLOAD_MIB && `memory rose by ${risenMiB.toFixed(0)} MiB for an upload`,
      ]),
    report.streamed?.onDiskMiB > 0 && `${report.streamed?.onDiskMiB} MiB of a body that streams lay on disk`,
    report.soak !== undefined && report.soak.hostile === 0 && 'no hostile client in the soak',
    report.accounts?.differences.length > 0 && `events and counters differ: ${report.accounts?.differences.join(', ')}`,
    report.accounts !== undefined &&
      report.accounts.events < report.soak.hostile &&
      `${report.accounts.events} events of ${report.soak.hostile} hostile requests`,
    report.soak?.growth > SOAK_GROWTH && `memory grew by ${((report.soak.growth - 1) * 100).toFixed(0)} %`,
  ].filter(Boolean);
  for (const line of wrong) process.stderr.write(`bench/gate: ${line}\n`);
  failed = wrong.length > 0;
} finally {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(
    children.map((child) =>
      child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve(),
    ),
  );
  await rm(folder, { recursive: true, force: true });
}
if (failed && values.check) process.exitCode = 1;
