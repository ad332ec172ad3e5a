// Written by tools/packs/write.py.
import type { Pack } from '../pack.js';
import { PACK as pack_Bio } from './bio.js';
import { PACK as pack_PIL } from './pil.js';
import { PACK as pack_accelerate } from './accelerate.js';
import { PACK as pack_addict } from './addict.js';
import { PACK as pack_affine } from './affine.js';
import { PACK as pack_anndata } from './anndata.js';
import { PACK as pack_anytree } from './anytree.js';
import { PACK as pack_arch } from './arch.js';
import { PACK as pack_arrow } from './arrow.js';
import { PACK as pack_ase } from './ase.js';
import { PACK as pack_astropy } from './astropy.js';
import { PACK as pack_attr } from './attr.js';
import { PACK as pack_babel } from './babel.js';
import { PACK as pack_bayes_opt } from './bayes-opt.js';
import { PACK as pack_bidict } from './bidict.js';
import { PACK as pack_bitarray } from './bitarray.js';
import { PACK as pack_boltons } from './boltons.js';
import { PACK as pack_botorch } from './botorch.js';
import { PACK as pack_box } from './box.js';
import { PACK as pack_cachetools } from './cachetools.js';
import { PACK as pack_category_encoders } from './category-encoders.js';
import { PACK as pack_causalml } from './causalml.js';
import { PACK as pack_cftime } from './cftime.js';
import { PACK as pack_cloudpickle } from './cloudpickle.js';
import { PACK as pack_cmdstanpy } from './cmdstanpy.js';
import { PACK as pack_community } from './community.js';
import { PACK as pack_confection } from './confection.js';
import { PACK as pack_coreforecast } from './coreforecast.js';
import { PACK as pack_dask } from './dask.js';
import { PACK as pack_dateutil } from './dateutil.js';
import { PACK as pack_deap } from './deap.js';
import { PACK as pack_diffusers } from './diffusers.js';
import { PACK as pack_dowhy } from './dowhy.js';
import { PACK as pack_dtaidistance } from './dtaidistance.js';
import { PACK as pack_easydict } from './easydict.js';
import { PACK as pack_econml } from './econml.js';
import { PACK as pack_einops } from './einops.js';
import { PACK as pack_evidently } from './evidently.js';
import { PACK as pack_fastai } from './fastai.js';
import { PACK as pack_fastcore } from './fastcore.js';
import { PACK as pack_fasttransform } from './fasttransform.js';
import { PACK as pack_feature_engine } from './feature-engine.js';
import { PACK as pack_featuretools } from './featuretools.js';
import { PACK as pack_flaml } from './flaml.js';
import { PACK as pack_formulaic } from './formulaic.js';
import { PACK as pack_frozendict } from './frozendict.js';
import { PACK as pack_fsspec } from './fsspec.js';
import { PACK as pack_gensim } from './gensim.js';
import { PACK as pack_geopandas } from './geopandas.js';
import { PACK as pack_gplearn } from './gplearn.js';
import { PACK as pack_gpytorch } from './gpytorch.js';
import { PACK as pack_great_expectations } from './great-expectations.js';
import { PACK as pack_gymnasium } from './gymnasium.js';
import { PACK as pack_hdbscan } from './hdbscan.js';
import { PACK as pack_hmmlearn } from './hmmlearn.js';
import { PACK as pack_hyperopt } from './hyperopt.js';
import { PACK as pack_igraph } from './igraph.js';
import { PACK as pack_imblearn } from './imblearn.js';
import { PACK as pack_immutabledict } from './immutabledict.js';
import { PACK as pack_implicit } from './implicit.js';
import { PACK as pack_interpret } from './interpret.js';
import { PACK as pack_intervaltree } from './intervaltree.js';
import { PACK as pack_itertools } from './itertools.js';
import { PACK as pack_joblib } from './joblib.js';
import { PACK as pack_keras } from './keras.js';
import { PACK as pack_kmodes } from './kmodes.js';
import { PACK as pack_kneed } from './kneed.js';
import { PACK as pack_kornia } from './kornia.js';
import { PACK as pack_lark } from './lark.js';
import { PACK as pack_lifelines } from './lifelines.js';
import { PACK as pack_lightfm } from './lightfm.js';
import { PACK as pack_lightning } from './lightning.js';
import { PACK as pack_lime } from './lime.js';
import { PACK as pack_linear_operator } from './linear-operator.js';
import { PACK as pack_linearmodels } from './linearmodels.js';
import { PACK as pack_mapie } from './mapie.js';
import { PACK as pack_matplotlib } from './matplotlib.js';
import { PACK as pack_ml_collections } from './ml-collections.js';
import { PACK as pack_mlflow } from './mlflow.js';
import { PACK as pack_mlforecast } from './mlforecast.js';
import { PACK as pack_mlxtend } from './mlxtend.js';
import { PACK as pack_monai } from './monai.js';
import { PACK as pack_mpl_toolkits } from './mpl-toolkits.js';
import { PACK as pack_multidict } from './multidict.js';
import { PACK as pack_munch } from './munch.js';
import { PACK as pack_narwhals } from './narwhals.js';
import { PACK as pack_networkx } from './networkx.js';
import { PACK as pack_ngboost } from './ngboost.js';
import { PACK as pack_nltk } from './nltk.js';
import { PACK as pack_numba } from './numba.js';
import { PACK as pack_numpy } from './numpy.js';
import { PACK as pack_omegaconf } from './omegaconf.js';
import { PACK as pack_onnx } from './onnx.js';
import { PACK as pack_optuna } from './optuna.js';
import { PACK as pack_ordered_set } from './ordered-set.js';
import { PACK as pack_peft } from './peft.js';
import { PACK as pack_pendulum } from './pendulum.js';
import { PACK as pack_pint } from './pint.js';
import { PACK as pack_pmdarima } from './pmdarima.js';
import { PACK as pack_polars } from './polars.js';
import { PACK as pack_preshed } from './preshed.js';
import { PACK as pack_prophet } from './prophet.js';
import { PACK as pack_pvectorc } from './pvectorc.js';
import { PACK as pack_pyarrow } from './pyarrow.js';
import { PACK as pack_pycrfsuite } from './pycrfsuite.js';
import { PACK as pack_pydantic } from './pydantic.js';
import { PACK as pack_pydantic_core } from './pydantic-core.js';
import { PACK as pack_pygam } from './pygam.js';
import { PACK as pack_pymatgen } from './pymatgen.js';
import { PACK as pack_pynndescent } from './pynndescent.js';
import { PACK as pack_pyod } from './pyod.js';
import { PACK as pack_pyproj } from './pyproj.js';
import { PACK as pack_pyro } from './pyro.js';
import { PACK as pack_pyrsistent } from './pyrsistent.js';
import { PACK as pack_pytorch_tabnet } from './pytorch-tabnet.js';
import { PACK as pack_pytz } from './pytz.js';
import { PACK as pack_qiskit } from './qiskit.js';
import { PACK as pack_rank_bm25 } from './rank-bm25.js';
import { PACK as pack_rasterio } from './rasterio.js';
import { PACK as pack_ray } from './ray.js';
import { PACK as pack_rdkit } from './rdkit.js';
import { PACK as pack_regex } from './regex.js';
import { PACK as pack_requests } from './requests.js';
import { PACK as pack_rich } from './rich.js';
import { PACK as pack_river } from './river.js';
import { PACK as pack_rustworkx } from './rustworkx.js';
import { PACK as pack_scipy } from './scipy.js';
import { PACK as pack_segmentation_models_pytorch } from './segmentation-models-pytorch.js';
import { PACK as pack_sentencepiece } from './sentencepiece.js';
import { PACK as pack_shap } from './shap.js';
import { PACK as pack_shapely } from './shapely.js';
import { PACK as pack_skimage } from './skimage.js';
import { PACK as pack_sklearn_crfsuite } from './sklearn-crfsuite.js';
import { PACK as pack_sklearn_extra } from './sklearn-extra.js';
import { PACK as pack_sklearn_pandas } from './sklearn-pandas.js';
import { PACK as pack_skops } from './skops.js';
import { PACK as pack_skopt } from './skopt.js';
import { PACK as pack_skorch } from './skorch.js';
import { PACK as pack_sksurv } from './sksurv.js';
import { PACK as pack_sktime } from './sktime.js';
import { PACK as pack_slicer } from './slicer.js';
import { PACK as pack_sortedcontainers } from './sortedcontainers.js';
import { PACK as pack_spacy } from './spacy.js';
import { PACK as pack_sparse } from './sparse.js';
import { PACK as pack_spglib } from './spglib.js';
import { PACK as pack_sqlalchemy } from './sqlalchemy.js';
import { PACK as pack_stable_baselines3 } from './stable-baselines3.js';
import { PACK as pack_stanio } from './stanio.js';
import { PACK as pack_statsforecast } from './statsforecast.js';
import { PACK as pack_statsmodels } from './statsmodels.js';
import { PACK as pack_sumy } from './sumy.js';
import { PACK as pack_suod } from './suod.js';
import { PACK as pack_surprise } from './surprise.js';
import { PACK as pack_sympy } from './sympy.js';
import { PACK as pack_tblib } from './tblib.js';
import { PACK as pack_tensorflow } from './tensorflow.js';
import { PACK as pack_tensorly } from './tensorly.js';
import { PACK as pack_textblob } from './textblob.js';
import { PACK as pack_tf_keras } from './tf-keras.js';
import { PACK as pack_thinc } from './thinc.js';
import { PACK as pack_time } from './time.js';
import { PACK as pack_timm } from './timm.js';
import { PACK as pack_tokenizers } from './tokenizers.js';
import { PACK as pack_toolz } from './toolz.js';
import { PACK as pack_torch } from './torch.js';
import { PACK as pack_torch_geometric } from './torch-geometric.js';
import { PACK as pack_torchdata } from './torchdata.js';
import { PACK as pack_torchmetrics } from './torchmetrics.js';
import { PACK as pack_torchvision } from './torchvision.js';
import { PACK as pack_tpot } from './tpot.js';
import { PACK as pack_transformers } from './transformers.js';
import { PACK as pack_treelib } from './treelib.js';
import { PACK as pack_trimesh } from './trimesh.js';
import { PACK as pack_tsfresh } from './tsfresh.js';
import { PACK as pack_tslearn } from './tslearn.js';
import { PACK as pack_typing } from './typing.js';
import { PACK as pack_ultralytics } from './ultralytics.js';
import { PACK as pack_umap } from './umap.js';
import { PACK as pack_uncertainties } from './uncertainties.js';
import { PACK as pack_urllib3 } from './urllib3.js';
import { PACK as pack_woodwork } from './woodwork.js';
import { PACK as pack_xarray } from './xarray.js';
import { PACK as pack_yacs } from './yacs.js';
import { PACK as pack_yarl } from './yarl.js';
import { PACK as pack_yellowbrick } from './yellowbrick.js';

