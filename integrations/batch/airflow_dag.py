"""Sentinel over a list of sources with Airflow: a task a shard, mapped.

The folder /data is shared by the workers: list.ndjson lies in it, and the records are written to out/. Retries of a task go on
where it was. The pool `sentinel` bounds how many shards run at a time.

Cost: one process of Sentinel for each shard, 0.2 s of processor time before its first file, and the start of a task of
Airflow, some seconds: take shards of some minutes of work.
"""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

SHARDS = 64

with DAG(
    dag_id="sentinel_batch",
    schedule="@daily",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
):
    BashOperator.partial(
        task_id="shard",
        bash_command=(
            "sentinel batch --from /data/list.ndjson --to /data/out/{{ ds }} "
            f'--shard "$SHARD/{SHARDS}" --policy /data/sentinel-policy.yml'
        ),
        append_env=True,
        pool="sentinel",
        retries=3,
        retry_delay=timedelta(minutes=1),
    ).expand(env=[{"SHARD": str(number)} for number in range(1, SHARDS + 1)])
