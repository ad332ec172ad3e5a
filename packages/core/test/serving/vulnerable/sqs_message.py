# expect: SERVING-STORE-PICKLE@10
import base64
import pickle

import boto3

sqs = boto3.client("sqs")
answer = sqs.receive_message(QueueUrl="jobs")
for message in answer["Messages"]:
    job = pickle.loads(base64.b64decode(message["Body"]))
