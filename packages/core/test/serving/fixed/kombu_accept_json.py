from kombu import Connection, Queue, Consumer
with Connection("amqp://guest@mq//") as conn:
    with Consumer(conn, [Queue("tasks")], callbacks=[print], accept=["json", "msgpack"]):
        conn.drain_events()
