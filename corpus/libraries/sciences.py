"""Symbols, units, molecules, circuits and images: sympy, pint, biopython, rdkit, pymatgen, ase, qiskit, sparse, tensorly, numba, Pillow, scikit-image, OpenCV."""

import os
import tempfile

import numpy as np


def build(store, options):
    store.each("sciences", [sympy, pint, biopython, rdkit, pymatgen, ase, qiskit, sparse, tensorly, numexpr, pillow, scikit_image, opencv])
    numba(store)


def sympy():
    import sympy as sp

    x, y = sp.symbols("x y")
    n = sp.Symbol("n", integer=True, positive=True)
    f = sp.Function("f")
    return {
        "symbol": lambda: x, "assumed": lambda: n, "sum": lambda: x + 2 * y**2 + sp.Rational(1, 3), "functions": lambda: sp.sin(x) * sp.exp(-y) + sp.sqrt(x), "integral": lambda: sp.Integral(x**2, (x, 0, 1)), "derivative": lambda: sp.Derivative(f(x), x), "equation": lambda: sp.Eq(x**2, 4), "matrix": lambda: sp.Matrix([[1, x], [y, 2]]), "immutable": lambda: sp.ImmutableMatrix([[1, 2], [3, 4]]), "solutions": lambda: sp.solve(x**2 - 2, x), "polynomial": lambda: sp.Poly(x**2 + 1, x), "numbers": lambda: [sp.pi, sp.E, sp.I, sp.oo, sp.nan, sp.Integer(3), sp.Float("1.5"), sp.zoo, sp.S.Half], "logic": lambda: sp.And(x > 1, sp.Or(y < 2, sp.Not(sp.Symbol("p")))), "sets": lambda: sp.Union(sp.Interval(0, 1), sp.FiniteSet(2, 3)), "piecewise": lambda: sp.Piecewise((x, x > 0), (0, True)), "dummy": lambda: sp.Dummy("d"), "undefined": lambda: f(x), "lambda": lambda: sp.Lambda(x, x**2), "number-sets": lambda: [sp.S.Reals, sp.S.Integers, sp.S.EmptySet, sp.S.Naturals], "geometry": lambda: sp.Triangle(sp.Point(0, 0), sp.Point(1, 0), sp.Point(0, 1)), "permutation": lambda: sp.combinatorics.Permutation([1, 0, 2]), "sparse-matrix": lambda: sp.SparseMatrix(2, 2, {(0, 0): 1}), "tuple": lambda: sp.Tuple(x, y), "limit": lambda: sp.Limit(sp.sin(x) / x, x, 0), "summation": lambda: sp.Sum(x, (x, 1, n)), "indexed": lambda: sp.IndexedBase("A")[sp.Idx("i")], "wild": lambda: sp.Wild("w"), "matrix-symbol": lambda: sp.MatrixSymbol("M", 2, 2), "array": lambda: sp.Array([[1, 2], [3, 4]]), "random-variable": lambda: __import__("sympy.stats", fromlist=["Normal"]).Normal("Z", 0, 1), "units": lambda: 3 * __import__("sympy.physics.units", fromlist=["meter"]).meter, "order": lambda: sp.sin(x).series(x, 0, 4), "field": lambda: [sp.QQ, sp.ZZ],
    }


def pint():
    import pint as pi

    ureg = pi.UnitRegistry()
    pi.set_application_registry(ureg)
    return {"quantity": lambda: 3 * ureg.meter, "unit": lambda: ureg.newton, "array": lambda: np.arange(3) * ureg.second, "compound": lambda: ureg("3 kg*m/s**2"), "dictionary": lambda: {"length": 2 * ureg.km, "t": [1 * ureg.s]}, "measurement": lambda: (2 * ureg.m).plus_minus(0.1), "error": lambda: pi.errors.DimensionalityError("a", "b"), "container": lambda: pi.util.UnitsContainer(meter=1), "undefined": lambda: pi.UndefinedUnitError("foo"), "temperature": lambda: ureg.Quantity(20, ureg.degC), "dimensionless": lambda: ureg.Quantity(0.5)}


