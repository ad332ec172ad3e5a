"""Tables, times, containers and settings: polars, pyarrow, dask, ray, pydantic, dateutil, pytz, pendulum, containers, settings and joblib's cache."""

import datetime
import os

import numpy as np


def build(store, options):
    store.each("tools", [polars, pyarrow, dask, ray, pydantic, attrs, python_dateutil, pytz, pendulum, arrow, bitarray, sortedcontainers, frozendict, pyrsistent, boltons, cachetools, addict, munch, python_box, joblib, omegaconf, easydict, yacs, ml_collections, requests, multidict, yarl, regex, lark, sqlalchemy, anndata, deap, uncertainties, bidict, immutabledict, ordered_set, toolz, rich, prettytable])


def polars():
    import polars as pl

    frame = pl.DataFrame({"a": [1, 2, None], "b": ["x", "y", None], "c": [1.5, 2.5, 3.5], "d": [datetime.date(2020, 1, 1)] * 3})
    return {"frame": lambda: frame, "series": lambda: pl.Series("s", [1, 2, 3]), "lazy": lambda: frame.lazy(), "expression": lambda: pl.col("a") + 1, "types": lambda: [pl.Int64, pl.Datetime("us"), pl.List(pl.Utf8), pl.Categorical()], "schema": lambda: frame.schema, "categories": lambda: pl.Series(["a", "b"], dtype=pl.Categorical), "nested": lambda: pl.DataFrame({"l": [[1], [2, 3]], "s": [{"k": 1}, {"k": 2}]}), "dictionary": lambda: {"train": frame, "n": 1}, "enum": lambda: pl.Series(["a"], dtype=pl.Enum(["a", "b"])), "empty": lambda: pl.DataFrame(), "selector": lambda: pl.selectors.numeric()}


def pyarrow():
    import pyarrow as pa

    table = pa.table({"a": [1, 2, None], "b": ["x", "y", None]})
    return {"table": lambda: table, "array": lambda: pa.array([1, 2, None]), "strings": lambda: pa.array(["a", None]), "chunked": lambda: pa.chunked_array([[1], [2]]), "batch": lambda: pa.record_batch({"a": [1]}), "schema": lambda: pa.schema([("a", pa.int64()), ("b", pa.list_(pa.string()))], metadata={"k": "v"}), "types": lambda: [pa.int8(), pa.timestamp("us", "UTC"), pa.decimal128(5, 2), pa.struct([("a", pa.int32())]), pa.dictionary(pa.int8(), pa.string())], "field": lambda: pa.field("a", pa.float32(), nullable=False), "scalar": lambda: pa.scalar(3), "buffer": lambda: pa.py_buffer(b"abc"), "tensor": lambda: pa.Tensor.from_numpy(np.ones((2, 2))), "dictionary": lambda: pa.array(["a", "b", "a"]).dictionary_encode(), "nested": lambda: pa.array([[1], [2, 3]]), "expression": lambda: __import__("pyarrow.compute", fromlist=["x"]).field("a") > 1, "options": lambda: __import__("pyarrow.csv", fromlist=["x"]).ReadOptions(), "filesystem": lambda: __import__("pyarrow.fs", fromlist=["x"]).LocalFileSystem(), "structs": lambda: pa.array([{"a": 1}])}


def dask():
    import dask as da
    import dask.array
    import dask.bag
    import dask.dataframe
    import pandas as pd

    frame = pd.DataFrame({"a": [1, 2, 3, 4], "b": list("xyxy")})
    return {"array": lambda: dask.array.ones((4, 4), chunks=2), "sum": lambda: dask.array.ones(4, chunks=2).sum(), "from-numpy": lambda: dask.array.from_array(np.arange(6), chunks=3), "bag": lambda: dask.bag.from_sequence([1, 2, 3], npartitions=1), "frame": lambda: dask.dataframe.from_pandas(frame, npartitions=2), "grouped": lambda: dask.dataframe.from_pandas(frame, npartitions=1).groupby("b").a.sum(), "delayed": lambda: da.delayed(sum)([1, 2]), "series": lambda: dask.dataframe.from_pandas(frame, npartitions=1).a, "computed": lambda: dask.array.ones((4, 4), chunks=2).compute(), "graph": lambda: dict(dask.array.ones(2, chunks=1).dask)}


