"""Deep learning: torch_geometric, torchmetrics, gpytorch, botorch, pyro, lightning, ultralytics, timm, keras, fastai, monai, diffusers and the like."""

import copy

import numpy as np


def build(store, options):
    import torch

    import torchvision_operators

    torchvision_operators.define()
    torch.manual_seed(0)
    store.each("deep", [torchvision, torch_geometric, torchmetrics, gpytorch, botorch, pyro_ppl, lightning, ultralytics, timm, keras, gymnasium, stable_baselines3, einops, kornia, monai, segmentation_models_pytorch, pytorch_tabnet, accelerate, peft, diffusers, onnx, fastcore, fastai, torchdata])


def torchvision():
    import torch
    from torchvision import models, ops, transforms
    from torchvision.transforms import v2

    vit = models.VisionTransformer(32, 8, 1, 2, 16, 32, num_classes=3)
    return {
        "transforms": lambda: transforms.Compose([transforms.Resize(8), transforms.CenterCrop(4), transforms.ToTensor(), transforms.Normalize([0.5], [0.5])]), "augment": lambda: transforms.Compose([transforms.RandomHorizontalFlip(), transforms.ColorJitter(0.1), transforms.RandomRotation(10), transforms.RandomResizedCrop(8)]), "v2": lambda: v2.Compose([v2.Resize(8), v2.ToDtype(torch.float32, scale=True), v2.RandomHorizontalFlip()]), "auto": lambda: transforms.RandAugment(), "enum": lambda: transforms.InterpolationMode.BILINEAR, "preset": lambda: models.ResNet18_Weights.DEFAULT.transforms(),
        "vit.pt": lambda: vit, "vit-state.pth": lambda: vit.state_dict(), "mobilenet.pt": lambda: models.MobileNetV2(3, width_mult=0.1), "squeezenet.pt": lambda: models.squeezenet1_1(num_classes=2).half(), "swin.pt": lambda: models.SwinTransformer([4, 4], 8, [1, 1], [2, 2], [4, 4], num_classes=2), "convnext.pt": lambda: models.ConvNeXt([models.convnext.CNBlockConfig(8, 16, 1), models.convnext.CNBlockConfig(16, None, 1)], num_classes=2), "densenet.pt": lambda: models.DenseNet(4, (1, 1), 8, num_classes=2), "resnet-block.pt": lambda: models.resnet.BasicBlock(4, 4), "bottleneck": lambda: models.resnet.Bottleneck(8, 2), "efficientnet.pt": lambda: models.EfficientNet([models.efficientnet.MBConvConfig(1, 3, 1, 8, 8, 1)], 0.1, num_classes=2, last_channel=16), "regnet.pt": lambda: models.RegNet(models.regnet.BlockParams([1], [8], [8], [1.0], [2]), num_classes=2), "mnasnet.pt": lambda: models.MNASNet(0.1, num_classes=2), "shufflenet.pt": lambda: models.ShuffleNetV2([1, 1, 1], [8, 8, 16, 32, 64], num_classes=2), "fpn": lambda: ops.FeaturePyramidNetwork([4, 8], 4), "pool": lambda: ops.MultiScaleRoIAlign(["0"], 7, 2), "frozen-norm": lambda: ops.FrozenBatchNorm2d(4), "detection-head.pt": lambda: models.detection.faster_rcnn.FastRCNNPredictor(8, 2), "anchors": lambda: models.detection.anchor_utils.AnchorGenerator(), "box": lambda: __import__("torchvision.tv_tensors", fromlist=["Image"]).Image(torch.zeros(3, 2, 2)), "weights": lambda: models.ResNet18_Weights.IMAGENET1K_V1,
    }


def torch_geometric():
    import torch
    import torch_geometric as tg
    from torch_geometric import data, nn, transforms

    one = data.Data(x=torch.ones(3, 2), edge_index=torch.tensor([[0, 1], [1, 2]]), y=torch.tensor([1]))
    mixed = data.HeteroData()
    mixed["paper"].x = torch.ones(2, 3)
    mixed["author", "writes", "paper"].edge_index = torch.tensor([[0], [1]])
    return {
        "data": lambda: one, "data.pt": lambda: one, "hetero": lambda: mixed, "hetero.pt": lambda: mixed, "batch": lambda: data.Batch.from_data_list([one, one]), "batch.pt": lambda: data.Batch.from_data_list([one, one]), "list.pt": lambda: [one, one], "collated.pt": lambda: data.InMemoryDataset.collate([one, one]), "processed.pt": lambda: (lambda c: (c[0].to_dict(), c[1], type(c[0])))(data.InMemoryDataset.collate([one, one])), "transform": lambda: transforms.Compose([transforms.NormalizeFeatures(), transforms.AddSelfLoops(), transforms.ToUndirected()]), "gcn": lambda: nn.GCNConv(2, 4), "gcn.pt": lambda: nn.GCNConv(2, 4), "gat": lambda: nn.GATConv(2, 4, heads=2), "sage": lambda: nn.SAGEConv(2, 4), "model.pt": lambda: nn.GCN(2, 4, 2, 2), "model-state.pt": lambda: nn.GraphSAGE(2, 4, 2).state_dict(), "temporal": lambda: data.TemporalData(src=torch.tensor([0]), dst=torch.tensor([1]), t=torch.tensor([2]), msg=torch.ones(1, 2)), "rgcn": lambda: nn.RGCNConv(2, 4, 3), "pool": lambda: nn.TopKPooling(4), "gin.pt": lambda: nn.GIN(2, 4, 2), "index": lambda: tg.EdgeIndex([[0, 1], [1, 0]]), "norm": lambda: nn.GraphNorm(4), "sampler": lambda: transforms.RandomNodeSplit(),
    }


