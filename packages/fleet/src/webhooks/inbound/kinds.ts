import type { InboundKind } from '../../model/api-shapes.js';
import { generic } from './generic.js';
import { huggingface } from './huggingface.js';
import type { Inbound } from './inbound.js';
import { mlflow } from './mlflow.js';

export const INBOUND: Readonly<Record<InboundKind, Inbound>> = { huggingface, mlflow, generic };
