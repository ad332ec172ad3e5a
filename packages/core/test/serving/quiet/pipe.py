import multiprocessing


def worker(connection):
    while True:
        job = connection.recv()
        connection.send(job)


parent, child = multiprocessing.Pipe()
process = multiprocessing.Process(target=worker, args=(child,))
process.start()
answer = parent.recv()
