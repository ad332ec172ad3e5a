// Written from the tables in catalogue/data by tools/generate-catalogue.mjs; do not edit by hand.
import type { KerasName } from '../rows.js';

export const KERAS_CLASSES: ReadonlyMap<string, KerasName> = new Map<string, KerasName>([
  ['TorchModuleWrapper', { class: 'dangerous', why: 'It unpickles bytes of the configuration with torch.load(weights_only=False), which current versions of Keras refuse in safe mode.' }],
  ['ClassMethod', { class: 'unexpected', why: 'It calls a method of a class of TensorFlow that the configuration names.' }],
  ['TFSMLayer', { class: 'unexpected', why: 'It loads a SavedModel of TensorFlow from a path in the configuration and runs it.' }],
  ['TensorFlowOpLayer', { class: 'unexpected', why: 'It runs an operation of TensorFlow that the configuration spells out.' }],
]);

export const KERAS_FUNCTIONS: ReadonlyMap<string, KerasName> = new Map<string, KerasName>([
  ['deserialize_keras_object', { class: 'dangerous', why: 'It makes objects of another configuration, with a safe mode of its choice.' }],
  ['enable_unsafe_deserialization', { class: 'dangerous', why: 'It switches the safe mode off, so that byte code in the configuration is run.' }],
  ['extract_archive', { class: 'dangerous', why: 'It unpacks an archive to a path of choice.' }],
  ['func_load', { class: 'dangerous', why: 'It makes a function of byte code.' }],
  ['get_file', { class: 'dangerous', why: 'It downloads a file to a path of choice and can unpack it.' }],
  ['load_model', { class: 'dangerous', why: 'It loads another model, with a safe mode of its choice.' }],
  ['load_weights', { class: 'dangerous', why: 'It reads a file of choice.' }],
  ['model_from_config', { class: 'dangerous', why: 'It makes a model of another configuration.' }],
  ['model_from_json', { class: 'dangerous', why: 'It makes a model of another configuration.' }],
  ['urlretrieve', { class: 'dangerous', why: 'It downloads a file to a path of choice.' }],
]);

export const KERAS_PACKAGES: ReadonlySet<string> = new Set('keras keras_cv keras_hub keras_nlp tf_keras'.split(' '));
export const KERAS_TENSOR_PARTS: ReadonlySet<string> = new Set('activations constraints initializers losses metrics ops random regularizers'.split(' '));
export const TENSORFLOW_PARTS: ReadonlySet<string> = new Set('__operators__ bitwise image linalg math nn quantization ragged random sets signal sparse strings'.split(' '));
export const BUILTINS_FOR_KERAS: ReadonlySet<string> = new Set('aiter anext breakpoint callable classmethod compile copyright credits delattr dir enumerate eval exec exit filter format getattr globals hasattr help id input iter license locals map memoryview next object open print property quit repr reversed setattr sorted staticmethod super type vars zip'.split(' '));