def torchmetrics():
    import torch
    import torchmetrics as tm

    def used(metric, *given):
        metric.update(*given)
        return metric

    scores, labels = torch.tensor([[0.2, 0.8], [0.6, 0.4]]), torch.tensor([1, 0])
    return {
        "accuracy": lambda: used(tm.Accuracy(task="multiclass", num_classes=2), scores, labels), "binary": lambda: used(tm.classification.BinaryF1Score(), torch.tensor([0.2, 0.9]), labels), "auroc": lambda: used(tm.AUROC(task="binary"), torch.tensor([0.2, 0.9]), labels), "confusion": lambda: used(tm.ConfusionMatrix(task="multiclass", num_classes=2), scores, labels), "mse": lambda: used(tm.MeanSquaredError(), torch.ones(2), torch.zeros(2)), "mean": lambda: used(tm.MeanMetric(), torch.ones(2)), "collection": lambda: tm.MetricCollection([tm.MeanSquaredError(), tm.MeanAbsoluteError()]), "state.pt": lambda: tm.MeanSquaredError().state_dict(), "metric.pt": lambda: tm.R2Score(), "r2": lambda: used(tm.R2Score(), torch.arange(3.0), torch.arange(3.0)), "unused": lambda: tm.Precision(task="multilabel", num_labels=3), "tracker": lambda: tm.MetricTracker(tm.MeanSquaredError()), "compound": lambda: tm.MeanSquaredError() + 1, "text": lambda: used(tm.text.WordErrorRate(), ["a b"], ["a c"]), "retrieval": lambda: tm.RetrievalMAP(), "minmax": lambda: tm.MinMaxMetric(tm.MeanSquaredError()), "ssim": lambda: tm.image.StructuralSimilarityIndexMeasure(),
    }


def gpytorch():
    import gpytorch as gp
    import torch

    return {
        "rbf": lambda: gp.kernels.RBFKernel(), "scaled": lambda: gp.kernels.ScaleKernel(gp.kernels.MaternKernel(nu=2.5)), "scaled.pt": lambda: gp.kernels.ScaleKernel(gp.kernels.RBFKernel(ard_num_dims=2)), "likelihood": lambda: gp.likelihoods.GaussianLikelihood(), "mean": lambda: gp.means.ConstantMean(), "state.pth": lambda: gp.likelihoods.GaussianLikelihood().state_dict(), "prior": lambda: gp.priors.GammaPrior(3.0, 6.0), "constraint": lambda: gp.constraints.GreaterThan(1e-4), "normal": lambda: gp.distributions.MultivariateNormal(torch.zeros(2), torch.eye(2)), "variational": lambda: gp.variational.CholeskyVariationalDistribution(3), "linear": lambda: gp.kernels.LinearKernel() + gp.kernels.PeriodicKernel(), "product": lambda: gp.kernels.RBFKernel() * gp.kernels.CosineKernel(), "bernoulli": lambda: gp.likelihoods.BernoulliLikelihood(), "operator": lambda: __import__("linear_operator").to_linear_operator(torch.eye(2)), "with-prior": lambda: gp.kernels.ScaleKernel(gp.kernels.RBFKernel(lengthscale_prior=gp.priors.GammaPrior(3.0, 6.0))),
    }


def botorch():
    import torch
    from botorch.acquisition import ExpectedImprovement, qExpectedImprovement
    from botorch.models import ModelListGP, MultiTaskGP, SingleTaskGP
    from botorch.models.transforms import Normalize, Standardize
    from botorch.sampling import SobolQMCNormalSampler

    x, y = torch.rand(5, 2, dtype=torch.double), torch.rand(5, 1, dtype=torch.double)
    model = SingleTaskGP(x, y)
    return {
        "model": lambda: model, "model.pt": lambda: model, "state.pth": lambda: model.state_dict(), "transformed": lambda: SingleTaskGP(x, y, input_transform=Normalize(2), outcome_transform=Standardize(1)), "list": lambda: ModelListGP(model, SingleTaskGP(x, y)), "task": lambda: MultiTaskGP(torch.cat([x, torch.zeros(5, 1)], 1), y, task_feature=2), "acquisition": lambda: ExpectedImprovement(model, 0.5), "q-acquisition": lambda: qExpectedImprovement(model, 0.5), "sampler": lambda: SobolQMCNormalSampler(torch.Size([4]), seed=1), "posterior": lambda: model.posterior(x),
    }


