"""Sentinel over a list of sources with Spark: `mapInPandas`, a partition a process of Sentinel.

    spark-submit spark_map.py list.ndjson out/ --partitions 64

Needs pyspark and pandas, and the command `sentinel` (or what SENTINEL says) on every executor. The list has objects with id and
source. Parquet comes out: id, verdict, and the record as JSON (schemas/batch.schema.json).

Cost: one process of Sentinel for each partition, 0.2 s of processor time before its first file. A partition is scanned
again as a whole where its executor is lost: take many small ones (some hundred sources each). Give each executor core
1 GB of memory beside the JVM (spark.executor.memoryOverhead).
"""

import argparse
import json
import os
import shlex
import subprocess
import tempfile
from pathlib import Path

SENTINEL = shlex.split(os.environ.get("SENTINEL", "sentinel"))
SCHEMA = "id string, verdict string, record string"


def scan(frames):
    import pandas

    with tempfile.TemporaryDirectory(prefix="sentinel-") as folder:
        with open(f"{folder}/list.ndjson", "w") as file:
            for frame in frames:
                for id, source in zip(frame["id"], frame["source"]):
                    file.write(json.dumps({"id": str(id), "source": str(source)}) + "\n")
        command = [*SENTINEL, "batch", "--from", f"{folder}/list.ndjson", "--to", f"{folder}/out", "--quiet"]
        subprocess.run(command, check=True)
        records = Path(folder, "out/shard-1-of-1.ndjson").read_text().splitlines()
    found = [json.loads(record) for record in records]
    yield pandas.DataFrame(
        {
            "id": [record["id"] for record in found],
            "verdict": [record["verdict"] for record in found],
            "record": records,
        }
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("list")
    parser.add_argument("to")
    parser.add_argument("--partitions", type=int, default=64)
    args = parser.parse_args()

    from pyspark.sql import SparkSession

    spark = SparkSession.builder.appName("sentinel").getOrCreate()
    items = spark.read.schema("id string, source string").json(args.list).dropDuplicates(["id"])
    items.repartition(args.partitions).mapInPandas(scan, SCHEMA).write.parquet(args.to)


if __name__ == "__main__":
    main()
