/** What the PICKLE rules have in common. */
export const RETEST = 'sentinel artifact {path} --rule PICKLE';

export const WHY =
  'Loading a pickle runs a small program: its opcodes import Python names and call them with arguments of the ' +
  "author's choice, before the caller sees any object. The party that wrote or altered the file, a registry upload, a " +
  "notebook export or a vendor's delivery, runs code with the rights of the process that loads it.";

export const EXPECTED_EVIDENCE =
  'The file and the member in it, the byte offset of the opcode, the signal that was observed, the rule and its ' +
  'severity, the owner, and the retest command that has to come back clean before the finding is closed.';

export const BAD = `import pickle
with open("model.pkl", "rb") as file:
    model = pickle.load(file)`;

export const GOOD = `from safetensors.torch import load_file
weights = load_file("model.safetensors")`;
