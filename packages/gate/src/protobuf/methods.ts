import type { MessageShape } from './decode.js';
import { MODEL_INFER_REQUEST, MODEL_INFER_RESPONSE, MODEL_STREAM_INFER_RESPONSE, OTHER_REQUESTS } from './shapes.js';

/** `infer` has tensors; `probe` asks and changes nothing; `management` changes the server. */
export type MethodKind = 'infer' | 'probe' | 'management';

export interface GrpcMethod {
  /** As it is written in the configuration, in metrics and in events. */
  readonly name: string;
  readonly kind: MethodKind;
  /** The client sends any number of messages, not exactly one. */
  readonly isStreaming: boolean;
  readonly request: MessageShape;
  /** Null where an answer has no tensors: it is inspected as bytes. */
  readonly response: MessageShape | null;
}

/** The services that are known. */
export const GRPC_SERVICES: readonly string[] = ['inference.GRPCInferenceService', 'grpc.health.v1.Health'];
const [INFERENCE, HEALTH] = GRPC_SERVICES.map((service) => `/${service}/`);

const R = OTHER_REQUESTS;

function probe(name: string, request: MessageShape): GrpcMethod {
  return { name, kind: 'probe', isStreaming: false, request, response: null };
}

function management(name: string, request: MessageShape): GrpcMethod {
  return { name, kind: 'management', isStreaming: false, request, response: null };
}

const INFERENCE_METHODS: readonly GrpcMethod[] = [
  {
    name: 'ModelInfer',
    kind: 'infer',
    isStreaming: false,
    request: MODEL_INFER_REQUEST,
    response: MODEL_INFER_RESPONSE,
  },
  {
    name: 'ModelStreamInfer',
    kind: 'infer',
    isStreaming: true,
    request: MODEL_INFER_REQUEST,
    response: MODEL_STREAM_INFER_RESPONSE,
  },
  probe('ServerLive', R.Empty),
  probe('ServerReady', R.Empty),
  probe('ModelReady', R.NameAndVersion),
  probe('ServerMetadata', R.Empty),
  probe('ModelMetadata', R.NameAndVersion),
  probe('ModelConfig', R.NameAndVersion),
  probe('ModelStatistics', R.NameAndVersion),
  probe('RepositoryIndex', R.RepositoryIndex),
  management('RepositoryModelLoad', R.RepositoryModel),
  management('RepositoryModelUnload', R.RepositoryModel),
  management('SystemSharedMemoryStatus', R.Name),
  management('SystemSharedMemoryRegister', R.SystemSharedMemoryRegister),
  management('SystemSharedMemoryUnregister', R.Name),
  management('CudaSharedMemoryStatus', R.Name),
  management('CudaSharedMemoryRegister', R.CudaSharedMemoryRegister),
  management('CudaSharedMemoryUnregister', R.Name),
  management('TraceSetting', R.TraceSetting),
  management('LogSettings', R.LogSettings),
];

/** All methods that the gate knows, by the path of their requests. Any other is refused. */
export const GRPC_METHODS: ReadonlyMap<string, GrpcMethod> = new Map([
  ...INFERENCE_METHODS.map((method): [string, GrpcMethod] => [INFERENCE + method.name, method]),
  [`${HEALTH}Check`, probe('Health.Check', R.Health)],
  [`${HEALTH}Watch`, probe('Health.Watch', R.Health)],
]);

/** What a configuration may allow. */
export const MANAGEMENT_METHODS: readonly string[] = INFERENCE_METHODS.filter(({ kind }) => kind === 'management').map(
  ({ name }) => name,
);