/** By the package that a module belongs to. */
export const PACKS: ReadonlyMap<string, Pack> = new Map([
  ['Bio', pack_Bio],
  ['PIL', pack_PIL],
  ['accelerate', pack_accelerate],
  ['addict', pack_addict],
  ['affine', pack_affine],
  ['anndata', pack_anndata],
  ['anytree', pack_anytree],
  ['arch', pack_arch],
  ['arrow', pack_arrow],
  ['ase', pack_ase],
  ['astropy', pack_astropy],
  ['attr', pack_attr],
  ['babel', pack_babel],
  ['bayes_opt', pack_bayes_opt],
  ['bidict', pack_bidict],
  ['bitarray', pack_bitarray],
  ['boltons', pack_boltons],
  ['botorch', pack_botorch],
  ['box', pack_box],
  ['cachetools', pack_cachetools],
  ['category_encoders', pack_category_encoders],
  ['causalml', pack_causalml],
  ['cftime', pack_cftime],
  ['cloudpickle', pack_cloudpickle],
  ['cmdstanpy', pack_cmdstanpy],
  ['community', pack_community],
  ['confection', pack_confection],
  ['coreforecast', pack_coreforecast],
  ['dask', pack_dask],
  ['dateutil', pack_dateutil],
  ['deap', pack_deap],
  ['diffusers', pack_diffusers],
  ['dowhy', pack_dowhy],
  ['dtaidistance', pack_dtaidistance],
  ['easydict', pack_easydict],
  ['econml', pack_econml],
  ['einops', pack_einops],
  ['evidently', pack_evidently],
  ['fastai', pack_fastai],
  ['fastcore', pack_fastcore],
  ['fasttransform', pack_fasttransform],
  ['feature_engine', pack_feature_engine],
  ['featuretools', pack_featuretools],
  ['flaml', pack_flaml],
  ['formulaic', pack_formulaic],
  ['frozendict', pack_frozendict],
  ['fsspec', pack_fsspec],
  ['gensim', pack_gensim],
  ['geopandas', pack_geopandas],
  ['gplearn', pack_gplearn],
  ['gpytorch', pack_gpytorch],
  ['great_expectations', pack_great_expectations],
  ['gymnasium', pack_gymnasium],
  ['hdbscan', pack_hdbscan],
  ['hmmlearn', pack_hmmlearn],
  ['hyperopt', pack_hyperopt],
  ['igraph', pack_igraph],
  ['imblearn', pack_imblearn],
  ['immutabledict', pack_immutabledict],
  ['implicit', pack_implicit],
  ['interpret', pack_interpret],
  ['intervaltree', pack_intervaltree],
  ['itertools', pack_itertools],
  ['joblib', pack_joblib],
  ['keras', pack_keras],
  ['kmodes', pack_kmodes],
  ['kneed', pack_kneed],
  ['kornia', pack_kornia],
  ['lark', pack_lark],
  ['lifelines', pack_lifelines],
  ['lightfm', pack_lightfm],
  ['lightning', pack_lightning],
  ['lime', pack_lime],
  ['linear_operator', pack_linear_operator],
  ['linearmodels', pack_linearmodels],
  ['mapie', pack_mapie],
  ['matplotlib', pack_matplotlib],
  ['ml_collections', pack_ml_collections],
  ['mlflow', pack_mlflow],
  ['mlforecast', pack_mlforecast],
  ['mlxtend', pack_mlxtend],
  ['monai', pack_monai],
  ['mpl_toolkits', pack_mpl_toolkits],
  ['multidict', pack_multidict],
  ['munch', pack_munch],
  ['narwhals', pack_narwhals],
  ['networkx', pack_networkx],
  ['ngboost', pack_ngboost],
  ['nltk', pack_nltk],
  ['numba', pack_numba],
  ['numpy', pack_numpy],
  ['omegaconf', pack_omegaconf],
  ['onnx', pack_onnx],
  ['optuna', pack_optuna],
  ['ordered_set', pack_ordered_set],
  ['peft', pack_peft],
  ['pendulum', pack_pendulum],
  ['pint', pack_pint],
  ['pmdarima', pack_pmdarima],
  ['polars', pack_polars],
  ['preshed', pack_preshed],
  ['prophet', pack_prophet],
  ['pvectorc', pack_pvectorc],
  ['pyarrow', pack_pyarrow],
  ['pycrfsuite', pack_pycrfsuite],
  ['pydantic', pack_pydantic],
  ['pydantic_core', pack_pydantic_core],
  ['pygam', pack_pygam],
  ['pymatgen', pack_pymatgen],
  ['pynndescent', pack_pynndescent],
  ['pyod', pack_pyod],
  ['pyproj', pack_pyproj],
  ['pyro', pack_pyro],
  ['pyrsistent', pack_pyrsistent],
  ['pytorch_tabnet', pack_pytorch_tabnet],
  ['pytz', pack_pytz],
  ['qiskit', pack_qiskit],
  ['rank_bm25', pack_rank_bm25],
  ['rasterio', pack_rasterio],
  ['ray', pack_ray],
  ['rdkit', pack_rdkit],
  ['regex', pack_regex],
  ['requests', pack_requests],
  ['rich', pack_rich],
  ['river', pack_river],
  ['rustworkx', pack_rustworkx],
  ['scipy', pack_scipy],
  ['segmentation_models_pytorch', pack_segmentation_models_pytorch],
  ['sentencepiece', pack_sentencepiece],
  ['shap', pack_shap],
  ['shapely', pack_shapely],
  ['skimage', pack_skimage],
  ['sklearn_crfsuite', pack_sklearn_crfsuite],
  ['sklearn_extra', pack_sklearn_extra],
  ['sklearn_pandas', pack_sklearn_pandas],
  ['skops', pack_skops],
  ['skopt', pack_skopt],
  ['skorch', pack_skorch],
  ['sksurv', pack_sksurv],
  ['sktime', pack_sktime],
  ['slicer', pack_slicer],
  ['sortedcontainers', pack_sortedcontainers],
  ['spacy', pack_spacy],
  ['sparse', pack_sparse],
  ['spglib', pack_spglib],
  ['sqlalchemy', pack_sqlalchemy],
  ['stable_baselines3', pack_stable_baselines3],
  ['stanio', pack_stanio],
  ['statsforecast', pack_statsforecast],
  ['statsmodels', pack_statsmodels],
  ['sumy', pack_sumy],
  ['suod', pack_suod],
  ['surprise', pack_surprise],
  ['sympy', pack_sympy],
  ['tblib', pack_tblib],
  ['tensorflow', pack_tensorflow],
  ['tensorly', pack_tensorly],
  ['textblob', pack_textblob],
  ['tf_keras', pack_tf_keras],
  ['thinc', pack_thinc],
  ['time', pack_time],
  ['timm', pack_timm],
  ['tokenizers', pack_tokenizers],
  ['toolz', pack_toolz],
  ['torch', pack_torch],
  ['torch_geometric', pack_torch_geometric],
  ['torchdata', pack_torchdata],
  ['torchmetrics', pack_torchmetrics],
  ['torchvision', pack_torchvision],
  ['tpot', pack_tpot],
  ['transformers', pack_transformers],
  ['treelib', pack_treelib],
  ['trimesh', pack_trimesh],
  ['tsfresh', pack_tsfresh],
  ['tslearn', pack_tslearn],
  ['typing', pack_typing],
  ['ultralytics', pack_ultralytics],
  ['umap', pack_umap],
  ['uncertainties', pack_uncertainties],
  ['urllib3', pack_urllib3],
  ['woodwork', pack_woodwork],
  ['xarray', pack_xarray],
  ['yacs', pack_yacs],
  ['yarl', pack_yarl],
  ['yellowbrick', pack_yellowbrick],
]);