def pyro_ppl():
    import pyro
    import pyro.contrib.gp
    import pyro.distributions as dist
    import torch

    def params():
        pyro.clear_param_store()
        pyro.param("loc", torch.tensor(1.0))
        pyro.param("scale", torch.tensor(1.0), constraint=dist.constraints.positive)
        return pyro.get_param_store().get_state()

    return {"params": params, "params.pt": params, "normal": lambda: dist.Normal(torch.tensor(0.0), torch.tensor(1.0)), "batch": lambda: dist.Categorical(torch.ones(3) / 3).expand([2]), "independent": lambda: dist.Normal(torch.zeros(2), torch.ones(2)).to_event(1), "delta": lambda: dist.Delta(torch.tensor(1.0)), "optimiser": lambda: pyro.optim.Adam({"lr": 0.01}), "optimiser-state.pt": lambda: pyro.optim.Adam({"lr": 0.01}).get_state(), "elbo": lambda: pyro.infer.Trace_ELBO(), "kernel": lambda: pyro.contrib.gp.kernels.RBF(1), "module": lambda: pyro.nn.PyroModule[torch.nn.Linear](2, 1), "transform": lambda: dist.transforms.AffineTransform(0.0, 1.0), "trace": lambda: pyro.poutine.Trace(), "regression": lambda: pyro.contrib.gp.models.GPRegression(torch.rand(3, 1), torch.rand(3), pyro.contrib.gp.kernels.RBF(1)), "flow": lambda: dist.transforms.Planar(2)}


def lightning():
    import tempfile

    import lightning as li
    import torch
    from lightning.pytorch import callbacks, demos, loggers

    def trained():
        with tempfile.TemporaryDirectory() as folder:
            model = demos.boring_classes.BoringModel()
            trainer = li.Trainer(default_root_dir=folder, max_steps=2, logger=False, enable_progress_bar=False, enable_model_summary=False, accelerator="cpu", callbacks=[callbacks.ModelCheckpoint(folder, save_last=True), callbacks.EarlyStopping("train_loss", check_on_train_epoch_end=False, strict=False)])
            trainer.fit(model)
            with open(folder + "/last.ckpt", "rb") as source:
                return source.read()

    def checkpoint(path):
        with open(path, "wb") as out:
            out.write(trained())

    return {
        "last": (checkpoint, ".ckpt"), "module": lambda: demos.boring_classes.BoringModel(), "module.pt": lambda: demos.boring_classes.BoringModel(), "checkpoint": lambda: callbacks.ModelCheckpoint("out"), "stopping": lambda: callbacks.EarlyStopping("loss"), "timer": lambda: callbacks.Timer({"hours": 1}), "logger": lambda: loggers.CSVLogger("logs"), "callbacks": lambda: [callbacks.LearningRateMonitor(), callbacks.GradientAccumulationScheduler({2: 2}), callbacks.StochasticWeightAveraging(0.1)], "hparams": lambda: __import__("lightning.pytorch.utilities.parsing", fromlist=["AttributeDict"]).AttributeDict(lr=0.1), "datamodule": lambda: demos.boring_classes.BoringDataModule(), "dataset": lambda: demos.boring_classes.RandomDataset(2, 4), "transformer.pt": lambda: demos.Transformer(8, 4, 1, 4, 1), "progress": lambda: callbacks.TQDMProgressBar(), "bare.pt": lambda: {"state_dict": torch.nn.Linear(1, 1).state_dict(), "pytorch-lightning_version": li.__version__, "hyper_parameters": {"lr": 0.1}, "epoch": 1, "global_step": 3, "callbacks": {}, "optimizer_states": [], "lr_schedulers": []},
    }


