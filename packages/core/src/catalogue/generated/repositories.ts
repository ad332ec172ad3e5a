// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { LoaderRow } from '../rows.js';

/** In the order in which they are shown; `reference` is empty where the versions have no known fault. */
export const LOADERS: readonly LoaderRow[] = [
  { loader: 'transformers', versions: '5.3.0 to 5.23.0', reference: '', runs: 'auto-map needs-trust;custom-pipeline needs-trust' },
  { loader: 'transformers', versions: '4.56.0 to 5.2.x with kernels installed', reference: 'CVE-2026-4372', runs: 'attention-kernel at-once' },
  { loader: 'diffusers', versions: '0.42.1', reference: '', runs: 'diffusers-code needs-trust' },
  { loader: 'diffusers', versions: 'earlier ones, which import any library that is named', reference: 'the sources of earlier versions', runs: 'diffusers-library at-once' },
  { loader: 'sentence-transformers', versions: '6.0 to 6.2.0', reference: '', runs: 'auto-map needs-trust;module needs-trust' },
  { loader: 'sentence-transformers', versions: 'earlier than 6.0, for a local folder', reference: 'a local folder was trusted', runs: 'module at-once' },
  { loader: 'vLLM', versions: '0.18.0 and later', reference: '', runs: 'auto-map needs-trust' },
  { loader: 'vLLM', versions: '0.10.1 to 0.13.x', reference: 'CVE-2026-22807', runs: 'auto-map at-once' },
  { loader: 'vLLM', versions: '0.10.1 to 0.17.x for some architectures', reference: 'CVE-2026-27893', runs: 'auto-map at-once' },
  { loader: 'llama.cpp', versions: 'any version', reference: '', runs: '' },
  { loader: 'llama-cpp-python', versions: '0.2.30 to 0.2.71', reference: 'CVE-2024-34359', runs: 'template at-once' },
  { loader: 'SGLang', versions: 'those of the advisory', reference: 'CVE-2026-5760', runs: 'template at-once' },
  { loader: 'MLX-LM', versions: 'those of the advisory', reference: 'CVE-2026-5843', runs: 'model-file at-once' },
  { loader: 'Docker Model Runner', versions: 'with its vllm-metal backend', reference: 'CVE-2026-5817', runs: 'auto-map at-once' },
  { loader: 'PyTorch Hub', versions: '2.13', reference: '', runs: 'hubconf at-once' },
  { loader: 'TorchServe', versions: '0.12', reference: '', runs: 'handler at-once' },
  { loader: 'MLflow', versions: '3', reference: '', runs: 'loader-module at-once' },
];

export const TARGET_PACKAGES = `accelerate
apex.optimizers
audiocraft
bitsandbytes
braceexpand
catboost
chronos
cosmos1
datasets
diffusers
einops
esm
fairseq
flash_attn
gluonts
hydra.core
jsonargparse.typing
keras
kornia
ldm
lightgbm
lightning
lightning_fabric
megatron
monai
nemo
nemo_automodel
nemo_run
nemo_text_processing
neuralforecast
numpy.random
omegaconf
open_clip
optimum
peft
pytorch_forecasting
pytorch_lightning
scvi
sentence_transformers
sgm
sklearn
spacy
speechbrain
thinc
timm
tokenizers
torch.distributions
torch.nn
torch.optim
torch.utils.data
torchaudio
torchmetrics
torchvision
transformer_engine
transformer_engine.pytorch
transformers
tslearn
uni2ts
vector_quantize_pytorch
xformers
xgboost`;

export const TARGET_FUNCTIONS = `diffusers.optimization
timm.layers
timm.optim
timm.scheduler
torch.nn.functional
torch.nn.init
torch.nn.utils.parametrizations
torch.optim.lr_scheduler
torchaudio.transforms
torchmetrics.functional
torchvision.models
torchvision.transforms
transformers.optimization`;

export const PIPELINE_MODULES = `ace_step
allegro
alt_diffusion
amused
animatediff
anyflow
attend_and_excite
audio_diffusion
audioldm
audioldm2
aura_flow
blip_diffusion
bria
bria_fibo
bria_fibo2
chroma
chronoedit
cogvideo
cogview3
cogview4
consisid
consistency_models
controlnet
controlnet_hunyuandit
controlnet_sd3
controlnet_xs
cosmos
dance_diffusion
ddim
ddpm
deepfloyd_if
deprecated
diffusion_gemma
dit
dreamlite
easyanimate
ernie_image
flux
flux2
glm_image
helios
hidream_image
hunyuan_image
hunyuan_video
hunyuan_video1_5
hunyuandit
i2vgen_xl
ideogram4
joyimage
kandinsky
kandinsky2_2
kandinsky3
kandinsky5
kandinsky6
karlo
kolors
krea2
latent_consistency_models
latent_diffusion
latent_diffusion_uncond
latte
ledits_pp
llada2
longcat_audio_dit
longcat_image
ltx
ltx2
lucy
lumina
lumina2
marigold
mochi
motif_video
musicldm
nucleusmoe_image
omnigen
ovis_image
pag
paint_by_example
pia
pixart_alpha
pndm
prx
qwenimage
qwenimage21
repaint
rfd4_proteina
sana
sana_video
sana_wm
score_sde_ve
semantic_stable_diffusion
shap_e
skyreels_v2
spectrogram_diffusion
stable_audio
stable_audio_3
stable_cascade
stable_diffusion
stable_diffusion_3
stable_diffusion_attend_and_excite
stable_diffusion_diffedit
stable_diffusion_gligen
stable_diffusion_k_diffusion
stable_diffusion_ldm3d
stable_diffusion_panorama
stable_diffusion_safe
stable_diffusion_sag
stable_diffusion_variants
stable_diffusion_xl
stable_unclip
stable_video_diffusion
stochastic_karras_ve
t2i_adapter
text_to_video_synthesis
unclip
unconditional_image_generation
unidiffuser
versatile_diffusion
visualcloze
vq_diffusion
wan
wuerstchen
z_image`;
