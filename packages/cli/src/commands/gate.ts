import type { Command } from 'commander';
import type { Outcome } from '../exit-code.js';
import type { GateCommandOptions } from '../gate/run.js';

const EXAMPLES = `Examples:
  sentinel gate                              sentinel-gate.yml of this folder
  sentinel gate --config deploy/gate.yml --check
  sentinel gate --upstream http://127.0.0.1:8000 --listen 0.0.0.0:8080
  sentinel gate --listen none --ext-proc 127.0.0.1:9002   behind Envoy

A configuration to begin with:
  version: 1
  upstream: http://127.0.0.1:8000
  routes:
    - dialect: kserve-v2       # kserve-v1, triton, mlserver, openai-chat, openai-embeddings, vllm, torchserve
    - path: /predict
      schema: {type: object, properties: {text: {type: string}}, required: [text]}
    - path: /files/**          # large uploads: inspected on disk, then forwarded
      methods: [PUT]
      content_types: [application/octet-stream, multipart/form-data]
      body_limit: 4GiB
      spool: {above: 1MiB}
    - path: /tensors/**        # the same without a disk: each byte is forwarded behind its inspection
      methods: [PUT]
      content_types: [application/octet-stream, multipart/form-data, application/x-ndjson]
      any_json: true
      body_limit: 64GiB
      stream: {above: 1MiB}    # archives, compressed data and long text are refused here: spool them
  grpc:                        # KServe v2 and Triton over gRPC
    listen: 127.0.0.1:8081
    upstream: http://127.0.0.1:8001
  ext_proc: {listen: 127.0.0.1:9002}   # for Envoy, which then is the proxy
`;

const AFTER = `
Events go to standard output as one JSON line each (OCSF), unless the
configuration says otherwise; messages to standard error. Metrics, /healthz and
/readyz are served on the address under "admin". SIGTERM and SIGINT let running
requests end; a second one ends the gate at once.

Exit codes:
  0  it was stopped by a signal, or --check found nothing wrong
  2  the configuration is broken, or an address cannot be listened on`;

export function addGateCommand(program: Command, outcome: Outcome): void {
  program
    .command('gate')
    .summary('reverse proxy that refuses executable objects')
    .description(
      'Stands before a model server and refuses requests that carry pickles or other executable objects, in any\n' +
        'encoding that it knows. Paths, methods, media types and fields that the configuration does not name are refused as well.',
    )
    .option('-c, --config <file>', 'configuration file', 'sentinel-gate.yml')
    .option('--upstream <url>', 'model server, instead of the one that the file names')
    .option('--listen <address>', 'host:port, instead of the one that the file names; none: no HTTP')
    .option('--ext-proc <address>', "host:port for Envoy's external processing (ext_proc), besides what the file names")
    .option('--check', 'read the configuration, list its routes, and end')
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', AFTER)
    .action(async (options: GateCommandOptions) => {
      const { runGate } = await import('../gate/run.js');
      outcome.code = await runGate(options);
    });
}