def ultralytics():
    import torch
    from ultralytics.engine.results import Boxes, Results
    from ultralytics.nn import modules, tasks
    from ultralytics.utils import IterableSimpleNamespace

    small = {"nc": 2, "depth_multiple": 0.3, "width_multiple": 0.1, "backbone": [[-1, 1, "Conv", [64, 3, 2]], [-1, 1, "Conv", [128, 3, 2]], [-1, 1, "C3k2", [128, False]], [-1, 1, "Conv", [256, 3, 2]], [-1, 1, "C2f", [256]], [-1, 1, "SPPF", [256, 5]]], "head": [[-1, 1, "nn.Upsample", [None, 2, "nearest"]], [[-1, 2], 1, "Concat", [1]], [-1, 1, "C2f", [128]], [[8, 5], 1, "Detect", ["nc"]]]}

    def model(cls, **given):
        made = cls(copy.deepcopy(small), verbose=False, **given)
        made.args = IterableSimpleNamespace(imgsz=64)
        made.names = {0: "cat", 1: "dog"}
        return made

    def checkpoint():
        return {"date": "2026-01-01T00:00:00", "version": "8.4.0", "epoch": -1, "best_fitness": None, "model": None, "ema": copy.deepcopy(model(tasks.DetectionModel)).half(), "updates": None, "optimizer": None, "scaler": None, "train_args": {"imgsz": 64, "epochs": 1}, "train_metrics": {"fitness": 0.1}, "train_results": {"epoch": [1]}, "git": {"root": None}, "license": "AGPL-3.0", "docs": "https://docs.ultralytics.com"}

    return {
        "detect.pt": lambda: {"model": model(tasks.DetectionModel).half(), "train_args": {}, "epoch": -1}, "best.pt": checkpoint, "whole.pt": lambda: model(tasks.DetectionModel), "conv": lambda: modules.Conv(3, 8), "c2f": lambda: modules.C2f(8, 8), "blocks.pt": lambda: torch.nn.Sequential(modules.C3(8, 8), modules.Bottleneck(8, 8), modules.SPPF(8, 8), modules.C2PSA(64, 64), modules.C3k2(8, 8), modules.DWConv(8, 8), modules.GhostConv(8, 8), modules.ConvTranspose(8, 8)), "segment.pt": lambda: modules.Segment(2, 4, 8, ch=(8,)), "pose.pt": lambda: modules.Pose(2, (17, 3), ch=(8,)), "obb.pt": lambda: modules.OBB(2, 1, ch=(8,)), "classify.pt": lambda: modules.Classify(8, 2), "boxes": lambda: Boxes(torch.ones(1, 6), (4, 4)), "results": lambda: Results(np.zeros((4, 4, 3), "u1"), "a.jpg", {0: "cat"}, boxes=torch.ones(1, 6)), "arguments": lambda: IterableSimpleNamespace(imgsz=64, lr=0.1), "cbam.pt": lambda: torch.nn.Sequential(modules.CBAM(8), modules.DFL(16), modules.Proto(8), modules.RepConv(8, 8), modules.C1(8, 8), modules.C2(8, 8), modules.Focus(3, 8)), "sppf": lambda: modules.SPPF(8, 8), "metrics": lambda: __import__("ultralytics.utils.metrics", fromlist=["DetMetrics"]).DetMetrics(), "rtdetr-block.pt": lambda: modules.AIFI(16, 32, 2),
    }


def timm():
    import timm as ti
    import timm.loss
    import timm.optim
    import timm.scheduler
    import torch

    def named(name):
        return lambda: ti.create_model(name, num_classes=2)

    made = {"%s.pt" % name: named(name) for name in ("test_vit", "test_resnet", "test_convnext", "test_efficientnet", "test_byobnet", "test_nfnet", "test_mambaout")}
    made.update({"vit-state.pth": lambda: named("test_vit")().state_dict(), "vit": named("test_vit"), "resnet": named("test_resnet"), "transform": lambda: ti.data.create_transform(32, is_training=True), "evaluation": lambda: ti.data.create_transform(32), "schedule": lambda: ti.scheduler.CosineLRScheduler(torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=0.1), 10), "optimiser": lambda: ti.optim.create_optimizer_v2(torch.nn.Linear(2, 2), "adamw", lr=0.1), "ema": lambda: ti.utils.ModelEmaV2(torch.nn.Linear(2, 2)), "mixup": lambda: ti.data.Mixup(0.2), "loss": lambda: ti.loss.LabelSmoothingCrossEntropy(), "configuration": lambda: named("test_vit")().default_cfg, "pretrained": lambda: named("test_vit")().pretrained_cfg, "swin.pt": lambda: ti.models.SwinTransformer(32, 4, embed_dim=8, depths=(1, 1), num_heads=(2, 2), window_size=4, num_classes=2), "mixer.pt": lambda: ti.models.MlpMixer(2, 32, patch_size=8, num_blocks=1, embed_dim=16)})
    return made


def keras():
    import keras as ke

    rng = np.random.RandomState(0)
    x, y = rng.rand(16, 4).astype("f4"), rng.rand(16, 1).astype("f4")
    model = ke.Sequential([ke.layers.Input((4,)), ke.layers.Dense(4, activation="relu"), ke.layers.Dense(1)])
    model.compile("adam", "mse")
    history = model.fit(x, y, epochs=2, verbose=0)
    inputs = ke.Input((4,))
    functional = ke.Model(inputs, ke.layers.Dense(1)(ke.layers.Dropout(0.1)(inputs)))
    return {
        "history": lambda: history.history, "history-object": lambda: history, "model": lambda: model, "functional": lambda: functional, "weights": lambda: model.get_weights(), "layer": lambda: ke.layers.Dense(3), "built-layer": lambda: model.layers[0], "optimiser": lambda: ke.optimizers.Adam(0.01), "loss": lambda: ke.losses.MeanSquaredError(), "metric": lambda: ke.metrics.Accuracy(), "configuration": lambda: model.get_config(), "callbacks": lambda: [ke.callbacks.EarlyStopping(), ke.callbacks.History()], "initialiser": lambda: ke.initializers.GlorotUniform(seed=1), "regulariser": lambda: ke.regularizers.L2(0.1), "schedule": lambda: ke.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9), "normaliser": lambda: ke.layers.Normalization(mean=0.0, variance=1.0), "policy": lambda: ke.mixed_precision.DTypePolicy("float32"), "image-generator": lambda: ke.utils.to_categorical([0, 1]),
    }


