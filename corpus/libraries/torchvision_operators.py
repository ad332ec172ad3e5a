"""torchvision's Python part needs its operators to be known, and the registry has a build of them for CUDA only. Their
schemas are enough to import it and to make and save its models; none of them is called here."""

ROI = "Tensor input, Tensor rois, %s spatial_scale, %s pooled_height, %s pooled_width" % ("float", "SymInt", "SymInt")
GRAD = "Tensor grad, Tensor rois, float spatial_scale, SymInt pooled_height, SymInt pooled_width"
SIZES = "SymInt batch_size, SymInt channels, SymInt height, SymInt width"
CONVOLUTION = "SymInt stride_h, SymInt stride_w, SymInt pad_h, SymInt pad_w, SymInt dilation_h, SymInt dilation_w, SymInt groups, SymInt offset_groups, bool use_mask"
SCHEMAS = {
    "nms": "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms": "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "roi_align": "(%s, int sampling_ratio, bool aligned) -> Tensor" % ROI,
    "qroi_align": "(%s, int sampling_ratio, bool aligned) -> Tensor" % ROI,
    "_roi_align_backward": "(%s, %s, int sampling_ratio, bool aligned) -> Tensor" % (GRAD, SIZES),
    "ps_roi_align": "(%s, int sampling_ratio) -> (Tensor, Tensor)" % ROI,
    "_ps_roi_align_backward": "(Tensor grad, Tensor rois, Tensor channel_mapping, float spatial_scale, SymInt pooled_height, SymInt pooled_width, int sampling_ratio, %s) -> Tensor" % SIZES,
    "roi_pool": "(%s) -> (Tensor, Tensor)" % ROI,
    "_roi_pool_backward": "(Tensor grad, Tensor rois, Tensor argmax, float spatial_scale, SymInt pooled_height, SymInt pooled_width, %s) -> Tensor" % SIZES,
    "ps_roi_pool": "(%s) -> (Tensor, Tensor)" % ROI,
    "_ps_roi_pool_backward": "(Tensor grad, Tensor rois, Tensor channel_mapping, float spatial_scale, SymInt pooled_height, SymInt pooled_width, %s) -> Tensor" % SIZES,
    "deform_conv2d": "(Tensor input, Tensor weight, Tensor offset, Tensor mask, Tensor bias, %s) -> Tensor" % CONVOLUTION,
    "_deform_conv2d_backward": "(Tensor grad, Tensor input, Tensor weight, Tensor offset, Tensor mask, Tensor bias, %s) -> (Tensor, Tensor, Tensor, Tensor, Tensor)" % CONVOLUTION,
}


def define():
    import torch

    for name, schema in SCHEMAS.items():
        try:
            torch.library.define("torchvision::" + name, schema)
        except RuntimeError:  # a build with operators of its own
            return
