"""pandas: frames and series of every dtype and kind of index, by to_pickle with each compression, pickle and joblib."""

import datetime
import decimal
import itertools

import numpy as np
import pandas as pd


def dtypes():
    names = "int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 bool object complex128 Int8 Int16 Int32 Int64 UInt8 UInt16 UInt32 UInt64 Float32 Float64 boolean string category Sparse[int] Sparse[float]".split()
    names += ["string[python]", "string[pyarrow]", "str"] + [kind + "[pyarrow]" for kind in "int8 int64 uint8 float double bool string binary date32[day] timestamp[ns] timestamp[us,tz=UTC] time64[us] duration[ns] decimal128(10,2)".split()]
    for name in names:
        if "[pyarrow]" in name and name not in ("string[pyarrow]",):
            yield name, lambda name=name: pd.Series([None, None] if "(" in name or "binary" in name or "time" in name or "date" in name or "dur" in name else [1, 0] if "str" not in name else ["a", None], dtype=name)
        elif name in ("string", "category", "string[python]", "string[pyarrow]", "str"):
            yield name, lambda name=name: pd.Series(["a", "b", None], dtype=name)
        else:
            yield name, lambda name=name: pd.Series([1, 0, 1]).astype(name)


def series():
    makers = dict(dtypes())
    makers.update({
        "datetime": lambda: pd.Series(pd.date_range("2020", periods=3)), "datetime-tz": lambda: pd.Series(pd.date_range("2020", periods=3, tz="Europe/Paris")), "datetime-utc": lambda: pd.Series(pd.date_range("2020", periods=3, tz="UTC")),
        "datetime-offset": lambda: pd.Series(pd.DatetimeIndex(["2020-01-01"]).tz_localize(datetime.timezone(datetime.timedelta(hours=2)))), "datetime-seconds": lambda: pd.Series(np.array(["2020-01-01"], dtype="M8[s]")),
        "timedelta": lambda: pd.Series(pd.to_timedelta([1, 2], unit="s")), "period": lambda: pd.Series(pd.period_range("2020-01", periods=3, freq="M")), "interval": lambda: pd.Series(pd.interval_range(0, 3)),
        "categorical-ordered": lambda: pd.Series(pd.Categorical(["a", "b"], categories=["b", "a"], ordered=True)), "categorical-ints": lambda: pd.Series(pd.Categorical([1, 2])),
        "nullable": lambda: pd.Series([1, None], dtype="Int64"), "mixed": lambda: pd.Series([1, "a", None, 2.5, pd.Timestamp("2020"), decimal.Decimal("1.5"), [1]]),
        "named": lambda: pd.Series([1.0], index=["x"], name="a"), "sparse-block": lambda: pd.Series(pd.arrays.SparseArray([0.0, 0.0, 1.0], kind="block")), "nat": lambda: pd.Series([pd.NaT, pd.Timestamp("2020")]),
    })
    return makers


def indexes():
    return {
        "range": lambda: pd.RangeIndex(3), "int": lambda: pd.Index([3, 1, 2]), "uint": lambda: pd.Index([1, 2, 3], dtype="uint64"), "float": lambda: pd.Index([1.0, 2.0, 3.5]), "text": lambda: pd.Index(["a", "b", "c"], name="key"),
        "bool": lambda: pd.Index([True, False, True]), "object": lambda: pd.Index([1, "a", None], dtype=object), "datetime": lambda: pd.date_range("2020", periods=3, freq="D"), "datetime-tz": lambda: pd.date_range("2020", periods=3, tz="Asia/Tokyo"), "datetime-none": lambda: pd.DatetimeIndex(["2020", "2022", "2021"]),
        "timedelta": lambda: pd.timedelta_range("1s", periods=3), "period": lambda: pd.period_range("2020-01", periods=3, freq="M"), "period-week": lambda: pd.period_range("2020-01", periods=3, freq="W-SUN"), "interval": lambda: pd.interval_range(0, 3), "interval-dates": lambda: pd.interval_range(pd.Timestamp("2020-01-01"), periods=3),
        "category": lambda: pd.CategoricalIndex(["a", "b", "a"]), "multi": lambda: pd.MultiIndex.from_product([["a"], [1, 2, 3]], names=["k", "n"]), "multi-dates": lambda: pd.MultiIndex.from_arrays([pd.date_range("2020", periods=3), ["a", "b", "c"]]), "arrow": lambda: pd.Index(["a", "b", "c"], dtype="string[pyarrow]"), "nullable": lambda: pd.Index([1, 2, 3], dtype="Int64"),
    }