def gymnasium():
    import gymnasium as gym
    from gymnasium import spaces

    return {"box": lambda: spaces.Box(-1, 1, (2,), seed=1), "discrete": lambda: spaces.Discrete(3), "multi": lambda: spaces.MultiDiscrete([2, 3]), "binary": lambda: spaces.MultiBinary(4), "dict": lambda: spaces.Dict(a=spaces.Discrete(2), b=spaces.Box(0, 1, (1,))), "tuple": lambda: spaces.Tuple([spaces.Discrete(2), spaces.Discrete(3)]), "text": lambda: spaces.Text(4), "sequence": lambda: spaces.Sequence(spaces.Discrete(2)), "graph": lambda: spaces.Graph(spaces.Box(0, 1, (1,)), spaces.Discrete(2)), "specification": lambda: gym.spec("CartPole-v1"), "environment": lambda: gym.make("CartPole-v1").unwrapped, "one-of": lambda: spaces.OneOf([spaces.Discrete(2), spaces.Box(0, 1)]), "wrapped": lambda: gym.make("CartPole-v1"), "used": lambda: _sampled(spaces.Box(0, 1, (3,), seed=2)), "frozen-lake": lambda: gym.make("FrozenLake-v1").unwrapped, "statistics": lambda: __import__("gymnasium.wrappers.utils", fromlist=["RunningMeanStd"]).RunningMeanStd(shape=(2,))}


def _sampled(space):
    space.sample()
    return space


def stable_baselines3():
    import gymnasium as gym
    import stable_baselines3 as sb
    from stable_baselines3.common import buffers, monitor, noise, preprocessing, running_mean_std, vec_env

    box, few = gym.spaces.Box(-1, 1, (2,)), gym.spaces.Discrete(2)

    def normalised():
        made = vec_env.VecNormalize(vec_env.DummyVecEnv([lambda: gym.make("CartPole-v1")]))
        made.reset()
        return made

    def replay():
        made = buffers.ReplayBuffer(8, box, few, device="cpu")
        made.add(np.zeros((1, 2)), np.ones((1, 2)), np.array([1]), np.array([0.5]), np.array([False]), [{}])
        return made

    model = sb.PPO("MlpPolicy", "CartPole-v1", n_steps=8, batch_size=8, policy_kwargs={"net_arch": [4]}, device="cpu", seed=0)
    model.learn(8)
    return {"vec-normalise": normalised, "vec-normalise-saved": (lambda path: normalised().save(path), ".pkl"), "replay": replay, "rollout": lambda: buffers.RolloutBuffer(4, box, few, device="cpu"), "policy.pt": lambda: model.policy.state_dict(), "policy": lambda: model.policy, "policy-saved": (lambda path: model.policy.save(path), ".pth"), "model-saved": (lambda path: model.save(path), ".zip"), "statistics": lambda: running_mean_std.RunningMeanStd(shape=(2,)), "noise": lambda: noise.NormalActionNoise(np.zeros(2), np.ones(2)), "noise-ou": lambda: noise.OrnsteinUhlenbeckActionNoise(np.zeros(2), np.ones(2)), "replay-saved": (lambda path: __import__("stable_baselines3.common.save_util", fromlist=["x"]).save_to_pkl(path, replay()), ".pkl"), "dict-buffer": lambda: buffers.DictReplayBuffer(4, gym.spaces.Dict(a=box), few, device="cpu"), "frequency": lambda: __import__("stable_baselines3.common.type_aliases", fromlist=["x"]).TrainFreq(4, __import__("stable_baselines3.common.type_aliases", fromlist=["x"]).TrainFrequencyUnit.STEP), "dqn-saved": (lambda path: sb.DQN("MlpPolicy", "CartPole-v1", buffer_size=10, policy_kwargs={"net_arch": [4]}, device="cpu").save(path), ".zip"), "sac-policy": lambda: sb.SAC("MlpPolicy", "Pendulum-v1", buffer_size=10, policy_kwargs={"net_arch": [4]}, device="cpu").policy}


