/** What the TORCH rules have in common. */
export const RETEST = 'sentinel artifact {path} --rule TORCH';

export const WHY =
  'A PyTorch checkpoint is a pickle in an archive: loading it imports names and calls them with arguments of the ' +
  "author's choice, unless the restricted loader is asked for. TorchScript archives can name native operators, and " +
  'torch.hub runs the Python of a repository. Each of them brings code into the process that no review of the model ' +
  'itself has seen.';

export const EXPECTED_EVIDENCE =
  'The file with line and column, or the member and the byte offset in it; the call or the signal that was observed; the ' +
  'rule and its severity, the owner, and the retest command that has to come back clean before the finding is closed.';

export const BAD = `import torch

model = torch.load("checkpoint.pt")`;

export const GOOD = `import torch

state = torch.load("weights.pt", weights_only=True)
model.load_state_dict(state)`;
