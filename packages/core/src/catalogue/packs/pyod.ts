// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'pyod 1.1.2 3.6.7; pyod 3.6.7',
  groups: [
    {
      why: 'A function that saves keep and never call while they are loaded.',
      insideDanger: true,
      storedOnly: true,
      names: `
pyod.models.vae: vae_loss`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and sklearn.base.BaseEstimator.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
pyod.models.abod: ABOD
pyod.models.auto_encoder: AutoEncoder
pyod.models.cd: CD
pyod.models.cof: COF
pyod.models.copod: COPOD
pyod.models.deep_svdd: DeepSVDD
pyod.models.dif: DIF
pyod.models.ecod: ECOD
pyod.models.feature_bagging: FeatureBagging
pyod.models.gmm: GMM
pyod.models.hbos: HBOS
pyod.models.iforest: IForest
pyod.models.inne: INNE
pyod.models.kde: KDE
pyod.models.knn: KNN
pyod.models.kpca: KPCA PyODKernelPCA
pyod.models.lmdd: LMDD
pyod.models.loci: LOCI
pyod.models.loda: LODA
pyod.models.lof: LOF
pyod.models.lscp: LSCP
pyod.models.mad: MAD
pyod.models.mcd: MCD
pyod.models.ocsvm: OCSVM
pyod.models.pca: PCA
pyod.models.qmcd: QMCD
pyod.models.rod: ROD
pyod.models.sampling: Sampling
pyod.models.sod: SOD
pyod.models.sos: SOS
pyod.models.suod: SUOD
pyod.models.vae: VAE`,
    },
    {
      why: 'It has no hook of its own that loading runs: a bare instance, and torch.nn.modules.module.Module.__setstate__ (already reviewed with its library) takes the state.',
      insideDanger: true,
      names: `
pyod.models.auto_encoder: AutoEncoderModel
pyod.models.deep_svdd: InnerDeepSVDD
pyod.models.dif: LinearBlock MLPnet
pyod.models.vae: VAEModel
pyod.utils.torch_utility: LinearBlock`,
    },
  ],
  uses: '',
  members: '',
  shapes: '',
  refused: '',
};
