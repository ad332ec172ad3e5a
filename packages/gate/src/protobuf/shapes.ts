import type { FieldShape, MessageShape } from './decode.js';

/**
 * The messages of `inference.GRPCInferenceService` that are read: names, numbers and types of fields as they are published in
 * grpc_service.proto of triton-inference-server/common (main, July 2026), of which the Open Inference Protocol of KServe
 * (open_inference_grpc.proto) is a part.
 */

const text = (name: string): FieldShape => ({ name, kind: 'string' });

function message(name: string, fields: MessageShape['fields']): MessageShape {
  return { name, fields };
}

function mapOf(name: string, value: FieldShape): FieldShape {
  return { name, kind: message(`${name} entry`, { 1: text('key'), 2: value }), isRepeated: true };
}

const choice = (name: string, kind: FieldShape['kind']): FieldShape => ({ name, kind, oneof: 'parameter_choice' });

const INFER_PARAMETER = message('InferParameter', {
  1: choice('bool_param', 'varint'),
  2: choice('int64_param', 'varint'),
  3: choice('string_param', 'string'),
  4: choice('double_param', 'bits64'),
  5: choice('uint64_param', 'varint'),
});

const PARAMETERS = mapOf('parameters', { name: 'value', kind: INFER_PARAMETER });

const repeated = (name: string, kind: FieldShape['kind']): FieldShape => ({ name, kind, isRepeated: true });

const INFER_TENSOR_CONTENTS = message('InferTensorContents', {
  1: repeated('bool_contents', 'packed-varint'),
  2: repeated('int_contents', 'packed-varint'),
  3: repeated('int64_contents', 'packed-varint'),
  4: repeated('uint_contents', 'packed-varint'),
  5: repeated('uint64_contents', 'packed-varint'),
  6: repeated('fp32_contents', 'packed-bits32'),
  7: repeated('fp64_contents', 'packed-bits64'),
  8: repeated('bytes_contents', 'bytes'),
});

const INFER_INPUT_TENSOR = message('InferInputTensor', {
  1: text('name'),
  2: text('datatype'),
  3: repeated('shape', 'packed-varint'),
  4: PARAMETERS,
  5: { name: 'contents', kind: INFER_TENSOR_CONTENTS },
});

const INFER_REQUESTED_OUTPUT = message('InferRequestedOutputTensor', { 1: text('name'), 2: PARAMETERS });

export const MODEL_INFER_REQUEST = message('ModelInferRequest', {
  1: text('model_name'),
  2: text('model_version'),
  3: text('id'),
  4: PARAMETERS,
  5: repeated('inputs', INFER_INPUT_TENSOR),
  6: repeated('outputs', INFER_REQUESTED_OUTPUT),
  7: repeated('raw_input_contents', 'bytes'),
});

const INFER_OUTPUT_TENSOR = message('InferOutputTensor', {
  1: text('name'),
  2: text('datatype'),
  3: repeated('shape', 'packed-varint'),
  4: PARAMETERS,
  5: { name: 'contents', kind: INFER_TENSOR_CONTENTS },
});

export const MODEL_INFER_RESPONSE = message('ModelInferResponse', {
  1: text('model_name'),
  2: text('model_version'),
  3: text('id'),
  4: PARAMETERS,
  5: repeated('outputs', INFER_OUTPUT_TENSOR),
  6: repeated('raw_output_contents', 'bytes'),
});

export const MODEL_STREAM_INFER_RESPONSE = message('ModelStreamInferResponse', {
  1: text('error_message'),
  2: { name: 'infer_response', kind: MODEL_INFER_RESPONSE },
});

const NAME_AND_VERSION = { 1: text('name'), 2: text('version') };
const NAME = { 1: text('name') };

const MODEL_REPOSITORY_PARAMETER = message('ModelRepositoryParameter', {
  1: choice('bool_param', 'varint'),
  2: choice('int64_param', 'varint'),
  3: choice('string_param', 'string'),
  4: choice('bytes_param', 'bytes'),
});

const REPOSITORY_MODEL = {
  1: text('repository_name'),
  2: text('model_name'),
  3: mapOf('parameters', { name: 'value', kind: MODEL_REPOSITORY_PARAMETER }),
};

const TRACE_VALUE = message('TraceSettingRequest.SettingValue', { 1: repeated('value', 'string') });
const LOG_VALUE = message('LogSettingsRequest.SettingValue', {
  1: choice('bool_param', 'varint'),
  2: choice('uint32_param', 'varint'),
  3: choice('string_param', 'string'),
});

/** Requests without tensors: their texts and bytes are inspected, whatever field they lie in. */
export const OTHER_REQUESTS = {
  Empty: message('request', {}),
  NameAndVersion: message('request', NAME_AND_VERSION),
  Name: message('request', NAME),
  RepositoryIndex: message('RepositoryIndexRequest', {
    1: text('repository_name'),
    2: { name: 'ready', kind: 'varint' },
  }),
  RepositoryModel: message('RepositoryModelRequest', REPOSITORY_MODEL),
  SystemSharedMemoryRegister: message('SystemSharedMemoryRegisterRequest', {
    1: text('name'),
    2: text('key'),
    3: { name: 'offset', kind: 'varint' },
    4: { name: 'byte_size', kind: 'varint' },
  }),
  CudaSharedMemoryRegister: message('CudaSharedMemoryRegisterRequest', {
    1: text('name'),
    2: { name: 'raw_handle', kind: 'bytes' },
    3: { name: 'device_id', kind: 'varint' },
    4: { name: 'byte_size', kind: 'varint' },
  }),
  TraceSetting: message('TraceSettingRequest', {
    1: mapOf('settings', { name: 'value', kind: TRACE_VALUE }),
    2: text('model_name'),
  }),
  LogSettings: message('LogSettingsRequest', { 1: mapOf('settings', { name: 'value', kind: LOG_VALUE }) }),
  /** `grpc.health.v1.HealthCheckRequest` (grpc/grpc-proto, health.proto). */
  Health: message('HealthCheckRequest', { 1: text('service') }),
} as const satisfies Record<string, MessageShape>;
