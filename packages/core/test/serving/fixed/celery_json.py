from celery import Celery

app = Celery("jobs")
app.conf.accept_content = ["json"]
app.conf.update(task_serializer="json", result_serializer="json")
