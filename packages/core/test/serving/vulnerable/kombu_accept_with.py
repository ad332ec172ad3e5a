# expect: SERVING-STORE-PICKLE@6
from kombu import Connection, Queue, Consumer
def on_message(body, message):
    print(body); message.ack()
with Connection("amqp://guest@mq//") as conn:
    with Consumer(conn, [Queue("tasks")], callbacks=[on_message], accept=["pickle"]):
        conn.drain_events()
