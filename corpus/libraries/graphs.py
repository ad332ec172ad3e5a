"""Graphs, trees, geometries and grids: networkx, igraph, treelib, shapely, geopandas, pyproj, xarray, astropy and the like."""

import datetime

import numpy as np


def build(store, options):
    store.each("graphs", [networkx, igraph, python_louvain, treelib, anytree, intervaltree, shapely, geopandas, pyproj, rasterio, trimesh, xarray, cftime, astropy])


def networkx():
    import networkx as nx

    weighted = nx.Graph()
    weighted.add_weighted_edges_from([("a", "b", 1.5), ("b", "c", 2.0)], color="red")
    directed = nx.DiGraph([(1, 2), (2, 3)], name="flow")
    directed.nodes[1]["time"] = "5pm"
    several = nx.MultiGraph([(1, 2), (1, 2), (2, 3)])
    return {
        "karate": lambda: nx.karate_club_graph(), "weighted": lambda: weighted, "directed": lambda: directed, "multi": lambda: several, "multi-directed": lambda: nx.MultiDiGraph([(1, 2, {"w": 3})]), "grid": lambda: nx.grid_2d_graph(3, 3), "subgraph": lambda: weighted.subgraph(["a", "b"]), "reversed": lambda: nx.DiGraph([(1, 2)]).reverse(copy=False), "frozen": lambda: nx.freeze(nx.path_graph(3)),
        "random": lambda: nx.erdos_renyi_graph(10, 0.3, seed=1), "views": lambda: [weighted.nodes, weighted.edges, weighted.adj, weighted.degree], "directed-views": lambda: [directed.pred, directed.succ, directed.in_edges, directed.out_edges, directed.in_degree], "multi-views": lambda: [several.edges, several.adj, several.degree], "edge-view": lambda: weighted.edges(data=True), "pagerank": lambda: nx.pagerank(directed), "layout": lambda: nx.circular_layout(weighted), "communities": lambda: nx.community.louvain_communities(nx.karate_club_graph(), seed=1), "after-use": lambda: _used(nx), "planar": lambda: nx.check_planarity(nx.cycle_graph(4))[1], "mapped": lambda: {"graphs": [weighted, directed], "by": {"x": several}},
    }


def _used(nx):
    graph = nx.path_graph(4)
    graph.nodes, graph.edges, graph.adj, graph.degree  # cached in the instance
    return graph


def igraph():
    import igraph as ig

    graph = ig.Graph([(0, 1), (1, 2), (2, 0)])
    graph.vs["name"] = ["a", "b", "c"]
    graph.es["weight"] = [1.0, 2.0, 3.0]
    return {
        "graph": lambda: graph, "directed": lambda: ig.Graph([(0, 1)], directed=True), "famous": lambda: ig.Graph.Famous("petersen"), "layout": lambda: graph.layout_circle(), "clustering": lambda: graph.community_multilevel(), "cover": lambda: ig.VertexCover(graph, [[0, 1], [1, 2]]), "dendrogram": lambda: graph.community_fastgreedy(), "matrix": lambda: ig.Matrix([[1, 2], [3, 4]]), "histogram": lambda: graph.degree_distribution(), "running-mean": lambda: ig.RunningMean([1, 2, 3]), "components": lambda: graph.connected_components(), "cohesive": lambda: graph.cohesive_blocks(), "unique-ids": lambda: ig.UniqueIdGenerator(),
    }


def python_louvain():
    import community
    import networkx as nx

    graph = nx.karate_club_graph()
    return {
        "partition": lambda: community.best_partition(graph, random_state=1), "dendrogram": lambda: community.generate_dendrogram(graph, random_state=1), "induced": lambda: community.induced_graph(community.best_partition(graph, random_state=1), graph), "status": lambda: _status(graph),
    }


def _status(graph):
    from community.community_status import Status

    status = Status()
    status.init(graph, "weight")
    return status


def treelib():
    from treelib import Node, Tree

    tree = Tree()
    tree.create_node("Harry", "harry")
    tree.create_node("Jane", "jane", parent="harry", data={"age": 3})
    tree.create_node("Bill", "bill", parent="harry")
    return {"tree": lambda: tree, "node": lambda: Node("Tag", "id", data=[1, 2]), "deep": lambda: Tree(tree, deep=True), "empty": lambda: Tree(identifier="t"), "subtree": lambda: tree.subtree("jane"), "list": lambda: [tree.get_node("harry"), tree.get_node("jane")]}