def ray():
    from ray import cloudpickle

    values = {"plain": {"a": [1, 2]}, "array": np.arange(6.0).reshape(2, 3), "frame": __import__("pandas").DataFrame({"a": [1]}), "params": {"lr": 0.1, "layers": (2, 3)}, "state": {"iteration": 3, "time": datetime.datetime(2020, 1, 1), "weights": {"w": np.ones(3, "f4")}}}

    def dumped(name):
        def write(path):
            with open(path, "wb") as out:
                cloudpickle.dump(values[name], out)

        return write

    made = {"cloud-" + name: (dumped(name), ".pkl") for name in values}
    from ray.train import Checkpoint, RunConfig, ScalingConfig

    made.update({"checkpoint": lambda: Checkpoint("/tmp/checkpoint"), "scaling": lambda: ScalingConfig(num_workers=2), "run": lambda: RunConfig(name="r", storage_path="/tmp/results")})
    return made


def pydantic():
    import pydantic as py
    from pydantic import networks, types

    return {"url": lambda: networks.AnyUrl("https://example.org/a?b=1"), "secret": lambda: py.SecretStr("x"), "secret-bytes": lambda: py.SecretBytes(b"x"), "byte-size": lambda: types.ByteSize(1024), "name-email": lambda: py.NameEmail("a", "a@example.org"), "core-url": lambda: __import__("pydantic_core").Url("https://example.org"), "made": lambda: py.HttpUrl("http://example.org"), "field": lambda: py.fields.FieldInfo(annotation=int, default=1), "secret-value": lambda: py.Secret(3), "configuration": lambda: py.ConfigDict(extra="forbid"), "missing": lambda: __import__("pydantic_core").PydanticUndefined, "datetime-zone": lambda: __import__("pydantic_core").TzInfo(3600)}


def attrs():
    import attr

    return {"nothing": lambda: attr.NOTHING, "factory": lambda: attr.Factory(list), "validators": lambda: [attr.validators.instance_of(int), attr.validators.in_([1, 2]), attr.validators.optional(attr.validators.instance_of(str))], "greater": lambda: attr.validators.gt(3), "lengths": lambda: attr.validators.max_len(4), "and": lambda: attr.validators.and_(attr.validators.ge(1), attr.validators.lt(5)), "regular": lambda: attr.validators.matches_re("a+"), "converter": lambda: attr.Converter(int), "version": lambda: attr._version_info.VersionInfo(1, 2, 3, "final"), "fields": lambda: attr.fields(attr._version_info.VersionInfo), "filters": lambda: attr.validators.deep_iterable(attr.validators.instance_of(int))}


def python_dateutil():
    from dateutil import easter, parser, relativedelta, rrule, tz

    return {"delta": lambda: relativedelta.relativedelta(months=1, weekday=relativedelta.MO(1)), "weekday": lambda: relativedelta.FR(-1), "utc": lambda: tz.UTC, "offset": lambda: tz.tzoffset("X", 3600), "local": lambda: tz.tzlocal(), "zone": lambda: tz.gettz("Europe/Berlin"), "parsed": lambda: parser.parse("2020-01-01T00:00:00+02:00"), "aware": lambda: datetime.datetime(2020, 1, 1, tzinfo=tz.gettz("America/New_York")), "rule": lambda: rrule.rrule(rrule.DAILY, count=3, dtstart=datetime.datetime(2020, 1, 1)), "rule-dates": lambda: list(rrule.rrule(rrule.WEEKLY, count=2, dtstart=datetime.datetime(2020, 1, 1))), "range": lambda: tz.tzstr("EST5EDT"), "easter": lambda: easter.easter(2020), "rule-weekday": lambda: rrule.MO(2), "set": lambda: _rules(rrule), "info": lambda: parser.parserinfo()}


def _rules(rrule):
    made = rrule.rruleset()
    made.rrule(rrule.rrule(rrule.DAILY, count=3, dtstart=datetime.datetime(2020, 1, 1)))
    made.exdate(datetime.datetime(2020, 1, 2))
    return made


