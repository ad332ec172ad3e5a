import * as z from 'zod';
import { hasSignature, isFresh, mlflowSignature } from '../signature.js';
import type { Inbound } from './inbound.js';

/*
 * Webhooks of MLflow's model registry: https://mlflow.org/docs/latest/ml/webhooks. The source of a model version is written by
 * those who may register models, so it is as hostile as any other address.
 */

const envelope = z.object({ entity: z.string().max(100), action: z.string().max(100), data: z.unknown() });
const version = z.object({ name: z.string().max(1000), version: z.string().max(100), source: z.string().max(2048) });

/** Schemes that the fleet reads by itself. The others (runs:/, models:/, mlflow-artifacts:/, dbfs:/) only mean something to MLflow. */
const OURS = /^(?:s3|https|hf|oci):\/\//i;

export const mlflow: Inbound = {
  isGenuine({ header, secret, body, now }) {
    const delivery = header('x-mlflow-delivery-id');
    const timestamp = header('x-mlflow-timestamp');
    const given = header('x-mlflow-signature');
    if (delivery === null || timestamp === null || given === null || !isFresh(timestamp, now)) return false;
    return hasSignature(given, mlflowSignature(secret, delivery, timestamp, body));
  },
  // It is signed.
  delivery: ({ header }) => header('x-mlflow-delivery-id'),
  understand(value) {
    const { entity, action, data } = envelope.parse(value);
    if (entity !== 'model_version' || action !== 'created')
      return { addresses: [], ignored: 'only model_version created is about bytes' };
    const { source } = version.parse(data);
    if (!OURS.test(source))
      return {
        addresses: [],
        ignored: 'its source is an address that only MLflow resolves: send the address of the files',
      };
    return { addresses: [source], ignored: null };
  },
};
