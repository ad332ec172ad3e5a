import type { Rule } from '../model/rule.js';
import archiveAmbiguous from './archive/ambiguous.js';
import archiveBomb from './archive/bomb.js';
import archivePath from './archive/path.js';
import kerasExec from './keras/config-exec.js';
import kerasImport from './keras/config-import.js';
import pickleExec from './pickle/exec.js';
import pickleGlobalImport from './pickle/global-import.js';
import pickleStruct from './pickle/struct.js';
import repoChatTemplate from './repo/chat-template.js';
import repoDependency from './repo/dependency.js';
import repoProgram from './repo/program.js';
import repoRemoteCode from './repo/remote-code.js';
import repoRunsOnLoad from './repo/runs-on-load.js';
import repoShardIndex from './repo/shard-index.js';
import repoTarget from './repo/target.js';
import servingBind from './serving/bind-all.js';
import servingCodec from './serving/codec-export.js';
import servingMedia from './serving/media-type.js';
import servingNumpy from './serving/numpy-pickle.js';
import servingPickle from './serving/pickle-network.js';
import servingStore from './serving/store-pickle.js';
import servingTorch from './serving/torch-network.js';
import servingWorker from './serving/worker-handoff.js';
import servingYaml from './serving/yaml-network.js';
import servingZmq from './serving/zmq-pyobj.js';
import torchHub from './torch/hub-dynamic-import.js';
import torchLoad from './torch/load-untrusted.js';
import torchCustomOp from './torch/script-custom-op.js';

/** The one list of rules, in the order in which they are shown. Ids are never used twice, even after removal. */
export const RULES: readonly Rule[] = [
  pickleExec,
  pickleGlobalImport,
  pickleStruct,
  torchLoad,
  torchCustomOp,
  torchHub,
  kerasExec,
  kerasImport,
  repoRemoteCode,
  repoChatTemplate,
  repoRunsOnLoad,
  repoTarget,
  repoShardIndex,
  repoDependency,
  repoProgram,
  servingZmq,
  servingPickle,
  servingTorch,
  servingNumpy,
  servingYaml,
  servingWorker,
  servingStore,
  servingCodec,
  servingMedia,
  servingBind,
  archivePath,
  archiveAmbiguous,
  archiveBomb,
];