def pytz():
    import pytz as pz

    return {"utc": lambda: pz.UTC, "zone": lambda: pz.timezone("Europe/Berlin"), "fixed": lambda: pz.FixedOffset(60), "aware": lambda: pz.timezone("US/Eastern").localize(datetime.datetime(2020, 7, 1)), "static": lambda: pz.timezone("Etc/GMT+3"), "several": lambda: [pz.timezone(n) for n in ("Asia/Tokyo", "Africa/Cairo", "UTC")], "converted": lambda: datetime.datetime(2020, 1, 1, tzinfo=pz.UTC).astimezone(pz.timezone("Asia/Kolkata")), "many": lambda: {"a": [pz.timezone("Europe/Paris").localize(datetime.datetime(2020, m, 1)) for m in (1, 7)]}}


def pendulum():
    import pendulum as pe

    return {"datetime": lambda: pe.datetime(2020, 1, 1), "zoned": lambda: pe.datetime(2020, 7, 1, tz="Europe/Paris"), "date": lambda: pe.date(2020, 1, 1), "time": lambda: pe.time(12), "duration": lambda: pe.duration(days=3, months=1), "interval": lambda: pe.interval(pe.datetime(2020, 1, 1), pe.datetime(2020, 2, 1)), "timezone": lambda: pe.timezone("Asia/Tokyo"), "fixed": lambda: pe.FixedTimezone(3600), "parsed": lambda: pe.parse("2020-01-01T10:00:00+02:00"), "list": lambda: {"at": [pe.datetime(2020, 1, d) for d in (1, 2)]}, "naive": lambda: pe.naive(2020, 1, 1), "absolute": lambda: pe.date(2020, 1, 1) - pe.date(2019, 1, 1)}


def arrow():
    import arrow as ar

    return {"utc": lambda: ar.get(2020, 1, 1), "zoned": lambda: ar.get(2020, 1, 1, tzinfo="Europe/Berlin"), "parsed": lambda: ar.get("2020-01-01T00:00:00+02:00"), "list": lambda: [ar.get(0), ar.get(1e9)], "range": lambda: list(ar.Arrow.range("day", datetime.datetime(2020, 1, 1), datetime.datetime(2020, 1, 3))), "factory": lambda: ar.ArrowFactory(), "dictionary": lambda: {"at": ar.get(2020, 5, 5)}, "shifted": lambda: ar.get(2020, 1, 1).shift(months=1).to("US/Pacific")}


def bitarray():
    import bitarray as bi
    from bitarray import util

    return {"bits": lambda: bi.bitarray("0110"), "little": lambda: bi.bitarray("10110", endian="little"), "frozen": lambda: bi.frozenbitarray("01"), "tree": lambda: bi.decodetree({"a": bi.bitarray("0"), "b": bi.bitarray("1")}), "zeros": lambda: util.zeros(20), "code": lambda: util.huffman_code({"a": 1, "b": 2, "c": 3}), "empty": lambda: bi.bitarray(), "list": lambda: [util.ones(8), util.int2ba(5)], "dictionary": lambda: {bi.frozenbitarray("1"): bi.bitarray("11")}}


def sortedcontainers():
    import operator

    import sortedcontainers as so

    return {"list": lambda: so.SortedList([3, 1, 2]), "key-list": lambda: so.SortedKeyList([3, 1, 2], key=operator.neg), "dict": lambda: so.SortedDict(b=1, a=2), "key-dict": lambda: so.SortedDict(operator.neg, {1: "a", 2: "b"}), "set": lambda: so.SortedSet([3, 1]), "key-set": lambda: so.SortedSet([3, 1], key=operator.neg), "views": lambda: list(so.SortedDict(a=1).keys()), "large": lambda: so.SortedList(range(3000)), "nested": lambda: so.SortedDict({1: so.SortedList([1])}), "text": lambda: so.SortedKeyList(["b", "A"], key=str.lower), "empty": lambda: so.SortedList()}


