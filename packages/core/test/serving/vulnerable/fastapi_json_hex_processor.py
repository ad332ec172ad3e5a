# expect: SERVING-PICKLE-NETWORK@17
import dill
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Completion(BaseModel):
    prompt: str
    custom_logit_processor: str | None = None


@app.post("/generate")
def generate(body: Completion):
    if body.custom_logit_processor is not None:
        processor = dill.loads(bytes.fromhex(body.custom_logit_processor))
        return processor(body.prompt)
    return body.prompt
