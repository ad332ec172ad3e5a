// Written by tools/packs/write.py from a review of the sources; read again before it was committed.
import type { Pack } from '../pack.js';

export const PACK: Pack = {
  library: 'diffusers 0.42.1',
  groups: [
    {
      why: 'An empty dict; items are set as in dict.',
      insideDanger: true,
      names: `
diffusers.configuration_utils: FrozenDict`,
    },
    {
      why: 'Its __getattr__ raises AttributeError for __setstate__ on an empty instance.',
      insideDanger: true,
      names: `
diffusers.schedulers.scheduling_ddim: DDIMScheduler
diffusers.schedulers.scheduling_ddpm: DDPMScheduler
diffusers.schedulers.scheduling_dpmsolver_multistep: DPMSolverMultistepScheduler
diffusers.schedulers.scheduling_euler_discrete: EulerDiscreteScheduler
diffusers.schedulers.scheduling_flow_match_euler_discrete: FlowMatchEulerDiscreteScheduler
diffusers.schedulers.scheduling_lms_discrete: LMSDiscreteScheduler
diffusers.schedulers.scheduling_pndm: PNDMScheduler
diffusers.schedulers.scheduling_unipc_multistep: UniPCMultistepScheduler`,
    },
    {
      why: 'No hook of its own: object.__new__ and __dict__ update.',
      insideDanger: true,
      names: `
diffusers.models.attention_processor: AttnProcessor2_0`,
    },
    {
      why: 'torch.nn.Module.__setstate__: __dict__.update and missing defaults; hooks and forward act when the module is used.',
      insideDanger: true,
      names: `
diffusers.models.attention_processor: Attention
diffusers.models.autoencoders.autoencoder_kl: AutoencoderKL
diffusers.models.autoencoders.vae: Decoder Encoder
diffusers.models.downsampling: Downsample2D
diffusers.models.embeddings: TimestepEmbedding Timesteps
diffusers.models.resnet: ResnetBlock2D
diffusers.models.unets.unet_2d: UNet2DModel
diffusers.models.unets.unet_2d_blocks: DownBlock2D DownEncoderBlock2D UNetMidBlock2D UpBlock2D UpDecoderBlock2D
diffusers.models.upsampling: Upsample2D`,
    },
  ],
  uses: `
FrozenDict: bD(gdoupe)r r0() s(gdoupe)r`,
  members: '',
  shapes: '',
  refused: `
diffusers.schedulers.scheduling_ddpm DDPMSchedulerOutput: __post_init__ and __setitem__ set attributes by names from the argument and from the items`,
};