def einops():
    import torch
    from einops.layers.torch import EinMix, Rearrange, Reduce

    return {"rearrange": lambda: Rearrange("b c h w -> b (c h w)"), "rearrange.pt": lambda: Rearrange("b (h d) -> b h d", h=2), "reduce": lambda: Reduce("b c h w -> b c", "mean"), "mix": lambda: EinMix("b c -> b d", weight_shape="c d", bias_shape="d", c=2, d=3), "net.pt": lambda: torch.nn.Sequential(Rearrange("b c h w -> b (c h w)"), torch.nn.Linear(4, 2)), "used": lambda: _rearranged(torch, Rearrange), "reduce.pt": lambda: Reduce("b c (h 2) -> b c h", "max"), "several": lambda: torch.nn.Sequential(Reduce("b c h -> b c", "sum"), Rearrange("b c -> c b"))}


def _rearranged(torch, cls):
    layer = cls("b c -> c b")
    layer(torch.ones(2, 3))
    return layer


def kornia():
    import kornia as ko
    import torch

    return {"flip": lambda: ko.augmentation.RandomHorizontalFlip(p=0.5), "sequence.pt": lambda: ko.augmentation.AugmentationSequential(ko.augmentation.RandomAffine(10.0), ko.augmentation.ColorJitter(0.1, 0.1, 0.1, 0.1)), "blur": lambda: ko.filters.GaussianBlur2d((3, 3), (1.0, 1.0)), "camera": lambda: ko.geometry.camera.PinholeCamera(torch.eye(4)[None], torch.eye(4)[None], torch.ones(1), torch.ones(1)), "normalise": lambda: ko.enhance.Normalize(torch.zeros(3), torch.ones(3)), "sobel": lambda: ko.filters.Sobel(), "loss": lambda: ko.losses.SSIMLoss(5), "quaternion": lambda: ko.geometry.quaternion.Quaternion.identity(), "harris": lambda: ko.feature.CornerHarris(0.04), "resize": lambda: ko.geometry.transform.Resize(8), "crop": lambda: ko.augmentation.RandomCrop((4, 4)), "grey": lambda: ko.color.RgbToGrayscale(), "boxes": lambda: ko.geometry.boxes.Boxes.from_tensor(torch.tensor([[1.0, 1, 2, 2]])), "hardnet.pt": lambda: ko.feature.SIFTDescriptor(16), "laf": lambda: ko.feature.LAFOrienter(16)}


def monai():
    import torch
    from monai import data, losses, metrics, networks, transforms

    chain = transforms.Compose([transforms.EnsureChannelFirst(channel_dim="no_channel"), transforms.ScaleIntensity(), transforms.RandRotate90(0.5)])
    return {"compose": lambda: chain, "dictionary": lambda: transforms.Compose([transforms.ScaleIntensityd(keys=["image"]), transforms.RandFlipd(keys=["image"], prob=0.5)]), "tensor": lambda: data.MetaTensor(torch.ones(1, 2, 2)), "tensor.pt": lambda: data.MetaTensor(torch.ones(1, 2, 2), meta={"a": 1}), "unet.pt": lambda: networks.nets.UNet(2, 1, 2, (4, 8), (2,)), "unet-state.pth": lambda: networks.nets.UNet(2, 1, 2, (4, 8), (2,)).state_dict(), "loss": lambda: losses.DiceLoss(sigmoid=True), "metric": lambda: metrics.DiceMetric(), "dataset": lambda: data.Dataset([{"image": 1}], chain), "cache": lambda: data.CacheDataset([np.ones((2, 2), "f4")], chain, num_workers=0, progress=False), "dense.pt": lambda: networks.nets.DenseNet(2, 1, 2, 4, 4, (1, 1)), "layer": lambda: networks.blocks.Convolution(2, 1, 2), "transformed": lambda: chain(np.arange(4, dtype="f4").reshape(2, 2)), "attention.pt": lambda: networks.blocks.SABlock(8, 2), "spacing": lambda: transforms.Spacing((1, 1)), "regressor.pt": lambda: networks.nets.Regressor((1, 8, 8), (1,), (4,), (2,)), "post": lambda: transforms.Compose([transforms.Activations(sigmoid=True), transforms.AsDiscrete(threshold=0.5)]), "partial-crop": lambda: transforms.RandSpatialCrop((2, 2)), "focal": lambda: losses.FocalLoss()}


def segmentation_models_pytorch():
    import segmentation_models_pytorch as smp

    def small(cls, **given):
        return cls("tu-test_resnet", encoder_weights=None, classes=2, **given).half()

    return {"unet.pt": lambda: small(smp.Unet, decoder_channels=(8, 8, 8, 4, 4)), "fpn.pt": lambda: small(smp.FPN, decoder_pyramid_channels=32, decoder_segmentation_channels=32), "linknet.pt": lambda: small(smp.Linknet), "pspnet.pt": lambda: small(smp.PSPNet, psp_out_channels=8), "unet-state.pth": lambda: small(smp.Unet, decoder_channels=(8, 8, 8, 4, 4)).state_dict(), "manet.pt": lambda: small(smp.MAnet, decoder_channels=(8, 8, 8, 4, 4), decoder_pab_channels=4), "dice": lambda: smp.losses.DiceLoss("binary"), "focal": lambda: smp.losses.FocalLoss("binary"), "upp.pt": lambda: small(smp.UnetPlusPlus, decoder_channels=(8, 8, 8, 4, 4)), "deeplab.pt": lambda: small(smp.DeepLabV3Plus, decoder_channels=8), "jaccard": lambda: smp.losses.JaccardLoss("multiclass"), "head": lambda: smp.base.SegmentationHead(4, 2), "tversky": lambda: smp.losses.TverskyLoss("binary")}


