import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '@artifact-sentinel/core/internal';
import { pathOf } from '@artifact-sentinel/core/node/internal';
import { createGate, GRPC_SERVICES, loadGateConfig, type Address, type GateConfig } from '@artifact-sentinel/gate';
import { EXIT } from '../exit-code.js';
import { writeError, writeOut } from '../streams.js';
import { isSystemError, systemReason } from '../system-error.js';
import { Reloads } from './reloads.js';

export interface GateCommandOptions {
  readonly config: string;
  readonly upstream?: string;
  readonly listen?: string;
  readonly extProc?: string;
  readonly check?: true;
}

export async function runGate(options: GateCommandOptions): Promise<number> {
  const read = async (): Promise<GateConfig> =>
    changed(loadGateConfig(await text(options.config), options.config), options);
  const config = await read();
  if (config.inspection.isolation === 'process' && isSingleExecutable())
    throw new UsageError(
      'inspection.isolation: process is not possible in the single executable: Node starts no process with permissions from it; use thread, or the npm package',
    );
  if (options.check === true) {
    await writeOut(described(config));
    return EXIT.pass;
  }
  const parts = dirname(fileURLToPath(import.meta.url));
  const gate = createGate({
    config,
    inspectors: {
      worker: join(parts, 'gate-worker.cjs'),
      process: join(parts, 'gate-process.cjs'),
      admin: join(parts, 'gate-admin.cjs'),
      readable: [parts],
    },
  });
  // Before it listens: what comes early counts, and the first process of a container ignores what nobody waits for.
  const asked = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  const reloads = new Reloads(gate, options.config, read);
  const { port, adminPort, ports } = await gate.listen();
  reloads.watch();
  writeError(`sentinel: ${served(config, port, ports)}, metrics on ${config.admin.host}:${adminPort}`);
  await asked;
  const hurry = (): never => process.exit(EXIT.pass);
  process.once('SIGTERM', hurry);
  process.once('SIGINT', hurry);
  reloads.end();
  writeError('sentinel: stopping, running requests may end');
  await gate.stop();
  return EXIT.pass;
}

/** Not all runtimes have the module. */
function isSingleExecutable(): boolean {
  const sea = process.getBuiltinModule('node:sea') as { isSea(): boolean } | undefined;
  return sea?.isSea() ?? false;
}

async function text(path: string): Promise<string> {
  try {
    return await readFile(pathOf(path), 'utf8');
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(`${path}: ${systemReason(error)}`);
  }
}

/** What listens where, and before what. */
export function served(
  { listen, upstream, grpc, extProc }: GateConfig,
  port: number,
  ports: Readonly<Record<string, number>>,
): string {
  const parts: string[] = [];
  if (listen !== null) parts.push(`gate on ${listen.host}:${port} before ${upstream.servers.join(', ')}`);
  if (grpc?.server)
    parts.push(`gRPC on ${grpc.server.listen.host}:${ports['grpc']} before ${grpc.server.upstream.origin}`);
  if (extProc !== null) parts.push(`external processing for Envoy on ${extProc.listen.host}:${ports['ext_proc']}`);
  return parts.join(', ');
}

function changed(config: GateConfig, { upstream, listen, extProc }: GateCommandOptions): GateConfig {
  let result = config;
  if (upstream !== undefined) {
    if (!/^https?:\/\/[^/?#@]+\/?$/.test(upstream) || !URL.canParse(upstream))
      throw new UsageError(`--upstream has to be http://host:port, not "${upstream}"`);
    result = { ...result, upstream: { ...config.upstream, servers: [new URL(upstream).origin] } };
  }
  if (extProc !== undefined) result = { ...result, extProc: { listen: address(extProc, '--ext-proc') } };
  if (listen === 'none' && result.extProc === null && !result.grpc?.server)
    throw new UsageError('--listen none, and neither gRPC nor external processing is configured: nothing is served');
  if (listen !== undefined) result = { ...result, listen: listen === 'none' ? null : address(listen, '--listen') };
  return result;
}

function address(given: string, option: string): Address {
  const match = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):(\d{1,5})$/.exec(given);
  const port = Number(match?.[2]);
  if (match === null || port > 65_535) throw new UsageError(`${option} has to be host:port, not "${given}"`);
  return { host: (match[1] ?? '').replaceAll(/^\[|\]$/g, ''), port };
}

function described({ upstream, routes, grpc, extProc }: GateConfig): string {
  const lines = routes.map(
    ({ methods, path, mode, bodyLimit, policy }) =>
      `${mode.padEnd(8)} ${methods.join(',').padEnd(10)} ${path}  ${policy.contentTypes.join(' ') || 'no body'}${policy.contentTypes.length === 0 ? '' : `, ${bodyLimit} bytes`}${policy.schema === null ? '' : ', schema'}`,
  );
  if (grpc !== null) {
    const to = grpc.server === null ? 'by ext_proc only' : `to ${grpc.server.upstream.origin}`;
    lines.push(
      `${grpc.mode.padEnd(8)} gRPC       ${GRPC_SERVICES.join(', ')} ${to}, ${grpc.messageLimit} bytes, management: ${grpc.allow.join(' ') || 'refused'}`,
    );
  }
  if (extProc !== null) lines.push(`ext_proc ${extProc.listen.host}:${extProc.listen.port}`);
  return `${[`upstream ${upstream.servers.join(', ')}`, ...lines, ...exceptionsOf(routes)].join('\n')}\n`;
}

/** A line for each exception and route that it holds for. */
function exceptionsOf(routes: GateConfig['routes']): string[] {
  const today = new Date().toISOString().slice(0, 10);
  return routes.flatMap(({ path, policy }) =>
    (policy.exceptions ?? []).map(({ rule, field, owner, expires }) => {
      const state = expires < today ? `expired ${expires}` : `until ${expires}`;
      return `except   ${rule.padEnd(10)} ${path}  ${field === null ? 'any field' : `field ${field}`}, ${state}, ${owner}`;
    }),
  );
}