def anytree():
    from anytree import AnyNode, Node, RenderTree, Resolver
    from anytree.node import SymlinkNode
    from anytree.walker import Walker

    root = Node("udo")
    marc = Node("Marc", parent=root, lines=3)
    Node("Lian", parent=marc)
    return {"node": lambda: root, "leaf": lambda: marc, "any-node": lambda: AnyNode(id=1, parent=AnyNode(id=0)), "render": lambda: RenderTree(root), "resolver": lambda: Resolver("name"), "symlink": lambda: SymlinkNode(Node("x")), "walk": lambda: Walker().walk(root, marc)}


def intervaltree():
    from intervaltree import Interval, IntervalTree

    tree = IntervalTree([Interval(1, 5, "a"), Interval(2, 7, "b"), Interval(6, 9)])
    return {"tree": lambda: tree, "interval": lambda: Interval(1, 2, "data"), "list": lambda: sorted(tree), "empty": lambda: IntervalTree(), "dates": lambda: IntervalTree([Interval(datetime.datetime(2020, 1, 1), datetime.datetime(2020, 1, 2))]), "from-tuples": lambda: IntervalTree.from_tuples([(0, 10), (20, 30, "x")]), "node": lambda: tree.top_node}


def shapely():
    import shapely
    from shapely import affinity, geometry, prepared, strtree

    point, square = geometry.Point(1, 2), geometry.box(0, 0, 1, 1)
    return {
        "point": lambda: point, "line": lambda: geometry.LineString([(0, 0), (1, 1)]), "polygon": lambda: geometry.Polygon([(0, 0), (4, 0), (4, 4)], [[(1, 0.5), (2, 0.5), (2, 1)]]), "multi-point": lambda: geometry.MultiPoint([(0, 0), (1, 1)]), "multi-line": lambda: geometry.MultiLineString([[(0, 0), (1, 1)]]), "multi-polygon": lambda: geometry.MultiPolygon([square]), "collection": lambda: geometry.GeometryCollection([point, square]), "ring": lambda: geometry.LinearRing([(0, 0), (1, 0), (1, 1)]),
        "z": lambda: geometry.Point(1, 2, 3), "srid": lambda: shapely.set_srid(point, 4326), "empty": lambda: geometry.Polygon(), "array": lambda: shapely.points([[0, 0], [1, 1]]), "tree": lambda: strtree.STRtree([point, square]), "moved": lambda: affinity.translate(square, 1, 1), "buffer": lambda: point.buffer(1), "dict": lambda: {"zone": square, "places": [point, point]}, "prepared": lambda: prepared.prep(square),
    }


def geopandas():
    import geopandas as gpd
    import pandas as pd
    from shapely.geometry import Point, Polygon

    frame = gpd.GeoDataFrame({"city": ["a", "b"], "n": [1, 2]}, geometry=[Point(0, 0), Point(1, 1)], crs="EPSG:4326")
    return {
        "frame": lambda: frame, "series": lambda: gpd.GeoSeries([Point(0, 0), None]), "series-crs": lambda: frame.geometry, "projected": lambda: frame.to_crs(3857), "polygons": lambda: gpd.GeoDataFrame(geometry=[Polygon([(0, 0), (1, 0), (1, 1)])]), "array": lambda: frame.geometry.values, "no-geometry": lambda: gpd.GeoDataFrame({"a": [1]}), "two": lambda: frame.assign(second=frame.geometry.buffer(0.1)), "index": lambda: _indexed(frame), "mixed": lambda: pd.DataFrame(frame), "by-pickle": (lambda path: frame.to_pickle(path), ".pickle"),
    }


def _indexed(frame):
    frame = frame.set_index("city")
    frame.sindex
    return frame