def frames():
    mixed = pd.DataFrame({"i": [1, 2, 3], "f": [0.5, None, 2.0], "s": ["a", None, "c"], "b": [True, False, True], "t": pd.date_range("2020", periods=3), "c": pd.Categorical(["x", "y", "x"])})
    return {
        "mixed": lambda: mixed, "empty": lambda: pd.DataFrame(), "columns-multi": lambda: pd.DataFrame(np.ones((2, 2)), columns=pd.MultiIndex.from_tuples([("a", 1), ("a", 2)])), "wide": lambda: pd.DataFrame(np.arange(60).reshape(3, 20)),
        "duplicate-columns": lambda: pd.DataFrame([[1, 2]], columns=["a", "a"]), "transposed": lambda: mixed.T, "grouped-sum": lambda: mixed.groupby("s").sum(numeric_only=True) if int(pd.__version__.split(".")[0]) >= 1 else mixed.groupby("s").sum(), "described": lambda: mixed.describe(),
        "pivot": lambda: mixed.pivot_table(index="s", columns="c", values="f"), "dummies": lambda: pd.get_dummies(mixed["c"]), "resampled": lambda: mixed.set_index("t")[["f"]].resample("D").mean(), "attrs": lambda: _with_attrs(mixed.copy()), "nested-frames": lambda: {"train": mixed, "test": [mixed, mixed["i"]]},
        "cut": lambda: pd.cut(pd.Series([1, 5, 9]), 3), "qcut": lambda: pd.qcut(pd.Series(range(9)), 3), "sparse-frame": lambda: pd.DataFrame({"a": pd.arrays.SparseArray([0, 1])}), "converted": lambda: mixed.convert_dtypes(), "dtypes": lambda: mixed.dtypes,
    }


def _with_attrs(frame):
    frame.attrs["source"] = "made"
    return frame


def scalars():
    return {
        "timestamps": lambda: [pd.Timestamp("2020"), pd.Timestamp("2020", tz="UTC"), pd.Timestamp("2020", tz="Europe/Paris"), pd.NaT], "timedeltas": lambda: [pd.Timedelta("1s"), pd.Timedelta(days=2)], "periods": lambda: [pd.Period("2020-01", "M"), pd.Period("2020", "D")],
        "intervals": lambda: [pd.Interval(0, 1), pd.Interval(0.5, 1.5, closed="both")], "na": lambda: pd.NA, "offsets": lambda: [pd.offsets.Day(2), pd.offsets.MonthEnd(), pd.offsets.BDay(), pd.offsets.Hour(), pd.offsets.Week(weekday=1), pd.offsets.QuarterEnd(), pd.offsets.YearBegin(), pd.DateOffset(months=1)],
        "custom-offsets": lambda: [pd.offsets.CustomBusinessDay(holidays=["2020-01-01"]), pd.offsets.BusinessHour()], "grouper": lambda: pd.Grouper(key="a", freq="D"), "dtypes": lambda: [pd.CategoricalDtype(["a"]), pd.Int64Dtype(), pd.StringDtype(), pd.DatetimeTZDtype("ns", "UTC"), pd.PeriodDtype("M"), pd.IntervalDtype("int64"), pd.SparseDtype("float64"), pd.BooleanDtype()],
        "named-agg": lambda: pd.NamedAgg("a", "sum"), "arrays": lambda: [pd.array([1, None], dtype="Int64"), pd.array(["a"], dtype="string"), pd.Categorical(["a"]), pd.array([True, None], dtype="boolean")],
    }


COMPRESSIONS = {"gzip": ".gz", "bz2": ".bz2", "xz": ".xz", "zip": ".zip", "tar": ".tar", "zstd": ".zst"}


def build(store, options):
    for family, makers in (("series", series()), ("scalar", scalars()), ("frame", frames())):
        for name, make in sorted(makers.items()):
            label = "frames/%s-%s" % (family, name.replace("[", "-").replace("]", "").replace(",", "-").replace("=", "-").replace("(", "-").replace(")", ""))
            value = store.attempt(label, make)
            if value is None:
                continue
            store.spread(label, value)
    for name, make in sorted(indexes().items()):
        index = store.attempt("frames/index-" + name, make)
        if index is None:
            continue
        store.spread("frames/index-" + name, [index, pd.DataFrame({"v": [1, 2, 3]}, index=index), pd.Series([1, 2, 3], index=index)])
    mixed = frames()["mixed"]()
    store.every("frames/mixed-each", mixed)
    for (compression, extension), protocol in itertools.product(COMPRESSIONS.items(), (2, 4)):
        store.file("frames/to_pickle-%d.pkl%s" % (protocol, extension), lambda path: mixed.to_pickle(path, compression=compression, protocol=protocol))
    store.file("frames/to_pickle.pkl", lambda path: mixed.to_pickle(path))
