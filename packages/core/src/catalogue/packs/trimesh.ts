// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'trimesh 5.2.0',
  groups: [
    {
      why: 'Array class, made by numpy; its hooks only set a flag.',
      insideDanger: true,
      names: `
trimesh.caching: TrackedArray`,
    },
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
trimesh.caching: Cache DataStore
trimesh.parent: LoadSource
trimesh.path.entities: Line
trimesh.permutate: Permutator
trimesh.primitives: Box
trimesh.proximity: ProximityQuery
trimesh.scene.transforms: EnforcedForest
trimesh.triangles: MassProperties
trimesh.visual.color: VertexColor
trimesh.visual.material: PBRMaterial SimpleMaterial`,
    },
  ],
  uses: `
ColorVisuals: n0() bD(gdoupe)l_
Path2D: n0() bD(gdoupe)l_
PointCloud: n0() bD(gdoupe)l_
RayMeshIntersector: n0() bD(gdoupe)l_
Scene: n0() bD(gdoupe)l_
SceneGraph: n0() bD(gdoupe)l_
SparseEncoding: n0() bD(gdoupe)l_
Transform: n0() bD(gdoupe)l_
Trimesh: n0() bD(gdoupe)l_
VoxelGrid: n0() bD(gdoupe)l_`,
  members: `
trimesh.base.Trimesh __hash__
trimesh.caching.DataStore __hash__
trimesh.path.path.Path2D __hash__
trimesh.scene.scene.Scene __hash__
trimesh.scene.transforms.SceneGraph __hash__`,
  shapes: `
trimesh.base Trimesh: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.path.path Path2D: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.points PointCloud: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.ray.ray_triangle RayMeshIntersector: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.scene.scene Scene: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.scene.transforms SceneGraph: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.visual.color ColorVisuals: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.voxel.base VoxelGrid: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.voxel.encoding SparseEncoding: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}
trimesh.voxel.transforms Transform: new(); state {_cache?: <trimesh.caching.Cache>, append!, extend!, add!, update!, keys!, cleanup!, close!, *}`,
  refused: '',
};