def pytorch_tabnet():
    from pytorch_tabnet.pretraining import TabNetPretrainer
    from pytorch_tabnet.tab_model import TabNetClassifier, TabNetRegressor

    rng = np.random.RandomState(0)
    x = rng.rand(32, 4).astype("f4")

    def fitted(cls, y, **given):
        model = cls(n_d=4, n_a=4, n_steps=2, verbose=0, device_name="cpu", **given)
        model.fit(x, y, max_epochs=1, batch_size=16, virtual_batch_size=8)
        return model

    return {"classifier": lambda: fitted(TabNetClassifier, np.arange(32) % 2), "regressor": lambda: fitted(TabNetRegressor, x[:, :1]), "unfitted": lambda: TabNetClassifier(verbose=0), "saved": (lambda path: _archived(fitted(TabNetClassifier, np.arange(32) % 2), path), ".zip"), "pretrainer": lambda: TabNetPretrainer(n_d=4, n_a=4, verbose=0), "network.pt": lambda: fitted(TabNetClassifier, np.arange(32) % 2).network, "importances": lambda: fitted(TabNetClassifier, np.arange(32) % 2).feature_importances_}


def _archived(model, path):
    import shutil

    shutil.move(model.save_model(path[:-4] + "-work"), path)


def accelerate():
    import accelerate as ac
    import torch
    from accelerate.utils import DistributedType, GradientAccumulationPlugin, ProjectConfiguration

    accelerator = ac.Accelerator(cpu=True)
    return {"configuration": lambda: ProjectConfiguration("out"), "plugin": lambda: GradientAccumulationPlugin(2), "enum": lambda: DistributedType.NO, "optimiser": lambda: accelerator.prepare(torch.optim.SGD([torch.nn.Parameter(torch.ones(1))], lr=0.1)), "scheduler-state.pt": lambda: {"step": 1}, "state": lambda: ac.PartialState(cpu=True), "accelerator-state": lambda: accelerator.state, "model.pt": lambda: accelerator.prepare(torch.nn.Linear(1, 1)), "loader-configuration": lambda: ac.DataLoaderConfiguration(), "precision": lambda: ac.utils.PrecisionType("no") if hasattr(ac.utils, "PrecisionType") else None, "kwargs": lambda: ac.DistributedDataParallelKwargs(), "loader": lambda: accelerator.prepare(torch.utils.data.DataLoader([1, 2]))}


def peft():
    import peft as pe
    import torch

    base = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))

    def adapted(**given):
        return pe.get_peft_model(copy.deepcopy(base), pe.LoraConfig(target_modules=["0"], **given))

    return {"lora-configuration": lambda: pe.LoraConfig(r=4, task_type="CAUSAL_LM", target_modules=["q_proj"]), "adapter_model.bin": lambda: pe.get_peft_model_state_dict(adapted()), "model.pt": lambda: adapted(), "dora.pt": lambda: adapted(use_dora=True), "prefix": lambda: pe.PrefixTuningConfig(num_virtual_tokens=4), "prompt": lambda: pe.PromptTuningConfig(num_virtual_tokens=4), "ia3.pt": lambda: pe.get_peft_model(copy.deepcopy(base), pe.IA3Config(target_modules=["0"], feedforward_modules=[])), "loha.pt": lambda: pe.get_peft_model(copy.deepcopy(base), pe.LoHaConfig(target_modules=["0"])), "enum": lambda: [pe.PeftType.LORA, pe.TaskType.CAUSAL_LM], "ada": lambda: pe.AdaLoraConfig(total_step=10), "model": lambda: adapted()}


