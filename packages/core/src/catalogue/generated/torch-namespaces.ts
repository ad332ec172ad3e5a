// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.

export const OPERATOR_NAMESPACES: ReadonlySet<string> = new Set(
  '_c10d_functional _c10d_functional_autograd _dtensor _inductor_test _native _quantized _test _torchaudio ao aten bucketing c10d c10d_functional cplib debug_mode_ops debugprims device_mesh export fbgemm flex_lib fsdp higher_order image import_module inductor inductor_prims loaded_libraries mkl mkldnn mkldnn_prepacked onednn onnx onnx_symbolic pippy prim prims profiler quantization quantized quantized_decomposed rngprims sparse static_runtime streams symm_mem torch_attn torch_nn torchaudio torchtext torchvision video_reader'.split(' '),
);
export const CLASS_NAMESPACES: ReadonlySet<string> = new Set(
  '_nnapi aten backendutils c10d dist_rpc fbgemm loaded_libraries mkldnn profiler profiling quantized rnn sparse torchaudio torchtext torchvision'.split(' '),
);