def pyproj():
    import pyproj

    return {
        "crs": lambda: pyproj.CRS.from_epsg(4326), "crs-3857": lambda: pyproj.CRS("EPSG:3857"), "crs-proj": lambda: pyproj.CRS.from_proj4("+proj=utm +zone=33 +datum=WGS84"), "geod": lambda: pyproj.Geod(ellps="WGS84"), "proj": lambda: pyproj.Proj("EPSG:3857"), "transformer": lambda: pyproj.Transformer.from_crs(4326, 3857), "projected": lambda: pyproj.crs.ProjectedCRS(pyproj.crs.coordinate_operation.UTMConversion(10)), "geographic": lambda: pyproj.crs.GeographicCRS(), "vertical": lambda: pyproj.crs.VerticalCRS("NAVD88 height", "North American Vertical Datum 1988"), "operation": lambda: pyproj.crs.coordinate_operation.MercatorAConversion(), "group": lambda: pyproj.transformer.TransformerGroup(4326, 2964).transformers[:1], "ellipsoid": lambda: pyproj.CRS.from_epsg(4326).ellipsoid, "datum": lambda: pyproj.CRS.from_epsg(4326).datum, "compound": lambda: pyproj.crs.CompoundCRS("a", ["EPSG:4326", "EPSG:5773"]), "enum": lambda: [pyproj.enums.WktVersion.WKT2_2019, pyproj.enums.TransformDirection.FORWARD],
    }


def rasterio():
    import affine
    import rasterio as rio
    from rasterio import coords, crs, enums, profiles, transform, warp, windows

    place = transform.from_origin(10, 20, 1, 1)
    return {
        "affine": lambda: place, "crs": lambda: crs.CRS.from_epsg(4326), "window": lambda: windows.Window(0, 1, 5, 5), "bounds": lambda: coords.BoundingBox(0, 0, 1, 1), "profile": lambda: profiles.DefaultGTiffProfile(count=1, width=4, height=4), "enums": lambda: [enums.Resampling.bilinear, enums.ColorInterp.red, enums.Compression.lzw], "meta": lambda: {"driver": "GTiff", "dtype": "uint8", "crs": crs.CRS.from_string("EPSG:3857"), "transform": affine.Affine.identity(), "nodata": None, "width": 3, "height": 3, "count": 1}, "gcp": lambda: rio.control.GroundControlPoint(1, 2, 3.0, 4.0), "rpc": lambda: rio.rpc.RPC(0, 1, 0, 1, [1.0] * 20, [1.0] * 20, 0, 1, 0, 1, [1.0] * 20, [1.0] * 20), "resampling": lambda: warp.Resampling.nearest,
    }


def trimesh():
    import trimesh as tm

    box = tm.creation.box()
    return {
        "box": lambda: box, "sphere": lambda: tm.creation.icosphere(subdivisions=1), "raw": lambda: tm.Trimesh(vertices=[[0, 0, 0], [1, 0, 0], [0, 1, 0]], faces=[[0, 1, 2]]), "cloud": lambda: tm.PointCloud([[0, 0, 0], [1, 1, 1]]), "scene": lambda: tm.Scene([tm.creation.box()]), "primitive": lambda: tm.primitives.Box(extents=[1, 2, 3]), "path": lambda: tm.load_path([[0, 0], [1, 1]]), "coloured": lambda: _coloured(tm), "material": lambda: tm.visual.material.SimpleMaterial(), "pbr": lambda: tm.visual.material.PBRMaterial(name="m"), "voxel": lambda: box.voxelized(0.5), "transforms": lambda: tm.scene.transforms.SceneGraph(), "used": lambda: _measured(tm),
    }


def _coloured(tm):
    box = tm.creation.box()
    box.visual.vertex_colors = [255, 0, 0, 255]
    return box


def _measured(tm):
    box = tm.creation.box()
    box.volume, box.area, box.face_normals, box.vertex_normals
    return box


def xarray():
    import pandas as pd
    import xarray as xr

    array = xr.DataArray(np.arange(6.0).reshape(2, 3), dims=("x", "y"), coords={"x": [10, 20], "y": ["a", "b", "c"]}, name="t", attrs={"units": "K"})
    times = pd.date_range("2020", periods=3)
    return {
        "array": lambda: array, "dataset": lambda: xr.Dataset({"a": array, "b": ("x", [1, 2])}, attrs={"title": "t"}), "variable": lambda: xr.Variable(("x",), [1, 2], {"k": 1}), "index-variable": lambda: xr.IndexVariable("x", [1, 2, 3]), "times": lambda: xr.DataArray(np.zeros(3), coords={"time": times}, dims="time"), "no-coords": lambda: xr.DataArray([1, 2]), "selected": lambda: array.sel(x=10), "mean": lambda: array.mean("x"), "multi-index": lambda: array.stack(z=("x", "y")), "from-pandas": lambda: xr.Dataset.from_dataframe(pd.DataFrame({"v": [1, 2]}, index=pd.Index([3, 4], name="i"))), "scalar": lambda: xr.DataArray(1.5), "tree": lambda: xr.DataTree(xr.Dataset({"a": 1}), children={"k": xr.DataTree(xr.Dataset({"b": 2}))}), "groupby-result": lambda: xr.DataArray(np.zeros(3), coords={"time": times}, dims="time").groupby("time.month").mean(), "lazy": lambda: array.isel(x=[0]).astype("f4"), "cftime": lambda: xr.DataArray(np.zeros(2), coords={"time": xr.date_range("2000", periods=2, use_cftime=True)}, dims="time"), "encoded": lambda: _encoded(xr, array),
    }