def diffusers():
    import diffusers as di
    import torch

    made = {cls: (lambda cls=cls: getattr(di, cls)()) for cls in ("DDPMScheduler", "DDIMScheduler", "EulerDiscreteScheduler", "PNDMScheduler", "DPMSolverMultistepScheduler", "LMSDiscreteScheduler", "FlowMatchEulerDiscreteScheduler", "UniPCMultistepScheduler")}

    def stepped():
        scheduler = di.DDIMScheduler()
        scheduler.set_timesteps(5)
        return scheduler

    made.update({"stepped": stepped, "unet.pt": lambda: di.UNet2DModel(sample_size=8, block_out_channels=(8, 8), norm_num_groups=4, down_block_types=("DownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "UpBlock2D"), layers_per_block=1, attention_head_dim=4), "diffusion_pytorch_model.bin": lambda: di.UNet2DModel(sample_size=8, block_out_channels=(8, 8), norm_num_groups=4, down_block_types=("DownBlock2D", "DownBlock2D"), up_block_types=("UpBlock2D", "UpBlock2D"), layers_per_block=1, attention_head_dim=4).state_dict(), "vae.pt": lambda: di.AutoencoderKL(block_out_channels=(8,), norm_num_groups=4), "configuration": lambda: di.DDPMScheduler().config, "ema.pt": lambda: di.training_utils.EMAModel(torch.nn.Linear(1, 1).parameters()).state_dict(), "output": lambda: di.schedulers.scheduling_ddpm.DDPMSchedulerOutput(prev_sample=torch.zeros(1))})
    return made


def onnx():
    from onnx import TensorProto, helper, numpy_helper

    graph = helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])], [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])])
    return {"model": lambda: helper.make_model(graph), "graph": lambda: graph, "tensor": lambda: numpy_helper.from_array(np.arange(3.0)), "node": lambda: helper.make_node("Add", ["a", "b"], ["c"]), "attribute": lambda: helper.make_attribute("a", [1, 2]), "opset": lambda: helper.make_opsetid("", 18), "dictionary": lambda: {"bytes": helper.make_model(graph).SerializeToString()}, "type": lambda: helper.make_tensor_type_proto(TensorProto.FLOAT, [1])}


def fastcore():
    from fastcore import basics, foundation, transform, xtras

    return {"list": lambda: foundation.L(1, 2, 3), "nested": lambda: foundation.L([foundation.L(1), "a"]), "attributes": lambda: basics.AttrDict(a=1, b={"c": 2}), "namespace": lambda: basics.NS(a=1), "null": lambda: basics.null, "integer": lambda: basics.Int(3), "text": lambda: basics.Str("a"), "float": lambda: basics.Float(1.5), "tuple": lambda: basics.fastuple(1, 2), "stateful": lambda: basics.GetAttr(), "pipeline": lambda: __import__("fasttransform").Pipeline([]), "inplace": lambda: basics.Inf.count, "infinite": lambda: basics.Inf}


def fastai():
    import pandas as pd
    import torch
    from fastai.tabular.all import Categorify, CategoryBlock, FillMissing, Normalize, RandomSplitter, TabularDataLoaders, TabularModel, tabular_learner
    from fastai.torch_core import TensorBase, TensorCategory, TensorImage

    frame = pd.DataFrame({"a": np.arange(20.0), "b": ["x", "y"] * 10, "t": ["p", "q"] * 10})

    def tables():
        return TabularDataLoaders.from_df(frame, procs=[Categorify, FillMissing, Normalize], cat_names=["b"], cont_names=["a"], y_names="t", y_block=CategoryBlock(), bs=4, num_workers=0, valid_idx=list(range(4)))

    def exported(path):
        import os

        learner = tabular_learner(tables(), layers=[4])
        learner.path = __import__("pathlib").Path(os.path.dirname(path))
        learner.export(os.path.basename(path))

    def saved():
        learner = tabular_learner(tables(), layers=[4])
        return {"model": learner.model.state_dict(), "opt": learner.opt.state_dict() if learner.opt else None}

    return {"export": (exported, ".pkl"), "learner.pth": saved, "model.pt": lambda: TabularModel([(3, 2)], 1, 2, [4]), "image": lambda: TensorImage(torch.zeros(3, 2, 2)), "category": lambda: TensorCategory(torch.tensor(1)), "base": lambda: TensorBase(torch.ones(2)), "transforms": lambda: [Normalize(), FillMissing()], "splitter": lambda: __import__("fastai.data.transforms", fromlist=["CategoryMap"]).CategoryMap(["a", "b", "a"]), "loaders.pt": lambda: tables(), "layers.pt": lambda: __import__("fastai.layers", fromlist=["ConvLayer"]).ConvLayer(3, 4), "unet-block": lambda: __import__("fastai.layers", fromlist=["x"]).AdaptiveConcatPool2d(1), "res-block.pt": lambda: __import__("fastai.layers", fromlist=["x"]).ResBlock(1, 4, 4), "recorder": lambda: __import__("fastai.metrics", fromlist=["x"]).accuracy, "language.pt": lambda: __import__("fastai.text.models.awdlstm", fromlist=["x"]).AWD_LSTM(10, 4, 4, 1), "smooth": lambda: __import__("fastai.losses", fromlist=["x"]).LabelSmoothingCrossEntropy(), "loss": lambda: __import__("fastai.losses", fromlist=["x"]).CrossEntropyLossFlat()}


def torchdata():
    import torch
    from torchdata.stateful_dataloader import StatefulDataLoader

    return {"state.pt": lambda: StatefulDataLoader([1, 2, 3], batch_size=1).state_dict(), "loader": lambda: StatefulDataLoader([1, 2, 3]), "sampler-state.pt": lambda: {"loader": StatefulDataLoader(torch.arange(4)).state_dict()}}
