# expect: SERVING-STORE-PICKLE@5
from celery import Celery

app = Celery("jobs")
app.conf.accept_content = ["json", "pickle"]
app.conf.update(task_serializer="pickle", result_serializer="pickle")