def frozendict():
    from frozendict import deepfreeze
    from frozendict import frozendict as fd

    return {"dict": lambda: fd(a=1, b=2), "nested": lambda: fd({"a": fd({"b": [1]})}), "empty": lambda: fd(), "frozen": lambda: deepfreeze({"a": [1, {"b": 2}]}), "keyed": lambda: {fd(a=1): 2}, "list": lambda: [fd({1: 2}), fd({(1, 2): None})], "set": lambda: {fd(a=1)}, "items": lambda: fd(zip("abc", range(3)))}


def pyrsistent():
    import pyrsistent as py

    return {"vector": lambda: py.v(1, 2, 3), "map": lambda: py.m(a=1, b=2), "set": lambda: py.s(1, 2), "bag": lambda: py.b(1, 1, 2), "list": lambda: py.l(1, 2), "deque": lambda: py.dq(1, 2), "nested": lambda: py.freeze({"a": [1, {"b": 2}]}), "long": lambda: py.pvector(range(100)), "checked": lambda: py.pset([py.v(1), py.m(a=1)]), "big-map": lambda: py.pmap({i: str(i) for i in range(50)}), "empty": lambda: [py.v(), py.m(), py.s()]}


def boltons():
    from boltons import cacheutils, dictutils, iterutils, listutils, mathutils, namedutils, queueutils, setutils, statsutils, strutils, tableutils, timeutils, urlutils

    return {"multi-dict": lambda: dictutils.OrderedMultiDict([("a", 1), ("a", 2)]), "many": lambda: dictutils.ManyToMany({1: 2}), "frozen": lambda: dictutils.FrozenDict(a=1), "indexed-set": lambda: setutils.IndexedSet([3, 1, 2]), "complement": lambda: setutils.complement({1}), "stats": lambda: statsutils.Stats([1, 2, 3]), "table": lambda: tableutils.Table([[1, 2]], headers=["a", "b"]), "url": lambda: urlutils.URL("https://example.org/a?b=1"), "cache": lambda: cacheutils.LRU(3), "lri": lambda: cacheutils.LRI(3), "bits": lambda: mathutils.Bits("0101"), "queue": lambda: queueutils.HeapPriorityQueue(), "utc": lambda: timeutils.UTC, "missing": lambda: iterutils.GUIDerator(size=12), "text": lambda: strutils.MultiReplace({"a": "b"}), "splay": lambda: listutils.SplayList([1, 2]), "counter": lambda: cacheutils.ThresholdCounter(0.1), "minid": lambda: cacheutils.MinIDMap(), "named": lambda: namedutils.namedlist}


def cachetools():
    import cachetools as ca
    from cachetools import keys

    def filled(cache):
        cache["a"], cache[1] = 1, "b"
        return cache

    return {"lru": lambda: filled(ca.LRUCache(4)), "lfu": lambda: filled(ca.LFUCache(4)), "fifo": lambda: filled(ca.FIFOCache(4)), "rr": lambda: filled(ca.RRCache(4)), "ttl": lambda: filled(ca.TTLCache(4, 1000)), "plain": lambda: filled(ca.Cache(4)), "key": lambda: keys.hashkey(1, a=2), "keyed": lambda: _keyed(ca, keys), "tlru": lambda: ca.TLRUCache(4, max), "sized": lambda: ca.LRUCache(10, getsizeof=len)}


def _keyed(ca, keys):
    cache = ca.LRUCache(4)
    cache[keys.hashkey("a", 1)] = 2
    cache[keys.typedkey("a", 1)] = 2
    return cache


def addict():
    from addict import Dict

    deep = Dict()
    deep.a.b.c = 1
    return {"dict": lambda: Dict(a=1), "deep": lambda: deep, "list": lambda: Dict({"a": [{"b": 1}]}), "empty": lambda: Dict(), "frozen": lambda: _frozen(Dict), "configuration": lambda: Dict({"lr": 0.1, "model": {"layers": [1, 2]}}), "in-list": lambda: [Dict(a=1), Dict(b=2)], "tuple-keys": lambda: Dict({(1, 2): {"x": None}})}


def _frozen(Dict):
    made = Dict(a=1)
    made.freeze()
    return made