def _encoded(xr, array):
    data = array.to_dataset()
    data["t"].encoding = {"dtype": "float32", "_FillValue": -1.0}
    return data


def cftime():
    import cftime as cf

    return {"%s" % name.lower(): (lambda name=name: getattr(cf, name)(2000, 2, 28, 12)) for name in ("datetime", "DatetimeNoLeap", "Datetime360Day", "DatetimeGregorian", "DatetimeJulian", "DatetimeAllLeap", "DatetimeProlepticGregorian")} | {"many": lambda: cf.num2date([1, 2], "days since 2000-01-01", "noleap"), "real": lambda: cf.real_datetime(2000, 1, 1)}


def astropy():
    from astropy import constants, cosmology, modeling, stats, table, time, timeseries, units, wcs
    from astropy import coordinates as co
    from astropy.convolution import Gaussian1DKernel
    from astropy.io import fits
    from astropy.nddata import CCDData, NDData, StdDevUncertainty

    x = np.linspace(0, 1, 10)
    simple = table.Table({"a": [1, 2], "b": ["x", "y"]}, meta={"k": 1})
    return {
        "quantity": lambda: 3 * units.m, "quantities": lambda: np.arange(3) * units.km / units.s, "unit": lambda: units.m / units.s**2, "units": lambda: [units.m, units.Jy, units.dimensionless_unscaled, units.deg, units.mag], "time": lambda: time.Time("2020-01-01T00:00:00"), "times": lambda: time.Time([2450000.5, 2450001.5], format="jd"), "delta": lambda: time.TimeDelta(3600, format="sec"), "coordinates": lambda: co.SkyCoord(10 * units.deg, 20 * units.deg), "galactic": lambda: co.SkyCoord([1, 2], [3, 4], unit="deg", frame="galactic"), "angle": lambda: co.Angle("1d30m"), "location": lambda: co.EarthLocation.from_geodetic(0, 50),
        "table": lambda: simple, "qtable": lambda: table.QTable({"a": [1, 2] * units.m}), "masked-table": lambda: table.Table({"a": [1, 2]}, masked=True), "row": lambda: table.Table({"a": [1]}), "wcs": lambda: wcs.WCS(naxis=2), "model": lambda: modeling.models.Gaussian1D(1, 0.5, 0.1), "compound": lambda: modeling.models.Gaussian1D(1, 0.5, 0.1) + modeling.models.Const1D(1), "fitted": lambda: modeling.fitting.LinearLSQFitter()(modeling.models.Linear1D(), x, 2 * x), "nddata": lambda: NDData(np.ones(3), unit="m", uncertainty=StdDevUncertainty(np.ones(3))), "ccd": lambda: CCDData(np.ones((2, 2)), unit="adu"), "cosmology": lambda: cosmology.FlatLambdaCDM(H0=70, Om0=0.3), "planck": lambda: cosmology.Planck18, "constant": lambda: constants.c, "series": lambda: timeseries.TimeSeries(time_start="2020-01-01", time_delta=1 * units.s, n_samples=2), "header": lambda: fits.Header([("A", 1, "c")]), "hdu": lambda: fits.PrimaryHDU(np.ones((2, 2))), "kernel": lambda: Gaussian1DKernel(2), "clip": lambda: stats.SigmaClip(3), "masked-quantity": lambda: __import__("astropy.utils.masked", fromlist=["Masked"]).Masked([1, 2] * units.m, mask=[True, False]), "log": lambda: 3 * units.mag,
    }
