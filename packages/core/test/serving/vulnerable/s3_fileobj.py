# expect: SERVING-STORE-PICKLE@12
import io

import boto3
import joblib


def load(bucket, key):
    buffer = io.BytesIO()
    s3 = boto3.client("s3")
    s3.download_fileobj(bucket, key, buffer)
    return joblib.load(buffer)