def biopython():
    from io import StringIO

    from Bio import Align, Phylo, SeqIO, motifs
    from Bio.PDB import StructureBuilder, vectors
    from Bio.Seq import MutableSeq, Seq
    from Bio.SeqFeature import CompoundLocation, FeatureLocation, SeqFeature
    from Bio.SeqRecord import SeqRecord

    record = SeqRecord(Seq("ACGT"), id="r1", name="n", description="d", features=[SeqFeature(FeatureLocation(0, 2, 1), type="gene", qualifiers={"gene": ["x"]})], letter_annotations={"q": [1, 2, 3, 4]})
    return {
        "seq": lambda: Seq("ACGTTG"), "mutable": lambda: MutableSeq("ACGT"), "record": lambda: record, "records": lambda: list(SeqIO.parse(StringIO(">a x\nACGT\n>b\nTTGA\n"), "fasta")), "index": lambda: SeqIO.to_dict(SeqIO.parse(StringIO(">a\nACGT\n"), "fasta")), "location": lambda: CompoundLocation([FeatureLocation(1, 2), FeatureLocation(4, 6)]), "tree": lambda: Phylo.read(StringIO("((A:1,B:2):1,C:3);"), "newick"), "motif": lambda: motifs.create([Seq("ACGT"), Seq("ACGA")]), "alignment": lambda: Align.MultipleSeqAlignment([record, record]), "pairwise": lambda: Align.PairwiseAligner().align("ACGT", "AGT")[0], "vector": lambda: vectors.Vector(1, 2, 3), "structure": lambda: _structure(StructureBuilder), "unknown": lambda: Seq(None, 10), "partial": lambda: Seq({2: "ACG"}, 10), "substitution": lambda: Align.substitution_matrices.Array("ACGT", dims=2), "aligner": lambda: Align.PairwiseAligner(),
    }


def _structure(module):
    builder = module.StructureBuilder()
    builder.init_structure("s")
    builder.init_model(0)
    builder.init_chain("A")
    builder.init_seg(" ")
    builder.init_residue("GLY", " ", 1, " ")
    builder.init_atom("CA", np.array([1.0, 2, 3], "f"), 1.0, 1.0, " ", " CA ", 1, "C")
    return builder.get_structure()


def rdkit():
    from rdkit import Chem, DataStructs, Geometry
    from rdkit.Chem import AllChem, rdFingerprintGenerator

    mol = Chem.MolFromSmiles("CCO")
    return {
        "mol": lambda: mol, "hydrogens": lambda: Chem.AddHs(mol), "conformer": lambda: _embedded(Chem, AllChem), "fingerprint": lambda: rdFingerprintGenerator.GetMorganGenerator().GetFingerprint(mol), "count-fingerprint": lambda: rdFingerprintGenerator.GetMorganGenerator().GetCountFingerprint(mol), "bits": lambda: DataStructs.ExplicitBitVect(16), "sparse-bits": lambda: DataStructs.SparseBitVect(16), "vector": lambda: DataStructs.IntSparseIntVect(8), "reaction": lambda: AllChem.ReactionFromSmarts("[C:1]O>>[C:1]N"), "point": lambda: Geometry.Point3D(1, 2, 3), "list": lambda: [Chem.MolFromSmiles(s) for s in ("c1ccccc1", "CC(=O)O")], "pattern": lambda: Chem.MolFromSmarts("[#6]-O"), "property-mol": lambda: Chem.PropertyMol.PropertyMol(mol) if hasattr(Chem, "PropertyMol") else __import__("rdkit.Chem.PropertyMol", fromlist=["PropertyMol"]).PropertyMol(mol), "catalog": lambda: Chem.FilterCatalog.FilterCatalogParams() if hasattr(Chem, "FilterCatalog") else None, "dict": lambda: {"CCO": mol}, "discrete": lambda: DataStructs.DiscreteValueVect(DataStructs.DiscreteValueType.ONEBITVALUE, 8), "enum": lambda: [Chem.BondType.SINGLE, Chem.HybridizationType.SP3, Chem.ChiralType.CHI_UNSPECIFIED],
    }


def _embedded(Chem, AllChem):
    mol = Chem.AddHs(Chem.MolFromSmiles("CCO"))
    AllChem.EmbedMolecule(mol, randomSeed=1)
    return mol


