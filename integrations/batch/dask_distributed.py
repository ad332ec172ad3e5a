"""Sentinel over a list of sources with dask.distributed: a shard a task.

    python dask_distributed.py list.ndjson out/ --shards 64 [--scheduler tcp://host:8786]

Needs `distributed`, and on every worker the command `sentinel` (or what SENTINEL says), the list, and the folder of the
records, on a file system that they share. Without --scheduler a cluster is started on this machine.

Cost: one process of Sentinel for each shard, 0.2 s of processor time before its first file, and each reads the whole list
(1 s for a million lines). A worker that is lost costs the source that it was at: the task goes on where it was.
"""

import argparse
import os
import shlex
import subprocess

SENTINEL = shlex.split(os.environ.get("SENTINEL", "sentinel"))


def scan(number, shards, list_, to):
    """One shard. Exit code 0 says that every line of it has a record; anything else fails the task, which is tried again."""
    shard = f"{number}/{shards}"
    subprocess.run([*SENTINEL, "batch", "--from", list_, "--to", to, "--shard", shard, "--quiet"], check=True)
    return os.path.join(to, f"shard-{number}-of-{shards}.ndjson")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("list")
    parser.add_argument("to")
    parser.add_argument("--shards", type=int, default=64)
    parser.add_argument("--scheduler")
    args = parser.parse_args()

    from distributed import Client, as_completed

    with Client(args.scheduler) if args.scheduler else Client(threads_per_worker=1, dashboard_address=None) as client:
        numbers = range(1, args.shards + 1)
        tasks = client.map(
            scan, numbers, shards=args.shards, list_=args.list, to=args.to, retries=2, pure=False
        )
        for task in as_completed(tasks):
            print(task.result(), flush=True)


if __name__ == "__main__":
    main()