def munch():
    import munch as mu

    return {"munch": lambda: mu.Munch(a=1, b=mu.Munch(c=2)), "munchify": lambda: mu.munchify({"a": [{"b": 1}]}), "default": lambda: mu.DefaultMunch(None, a=1), "factory": lambda: mu.DefaultFactoryMunch(list, a=[1]), "auto": lambda: mu.AutoMunch(a={"b": 1}), "empty": lambda: mu.Munch(), "list": lambda: [mu.Munch(a=1)], "recursive": lambda: mu.RecursiveMunch() if hasattr(mu, "RecursiveMunch") else None, "undefined": lambda: mu.DefaultMunch(mu.Munch(), a=mu.Munch(x=1))}


def python_box():
    import box

    return {"box": lambda: box.Box(a=1, b={"c": [1, {"d": 2}]}), "default": lambda: box.Box(a=1, default_box=True), "list": lambda: box.BoxList([1, {"a": 2}]), "frozen": lambda: box.Box({"a": 1}, frozen_box=True), "dots": lambda: box.Box({"a": {"b": 1}}, box_dots=True), "configuration": lambda: box.ConfigBox({"a": "1", "b": "yes"}), "shorthand": lambda: box.SBox(a=1), "empty": lambda: box.Box(), "camel": lambda: box.Box({"CamelKey": 1}, camel_killer_box=True), "set": lambda: [box.Box(a=1), box.Box(b=box.Box(c=2))], "ordered": lambda: box.DDBox(a=1) if hasattr(box, "DDBox") else None}


def joblib():
    """What Memory keeps of a call: output.pkl."""
    import tempfile

    import joblib as jo

    def cached(function, *given, **options):
        def write(path):
            with tempfile.TemporaryDirectory() as folder:
                jo.Memory(folder, verbose=0, **options).cache(function)(*given)
                for root, _, names in os.walk(folder):
                    if "output.pkl" in names:
                        with open(os.path.join(root, "output.pkl"), "rb") as source, open(path, "wb") as out:
                            out.write(source.read())

        return write

    import pandas as pd
    from sklearn.datasets import load_iris, make_classification

    square = np.arange(9.0).reshape(3, 3) + np.eye(3)
    return {"svd/output": (cached(np.linalg.svd, square), ".pkl"), "iris/output": (cached(load_iris), ".pkl"), "classification/output": (cached(make_classification, 20, 4), ".pkl"), "sorted/output": (cached(np.sort, square), ".pkl"), "compressed/output": (cached(np.linalg.inv, square, compress=True), ".pkl"), "frame/output": (cached(pd.DataFrame, {"a": [1, 2]}), ".pkl"), "statistics/output": (cached(__import__("scipy.stats", fromlist=["x"]).linregress, [1, 2, 3], [2, 4, 7]), ".pkl"), "levels/output": (cached(np.linalg.eigh, square, compress=9), ".pkl"), "memory": lambda: jo.Memory(None), "delayed": lambda: jo.delayed(max)(1, 2), "parallel": lambda: jo.Parallel(n_jobs=1), "stored": lambda: jo.memory.NotMemorizedResult([1])}


def omegaconf():
    from omegaconf import DictConfig, ListConfig, OmegaConf

    return {"dict": lambda: OmegaConf.create({"lr": 0.1, "model": {"layers": [1, 2], "name": "x"}}), "list": lambda: OmegaConf.create([1, {"a": 2}]), "interpolated": lambda: OmegaConf.create({"a": 1, "b": "${a}"}), "missing": lambda: OmegaConf.create({"a": "???"}), "readonly": lambda: _readonly(OmegaConf), "dict.pt": lambda: {"cfg": OmegaConf.create({"a": {"b": [1]}}), "epoch": 1}, "empty": lambda: DictConfig({}), "list-configuration": lambda: ListConfig([1, "a", None]), "flags": lambda: OmegaConf.create({"a": 1}, flags={"allow_objects": True}), "merged": lambda: OmegaConf.merge({"a": 1}, {"b": {"c": True}})}


def _readonly(OmegaConf):
    made = OmegaConf.create({"a": 1})
    OmegaConf.set_readonly(made, True)
    OmegaConf.set_struct(made, True)
    return made


