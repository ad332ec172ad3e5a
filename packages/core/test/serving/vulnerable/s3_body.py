# expect: SERVING-STORE-PICKLE@10
import pickle

import boto3

s3 = boto3.client("s3")


def load(bucket, key):
    return pickle.loads(s3.get_object(Bucket=bucket, Key=key)["Body"].read())
