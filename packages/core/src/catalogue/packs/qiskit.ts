// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'qiskit 2.6.2',
  groups: [
    {
      why: 'A dict subclass without hooks of its own for loading.',
      insideDanger: true,
      names: `
qiskit.result.counts: Counts`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update (slots by setattr).',
      insideDanger: true,
      names: `
qiskit.circuit.quantumcircuit: _OuterCircuitScopeInterface
qiskit.transpiler.coupling: CouplingMap
qiskit.transpiler.layout: Layout`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
qiskit.circuit.controlflow.if_else: IfElseOp
qiskit.circuit.instruction: Instruction
qiskit.circuit.library.standard_gates.h: HGate
qiskit.circuit.library.standard_gates.rx: RXGate
qiskit.circuit.library.standard_gates.swap: SwapGate
qiskit.circuit.library.standard_gates.u: UGate
qiskit.circuit.library.standard_gates.x: CXGate XGate
qiskit.circuit.measure: Measure
qiskit.circuit.quantumcircuit: QuantumCircuit
qiskit.quantum_info.operators.op_shape: OpShape
qiskit.quantum_info.operators.operator: Operator
qiskit.quantum_info.operators.symplectic.clifford: Clifford
qiskit.quantum_info.operators.symplectic.pauli: Pauli
qiskit.quantum_info.operators.symplectic.pauli_list: PauliList
qiskit.quantum_info.operators.symplectic.sparse_pauli_op: SparsePauliOp
qiskit.quantum_info.states.densitymatrix: DensityMatrix
qiskit.quantum_info.states.statevector: Statevector`,
    },
    {
      why: "Only for ParameterExpression._reconstruct / SparseObservable's classmethod by getattr.",
      insideDanger: true,
      names: `
qiskit._accelerate.circuit: ParameterExpression
qiskit.quantum_info: SparseObservable`,
    },
    {
      why: 'Only for Qubit._from_owned / _from_anonymous by getattr (type-checked in Rust).',
      insideDanger: true,
      names: `
qiskit.circuit: Clbit Qubit`,
    },
    {
      why: 'Rust (PyO3): arguments are extracted with type checks, no `unsafe` use of numbers seen; 400 damaged arguments without crash, call or event.',
      insideDanger: true,
      names: `
qiskit._accelerate.circuit: BitLocations OPReplay OpCode Parameter`,
    },
    {
      why: 'Rust (PyO3): arguments are extracted with type checks, no `unsafe` use of numbers seen; 400 damaged arguments without crash, call or event; the size is allocated as bits.',
      insideDanger: true,
      names: `
qiskit.circuit: ClassicalRegister QuantumRegister`,
    },
  ],
  uses: `
BitLocations: n2(n,o)
ClassicalRegister: n3()
Counts: n1() s(gdoupe)
CouplingMap: bP(o)
Layout: bP(o)
OPReplay: n3(o,o)
OpCode: n1()
Parameter: n2()
QuantumRegister: n3()
_OuterCircuitScopeInterface: bP(o)`,
  members: `
qiskit.circuit.Clbit _from_anonymous
qiskit.circuit.Qubit _from_anonymous`,
  shapes: '',
  refused: `
qiskit._accelerate.circuit CircuitInstruction: Rust reads attributes of the operation given (params, label, num_qubits …: properties of Python objects run) and keeps it; no crash in 400
qiskit._accelerate.circuit DAGCircuit: Rust __setstate__: 56 of 400 damaged states panicked (PanicException is a BaseException: 'except Exception' does not catch it); indices of nodes and edges come from the state
qiskit._accelerate.circuit DAGInNode: Rust; the state is a node index that a DAGCircuit later trusts; no crash by itself in 400
qiskit._accelerate.circuit DAGOpNode: Rust; the state is a node index that a DAGCircuit later trusts; no crash by itself in 400
qiskit._accelerate.circuit DAGOutNode: Rust; the state is a node index that a DAGCircuit later trusts; no crash by itself in 400
qiskit._accelerate.circuit ParameterVector: Rust: makes as many elements as the number says; seen in one file only and not tried
qiskit.circuit CircuitData: Rust allocates the number of the 4th argument: 2**31 aborts the process (signal 6, not an exception); items and state index into what was given`,
};
