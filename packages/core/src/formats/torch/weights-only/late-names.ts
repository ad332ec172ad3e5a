/** Names that PyTorch adds to its list when a module of its own is imported (`_get_allowed_globals`, `add_safe_globals`). */
export function imported(path: string): string | null {
  if (NESTED.has(path)) return 'torch.nested with torch._dynamo';
  return path.startsWith('torch.distributed.') && DISTRIBUTED.has(path) ? 'torch.distributed.tensor' : null;
}
const NESTED = new Set([
  'torch.nested._internal.nested_tensor.NestedTensor',
  'torch.nested._internal.nested_tensor._rebuild_njt',
  'torch._dynamo.decorators._DimRange',
]);
const DISTRIBUTED = new Set([
  'torch.distributed.device_mesh.DeviceMesh',
  'torch.distributed.tensor._dtensor_spec.DTensorSpec',
  'torch.distributed.tensor._dtensor_spec.TensorMeta',
  'torch.distributed.tensor.DTensor',
  'torch.distributed.tensor.placement_types.Partial',
  'torch.distributed.tensor.placement_types.Replicate',
  'torch.distributed.tensor.placement_types.Shard',
]);