def pymatgen():
    from pymatgen.core import Composition, DummySpecies, Element, IStructure, Lattice, Molecule, PeriodicSite, Site, Species, Structure
    from pymatgen.core.operations import SymmOp
    from pymatgen.core.units import FloatWithUnit
    from pymatgen.entries.computed_entries import ComputedEntry, ComputedStructureEntry

    salt = Structure(Lattice.cubic(4.2), ["Na", "Cl"], [[0, 0, 0], [0.5, 0.5, 0.5]])
    return {
        "structure": lambda: salt, "immutable": lambda: IStructure.from_sites(salt), "molecule": lambda: Molecule(["O", "H", "H"], [[0, 0, 0], [0, 0, 1], [0, 1, 0]]), "lattice": lambda: Lattice.cubic(3), "composition": lambda: Composition("Fe2O3"), "element": lambda: Element("Fe"), "species": lambda: Species("Fe", 2), "dummy": lambda: DummySpecies("X", 1), "site": lambda: PeriodicSite("Na", [0, 0, 0], Lattice.cubic(3)), "molecule-site": lambda: Site("C", [0, 0, 0]), "operation": lambda: SymmOp.inversion(), "entry": lambda: ComputedEntry("Fe2O3", -1.0), "structure-entry": lambda: ComputedStructureEntry(salt, -1.0), "unit": lambda: FloatWithUnit(1.0, "eV"), "phases": lambda: __import__("pymatgen.analysis.phase_diagram", fromlist=["PhaseDiagram"]).PhaseDiagram([ComputedEntry("Na", 0), ComputedEntry("Cl", 0), ComputedEntry("NaCl", -2)]), "spectrum": lambda: __import__("pymatgen.analysis.diffraction.xrd", fromlist=["XRDCalculator"]).XRDCalculator().get_pattern(salt), "kpoints": lambda: __import__("pymatgen.io.vasp.inputs", fromlist=["Kpoints"]).Kpoints.automatic(10), "incar": lambda: __import__("pymatgen.io.vasp.inputs", fromlist=["Incar"]).Incar({"ENCUT": 500}), "spacegroup": lambda: __import__("pymatgen.symmetry.analyzer", fromlist=["SpacegroupAnalyzer"]).SpacegroupAnalyzer(salt),
    }


def ase():
    import ase as a
    from ase.build import bulk, fcc111, molecule
    from ase.calculators.emt import EMT
    from ase.calculators.singlepoint import SinglePointCalculator
    from ase.constraints import FixAtoms

    copper = bulk("Cu")
    return {"bulk": lambda: copper, "molecule": lambda: molecule("H2O"), "slab": lambda: fcc111("Al", (1, 1, 2), vacuum=5), "calculator": lambda: EMT(), "with-calculator": lambda: _calculated(molecule, EMT), "single-point": lambda: _single(copper, SinglePointCalculator), "constrained": lambda: a.Atoms("H2", [[0, 0, 0], [0, 0, 1]], constraint=FixAtoms([0])), "cell": lambda: copper.cell, "atom": lambda: a.Atom("H", (0, 0, 0)), "list": lambda: [molecule("CO"), molecule("N2")], "symbols": lambda: copper.symbols, "spacegroup": lambda: __import__("ase.spacegroup", fromlist=["Spacegroup"]).Spacegroup(225), "formula": lambda: a.formula.Formula("H2O"), "neighbours": lambda: __import__("ase.neighborlist", fromlist=["NeighborList"]).NeighborList([1.0, 1.0]), "dos": lambda: __import__("ase.spectrum.dosdata", fromlist=["RawDOSData"]).RawDOSData([1, 2], [3, 4])}


def _calculated(molecule, EMT):
    atoms = molecule("N2")
    atoms.calc = EMT()
    atoms.get_potential_energy()
    return atoms


def _single(atoms, calculator):
    atoms = atoms.copy()
    atoms.calc = calculator(atoms, energy=-1.0, forces=np.zeros((1, 3)))
    return atoms


def qiskit():
    import qiskit as q
    from qiskit import circuit, quantum_info
    from qiskit.circuit import library

    bell = q.QuantumCircuit(2, 2)
    bell.h(0)
    bell.cx(0, 1)
    bell.measure([0, 1], [0, 1])
    theta = circuit.Parameter("t")
    turned = q.QuantumCircuit(1)
    turned.rx(theta, 0)
    return {
        "circuit": lambda: bell, "parameter": lambda: turned, "expression": lambda: theta * 2 + 1, "registers": lambda: [q.QuantumRegister(2, "a"), q.ClassicalRegister(1, "c")], "gates": lambda: [library.HGate(), library.CXGate(), library.RXGate(0.5), library.SwapGate()], "operator": lambda: quantum_info.Operator(library.XGate()), "pauli": lambda: quantum_info.Pauli("XZ"), "pauli-sum": lambda: quantum_info.SparsePauliOp(["XX", "ZI"], [1, 2]), "state": lambda: quantum_info.Statevector.from_label("01"), "density": lambda: quantum_info.DensityMatrix.from_label("0"), "clifford": lambda: quantum_info.Clifford(library.HGate()), "transpiled": lambda: q.transpile(bell, basis_gates=["u", "cx"]), "coupling": lambda: q.transpiler.CouplingMap([[0, 1]]), "layout": lambda: q.transpiler.Layout({q.QuantumRegister(1, "q")[0]: 0}), "counts": lambda: __import__("qiskit.result", fromlist=["Counts"]).Counts({"00": 5, "11": 5}), "dag": lambda: q.converters.circuit_to_dag(bell), "vector": lambda: circuit.ParameterVector("v", 2), "bits": lambda: [circuit.Qubit(), circuit.Clbit()], "instruction": lambda: turned.to_instruction(), "observable": lambda: quantum_info.SparseObservable.from_label("XZ"), "if-else": lambda: _conditional(q),
    }


