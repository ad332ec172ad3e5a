"""scipy: sparse matrices and arrays, interpolators, spatial indexes, distributions, results."""

import numpy as np
import scipy.interpolate
import scipy.optimize
import scipy.signal
import scipy.sparse
import scipy.spatial
import scipy.stats


def sparse():
    dense = np.eye(4)
    dense[0, 2] = 3
    for kind in "csr csc coo bsr dia dok lil".split():
        yield "sparse-%s-matrix" % kind, getattr(scipy.sparse, kind + "_matrix")(dense)
        make = getattr(scipy.sparse, kind + "_array", None)
        if make is not None:
            yield "sparse-%s-array" % kind, make(dense)


def interpolators():
    x = np.linspace(0, 1, 8)
    grid = np.outer(x, x)
    points = np.c_[x, x[::-1] ** 2]
    makers = {
        "CubicSpline": (x, x), "PchipInterpolator": (x, x), "Akima1DInterpolator": (x, x), "UnivariateSpline": (x, x), "InterpolatedUnivariateSpline": (x, x),
        "LSQUnivariateSpline": (x, x, [0.5]), "RectBivariateSpline": (x, x, grid), "BarycentricInterpolator": (x, x), "KroghInterpolator": (x, x), "RegularGridInterpolator": ((x, x), grid),
        "NearestNDInterpolator": (points, x), "LinearNDInterpolator": (points, x), "CloughTocher2DInterpolator": (points, x), "RBFInterpolator": (points, x), "Rbf": (x, x), "CubicHermiteSpline": (x, x, x),
        "BSpline": (np.arange(9.0), np.ones(5), 3), "PPoly": (np.ones((2, 7)), x), "BPoly": (np.ones((2, 7)), x), "NdPPoly": (np.ones((2, 7)), (x,)), "SmoothBivariateSpline": (np.tile(x, 4), np.repeat(x[:4], 8), np.ones(32)),
    }
    for name, arguments in makers.items():
        if hasattr(scipy.interpolate, name):
            yield name, lambda name=name, arguments=arguments: getattr(scipy.interpolate, name)(*arguments)
    for kind in "linear nearest zero slinear quadratic cubic previous next".split():
        yield "interp1d-" + kind, lambda kind=kind: scipy.interpolate.interp1d(x, x, kind=kind)
    yield "splrep", lambda: scipy.interpolate.splrep(x, x)
    yield "make_interp_spline", lambda: scipy.interpolate.make_interp_spline(x, x)


def rest():
    points = np.random.RandomState(0).rand(12, 2)
    makers = {
        "cKDTree": lambda: scipy.spatial.cKDTree(points), "KDTree": lambda: scipy.spatial.KDTree(points), "ConvexHull-points": lambda: scipy.spatial.ConvexHull(points).simplices,
        "Rotation": lambda: scipy.spatial.transform.Rotation.from_euler("x", 1.0), "Slerp": lambda: scipy.spatial.transform.Slerp([0, 1], scipy.spatial.transform.Rotation.random(2, random_state=0)),
        "minimize": lambda: scipy.optimize.minimize(lambda v: (v ** 2).sum(), [1.0]), "lbfgsb": lambda: scipy.optimize.minimize(lambda v: (v ** 2).sum(), [1.0], method="L-BFGS-B"),
        "least_squares": lambda: scipy.optimize.least_squares(lambda v: v, [1.0]), "root": lambda: scipy.optimize.root(lambda v: v, [1.0]), "linprog": lambda: scipy.optimize.linprog([1.0], bounds=[(0, 1)]),
        "bounds": lambda: [scipy.optimize.Bounds([0], [1]), scipy.optimize.LinearConstraint(np.eye(2), 0, 1)],
        "gaussian_kde": lambda: scipy.stats.gaussian_kde(np.linspace(0, 1, 9)), "multivariate_normal": lambda: scipy.stats.multivariate_normal([0, 0]),
        "ttest": lambda: scipy.stats.ttest_ind([1, 2, 3], [2, 3, 4]), "linregress": lambda: scipy.stats.linregress([1, 2, 3], [1, 2, 4]), "butter": lambda: scipy.signal.butter(3, 0.2),
        "ksone": lambda: scipy.stats.kstest([0.1, 0.4, 0.7], "uniform"), "mode": lambda: scipy.stats.mode([1, 1, 2]), "describe": lambda: scipy.stats.describe([1.0, 2.0, 3.0]),
        "rv_histogram": lambda: scipy.stats.rv_histogram(np.histogram([1, 2, 2, 3], bins=3)),
        "lti": lambda: scipy.signal.lti([1.0], [1.0, 2.0]), "StateSpace": lambda: scipy.signal.StateSpace(np.eye(1), np.eye(1), np.eye(1), np.eye(1)),
        "lognorm-fitted": lambda: {"name": "lognorm", "params": scipy.stats.lognorm.fit([1.0, 2.0, 3.0])},
    }
    return makers.items()


#: Shape parameters that suit most distributions, in turn until one fits.
SHAPES = [(), (2.0,), (0.5,), (2.0, 3.0), (0.5, 0.2), (5, 0.5), (2, 5), (20, 7, 12), (1.0, 2.0, 3.0), (20, 7, 12, 0.5), (2.0, 1.0, 0.5, 3.0)]


def frozen(distribution):
    for shapes in SHAPES:
        if len(shapes) != distribution.numargs:
            continue
        return distribution(*shapes)
    return distribution


def build(store, options):
    for name, value in sparse():
        store.spread("science/" + name, value)
        if name.split("-")[1] in ("csr", "csc", "coo", "bsr", "dia"):
            store.file("science/%s.npz" % name, lambda path: scipy.sparse.save_npz(path, value))
    for name, make in list(interpolators()) + list(rest()):
        value = store.attempt("science/" + name, make)
        if value is not None:
            store.spread("science/" + name, value)
    for name in sorted(vars(scipy.stats)):
        distribution = getattr(scipy.stats, name)
        if isinstance(distribution, (scipy.stats.rv_continuous, scipy.stats.rv_discrete)):
            value = store.attempt("science/" + name, lambda: frozen(distribution))
            if value is not None:
                store.turn += 1
                store.pickled("science/distribution-" + name, [distribution, value], [store.turn % 5])
