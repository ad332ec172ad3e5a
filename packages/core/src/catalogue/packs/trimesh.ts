// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'trimesh 5.2.0',
  groups: [
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
trimesh.primitives: PrimitiveAttributes`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
trimesh.base: Trimesh
trimesh.caching: Cache DataStore
trimesh.parent: LoadSource
trimesh.path.entities: Line
trimesh.path.path: Path2D
trimesh.permutate: Permutator
trimesh.points: PointCloud
trimesh.primitives: Box
trimesh.proximity: ProximityQuery
trimesh.ray.ray_triangle: RayMeshIntersector
trimesh.scene.scene: Scene
trimesh.scene.transforms: EnforcedForest SceneGraph
trimesh.triangles: MassProperties
trimesh.visual.color: ColorVisuals VertexColor
trimesh.visual.material: PBRMaterial SimpleMaterial
trimesh.voxel.base: VoxelGrid
trimesh.voxel.encoding: SparseEncoding
trimesh.voxel.transforms: Transform`,
    },
  ],
  uses: '',
  members: '',
  refused: `
trimesh.caching TrackedArray: Array class, made by numpy's _reconstruct: the state is numpy's own (shape, dtype, bytes trusted by numpy); own hooks only set a flag`,
};