def _conditional(q):
    made = q.QuantumCircuit(1, 1)
    made.measure(0, 0)
    with made.if_test((made.clbits[0], 1)):
        made.x(0)
    return made


def sparse():
    import sparse as sp

    coo = sp.COO([[0, 1], [1, 2]], [1.0, 2.0], shape=(3, 3))
    return {"coo": lambda: coo, "gcxs": lambda: sp.GCXS(coo), "dok": lambda: sp.DOK((3, 3), {(0, 1): 5}), "random": lambda: sp.random((4, 4), 0.3, random_state=1), "filled": lambda: sp.COO([[0]], [1], shape=(3,), fill_value=2), "product": lambda: coo @ coo, "three": lambda: sp.COO(np.ones((2, 2, 2))), "csr": lambda: sp.GCXS(coo, compressed_axes=[0])}


def tensorly():
    import tensorly as tl
    from tensorly import decomposition, regression

    x = tl.tensor(np.random.RandomState(0).rand(3, 3, 3))
    return {"tensor": lambda: x, "parafac": lambda: decomposition.parafac(x, 2, random_state=0), "tucker": lambda: decomposition.tucker(x, [2, 2, 2], random_state=0), "train": lambda: decomposition.tensor_train(x, [1, 2, 2, 1]), "cp": lambda: _fitted(decomposition.CP(2, random_state=0), x), "tucker-class": lambda: _fitted(decomposition.Tucker([2, 2, 2], random_state=0), x), "regressor": lambda: regression.CPRegressor(2, verbose=0).fit(np.ones((3, 2, 2)), np.arange(3.0)), "unfitted": lambda: decomposition.CP(3), "ring": lambda: decomposition.tensor_ring(x, [1, 2, 2, 1]), "cp-class": lambda: tl.cp_tensor.CPTensor((None, [np.ones((2, 1))] * 3)), "parafac2": lambda: decomposition.parafac2([np.random.RandomState(i).rand(3, 4) for i in range(3)], 2, random_state=0)}


def _fitted(model, x):
    model.fit_transform(x)
    return model


def numexpr():
    import numexpr as ne

    a = np.arange(4)
    return {"result": lambda: ne.evaluate("2 * a + 1", {"a": a}), "scalar": lambda: ne.evaluate("sum(a)", {"a": a}), "complex": lambda: ne.evaluate("a + 1j", {"a": a})}


def numba(store):
    """What numba writes to a cache folder: an index (.nbi) and a data file (.nbc) a function."""
    store.library = "numba"
    code = "import numba\nimport numpy as np\n\n@numba.njit(cache=True)\ndef add(a, b):\n    return a + b\n\n@numba.njit(cache=True)\ndef total(a):\n    s = 0.0\n    for v in a:\n        s += v\n    return s\n\n@numba.vectorize(['float64(float64)'], cache=True)\ndef twice(x):\n    return 2 * x\n\nadd(1, 2), add(1.5, 2.0), total(np.arange(3.0)), twice(np.ones(2))\n"

    def made():
        import subprocess
        import sys

        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "work.py")
            with open(path, "w") as out:
                out.write(code)
            subprocess.run([sys.executable, path], check=True, env={**os.environ, "NUMBA_CACHE_DIR": os.path.join(folder, "cache")}, stderr=subprocess.DEVNULL)
            found = []
            for root, _, names in sorted(os.walk(folder)):
                for name in sorted(names):
                    if name.endswith((".nbi", ".nbc")):
                        with open(os.path.join(root, name), "rb") as source:
                            found.append((name, source.read()))
            return found

    for name, data in store.attempt("sciences/numba", made) or []:
        store.bytes("sciences/numba/" + name, data)

    def values():
        import numba as nb
        from numba import types
        from numba.typed import Dict, List

        numbers = Dict.empty(types.unicode_type, types.float64)
        numbers["a"] = 1.0
        return {"types": lambda: [types.int64, types.float64[:], types.UniTuple(types.int32, 2)], "signature": lambda: nb.int64(nb.int64, nb.float64), "typed-dict": lambda: numbers, "typed-list": lambda: List([1, 2]), "record": lambda: nb.from_dtype(np.dtype([("a", "i4")]))}

    for name, make in (store.attempt("sciences/numba-values", values) or {}).items():
        value = store.attempt("sciences/numba/" + name, make)
        if value is not None:
            store.spread("sciences/numba/" + name, value)
    store.library = None