def easydict():
    from easydict import EasyDict

    return {"dict": lambda: EasyDict(a=1), "nested": lambda: EasyDict({"a": {"b": [1, {"c": 2}]}}), "empty": lambda: EasyDict(), "checkpoint.pt": lambda: {"cfg": EasyDict(lr=0.1), "epoch": 1}, "list": lambda: [EasyDict(a=1)]}


def yacs():
    from yacs.config import CfgNode

    def node():
        made = CfgNode({"LR": 0.1, "MODEL": CfgNode({"NAME": "r", "LAYERS": [1, 2]})})
        made.freeze()
        return made

    return {"node": lambda: CfgNode({"A": 1}), "frozen": node, "nested": lambda: CfgNode({"A": {"B": (1, 2)}}), "checkpoint.pt": lambda: {"cfg": node(), "epoch": 1}, "new": lambda: CfgNode(new_allowed=True)}


def ml_collections():
    import ml_collections as ml

    return {"dict": lambda: ml.ConfigDict({"a": 1, "b": {"c": 2}}), "frozen": lambda: ml.FrozenConfigDict({"a": [1, 2]}), "reference": lambda: ml.ConfigDict({"a": ml.FieldReference(3)}), "locked": lambda: ml.ConfigDict({"a": 1}).lock(), "placeholder": lambda: ml.ConfigDict({"a": ml.config_dict.placeholder(int)})}


def requests():
    import requests as re

    def answer():
        made = re.Response()
        made.status_code, made.url, made._content, made.encoding = 200, "https://example.org/", b"{}", "utf-8"
        made.headers["Content-Type"] = "application/json"
        made.request = re.Request("GET", "https://example.org/").prepare()
        return made

    def session():
        made = re.Session()
        made.headers.update({"X-A": "b"})
        made.cookies.set("a", "b", domain="example.org")
        return made

    return {"response": answer, "cookies": lambda: session().cookies, "session": session, "request": lambda: re.Request("GET", "https://example.org/", params={"a": 1}), "prepared": lambda: re.Request("POST", "https://example.org/", data=b"x").prepare(), "headers": lambda: re.structures.CaseInsensitiveDict(A="b"), "error": lambda: re.HTTPError("404"), "authorisation": lambda: re.auth.HTTPBasicAuth("a", "b"), "adapter": lambda: re.adapters.HTTPAdapter(max_retries=3), "timeout-error": lambda: re.exceptions.ConnectTimeout("slow")}


def multidict():
    import multidict as mu

    return {"dict": lambda: mu.MultiDict([("a", 1), ("a", 2)]), "ci": lambda: mu.CIMultiDict(A="b"), "text": lambda: mu.istr("A"), "empty": lambda: mu.MultiDict(), "proxy": lambda: mu.MultiDictProxy(mu.MultiDict(a=1))}


def yarl():
    from yarl import URL

    return {"url": lambda: URL("https://user@example.org:8080/a/b?c=d#e"), "relative": lambda: URL("/a?b=1"), "list": lambda: [URL("http://example.org"), URL("")], "built": lambda: URL.build(scheme="https", host="example.org", query={"a": "b"})}


def regex():
    import regex as re

    return {"pattern": lambda: re.compile(r"\p{L}+"), "flags": lambda: re.compile("a(?P<n>b)", re.I | re.M), "named": lambda: re.compile(r"\L<words>", words=["a", "b"]), "bytes": lambda: re.compile(rb"a+"), "dictionary": lambda: {"token": re.compile(r"\w+|\s")}}


def lark():
    import lark as la

    parser = la.Lark('start: "a" B\nB: /b+/', parser="lalr")
    return {"tree": lambda: parser.parse("abb"), "token": lambda: la.Token("B", "b", 0, 1, 1), "parser-earley": lambda: la.Lark('start: "a"'), "parser": lambda: parser, "meta": lambda: la.Tree("a", [la.Token("X", "1")]), "saved": (lambda path: _save_lark(parser, path), ".pkl"), "error": lambda: la.exceptions.LarkError("x")}


