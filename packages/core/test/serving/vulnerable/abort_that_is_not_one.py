# expect: SERVING-PICKLE-NETWORK@15
import hmac, hashlib, pickle, os
from flask import Flask, request
app = Flask(__name__)
KEY = os.environ["K"].encode()
def abort(status):
    app.logger.warning("status %s", status)
def verified(body, tag):
    return hmac.compare_digest(hmac.new(KEY, body, hashlib.sha256).hexdigest(), tag)
@app.post("/job")
def job():
    body = request.get_data()
    if not verified(body, request.headers["X-Tag"]):
        abort(403)
    return str(pickle.loads(body))
