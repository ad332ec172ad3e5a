// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'qiskit 2.6.2',
  groups: [
    {
      why: 'a dict subclass without hooks of its own for loading',
      insideDanger: true,
      names: `
qiskit.result.counts: Counts`,
    },
    {
      why: 'no hook of its own: object.__new__ and __dict__ update',
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
      why: 'no hook of its own: object.__new__ and __dict__ update (slots by setattr)',
      insideDanger: true,
      names: `
qiskit.circuit.quantumcircuit: _OuterCircuitScopeInterface
qiskit.transpiler.coupling: CouplingMap
qiskit.transpiler.layout: Layout`,
    },
  ],
  uses: `
Counts: s(gdoupe)
CouplingMap: bP(o)
Layout: bP(o)
_OuterCircuitScopeInterface: bP(o)`,
  members: '',
  refused: '',
};