def _save_lark(parser, path):
    with open(path, "wb") as out:
        parser.save(out)


def sqlalchemy():
    import sqlalchemy as sa

    engine = sa.create_engine("sqlite://")
    meta = sa.MetaData()
    table = sa.Table("t", meta, sa.Column("a", sa.Integer, primary_key=True), sa.Column("b", sa.String(10)))

    def rows():
        with engine.connect() as connection:
            return connection.execute(sa.select(sa.literal(1).label("x"), sa.literal("a").label("y"))).fetchall()

    return {"rows": rows, "row": lambda: rows()[0], "metadata": lambda: meta, "types": lambda: [sa.Integer(), sa.String(10), sa.DateTime(timezone=True), sa.Numeric(10, 2), sa.JSON(), sa.LargeBinary()], "url": lambda: sa.make_url("sqlite:///x.db"), "select": lambda: sa.select(table).where(table.c.a > 1), "column": lambda: sa.Column("x", sa.Float), "text": lambda: sa.text("select :a"), "mappings": lambda: [dict(row._mapping) for row in rows()], "quoted": lambda: sa.sql.elements.quoted_name("a", True), "types-pickle": lambda: sa.PickleType()}


def anndata():
    import anndata as an
    import pandas as pd

    data = an.AnnData(np.ones((3, 2), "f4"), obs=pd.DataFrame({"k": list("abc")}, index=list("xyz")), uns={"a": 1})
    return {"data": lambda: data, "sparse": lambda: an.AnnData(__import__("scipy.sparse", fromlist=["x"]).csr_matrix(np.eye(3))), "layers": lambda: an.AnnData(np.ones((2, 2)), layers={"raw": np.zeros((2, 2))}, obsm={"pca": np.ones((2, 1))}), "view": lambda: data[:2].copy(), "empty": lambda: an.AnnData()}


def deap():
    from deap import base, gp, tools

    return {"fitness": lambda: base.Fitness, "statistics": lambda: tools.Statistics(len), "logbook": _logbook, "hall": lambda: tools.HallOfFame(3), "primitives": lambda: gp.Primitive("add", [float, float], float), "toolbox": lambda: base.Toolbox(), "front": lambda: tools.ParetoFront(), "history": lambda: tools.History()}


def _logbook():
    from deap import tools

    made = tools.Logbook()
    made.header = ["gen", "max"]
    made.record(gen=0, max=1.0)
    return made


def uncertainties():
    import uncertainties as un

    x = un.ufloat(1.0, 0.1)
    return {"number": lambda: x, "product": lambda: x * un.ufloat(2, 0.2), "tagged": lambda: un.ufloat(1, 0.1, "t"), "array": lambda: np.array([x, 2 * x]), "list": lambda: [x, x + 1]}


def bidict():
    import bidict as bi

    return {"bidict": lambda: bi.bidict(a=1), "frozen": lambda: bi.frozenbidict(a=1), "ordered": lambda: bi.OrderedBidict([("a", 1), ("b", 2)]), "inverse": lambda: bi.bidict(a=1).inverse, "empty": lambda: bi.bidict()}


def immutabledict():
    from immutabledict import immutabledict as im

    return {"dict": lambda: im(a=1), "nested": lambda: im(a=im(b=[1])), "empty": lambda: im()}


def ordered_set():
    from ordered_set import OrderedSet

    return {"set": lambda: OrderedSet([3, 1, 2]), "empty": lambda: OrderedSet(), "text": lambda: OrderedSet("abc")}


def toolz():
    import toolz as to

    return {"curried": lambda: to.curried.get(0), "compose": lambda: to.compose(len, str), "curry": lambda: to.curry(max), "juxt": lambda: to.juxt(min, max), "complement": lambda: to.complement(bool)}


def rich():
    from rich import style, table, text

    return {"text": lambda: text.Text("a", style="bold"), "style": lambda: style.Style(color="red"), "table": lambda: table.Table("a", "b")}


def prettytable():
    from prettytable import PrettyTable

    return {"table": lambda: _filled(PrettyTable(["a", "b"]))}


def _filled(table):
    table.add_row([1, 2])
    return table