def pillow():
    from PIL import Image, ImageFilter, ImagePalette

    picture = Image.new("RGB", (4, 4), (255, 0, 0))
    return {"rgb": lambda: picture, "grey": lambda: Image.new("L", (3, 3)), "palette": lambda: picture.convert("P"), "alpha": lambda: Image.new("RGBA", (2, 2)), "bits": lambda: Image.new("1", (8, 8)), "float": lambda: Image.new("F", (2, 2)), "from-array": lambda: Image.fromarray(np.zeros((2, 2, 3), "u1")), "opened": _opened, "list": lambda: [picture, picture.rotate(90)], "filter": lambda: ImageFilter.GaussianBlur(2), "kernel": lambda: ImageFilter.Kernel((3, 3), [1] * 9), "colours": lambda: ImagePalette.ImagePalette("RGB", [1, 2, 3]), "exif": lambda: picture.getexif(), "dataset": lambda: {"image": picture, "label": 1}, "resampling": lambda: [Image.Resampling.BILINEAR, Image.Transpose.ROTATE_90]}


def _opened():
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    picture = Image.open(out)
    picture.load()
    return picture


def scikit_image():
    from skimage import feature, future, graph, measure, transform

    rng = np.random.RandomState(0)
    source = rng.rand(8, 2) * 10
    labels = np.zeros((6, 6), int)
    labels[1:3, 1:3], labels[4:, 4:] = 1, 2
    return {
        "similarity": lambda: transform.SimilarityTransform(scale=2, rotation=0.1, translation=(1, 2)), "affine": lambda: transform.AffineTransform(shear=0.1), "projective": lambda: transform.ProjectiveTransform(np.eye(3)), "polynomial": lambda: transform.estimate_transform("polynomial", source, source + 1), "piecewise": lambda: transform.estimate_transform("piecewise-affine", source, source + 1), "euclidean": lambda: transform.EuclideanTransform(rotation=0.2), "line": lambda: measure.LineModelND.from_estimate(source), "circle": lambda: measure.CircleModel.from_estimate(np.c_[np.cos(np.arange(5)), np.sin(np.arange(5))]), "ellipse": lambda: measure.EllipseModel(), "regions": lambda: measure.regionprops(labels), "orb": lambda: _detected(feature.ORB(n_keypoints=5), rng), "brief": lambda: feature.BRIEF(), "graph": lambda: graph.rag_mean_color(np.dstack([labels] * 3).astype(float), labels), "thin-plate": lambda: transform.ThinPlateSplineTransform(), "essential": lambda: transform.EssentialMatrixTransform(), "contours": lambda: measure.find_contours(labels.astype(float), 0.5), "segmenter": lambda: future.TrainableSegmenter() if hasattr(future, "TrainableSegmenter") else None, "cascade": lambda: feature.SIFT(), "labelled": lambda: measure.label(labels), "many": lambda: measure.regionprops_table(labels),
    }


def _detected(finder, rng):
    finder.detect_and_extract(rng.rand(64, 64))
    return finder


def opencv():
    import cv2

    return {"keypoints": lambda: [cv2.KeyPoint(1.0, 2.0, 3.0)], "matrix": lambda: cv2.getRotationMatrix2D((1, 1), 30, 1), "as-tuples": lambda: [(p.pt, p.size, p.angle, p.response, p.octave, p.class_id) for p in cv2.ORB_create().detect(np.random.RandomState(0).randint(0, 255, (64, 64), "uint8"), None)], "camera": lambda: {"mtx": np.eye(3), "dist": np.zeros((1, 5)), "rvecs": [cv2.Rodrigues(np.eye(3))[0]]}, "contours": lambda: cv2.findContours(np.eye(5, dtype="uint8"), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE), "error": lambda: cv2.error("failed"), "match": lambda: [cv2.DMatch(1, 2, 0.5)], "descriptors": lambda: cv2.ORB_create().detectAndCompute(np.random.RandomState(0).randint(0, 255, (64, 64), "uint8"), None)[1]}
