"""What a worker has taken from Valkey, and goes on taking when Valkey was silent for a moment."""

from __future__ import annotations

from kombu.transport import redis, virtual
from redis.exceptions import RedisError


class Taken(redis.QoS):
    """The messages that are being worked on: as many as there are processes, and none beyond.

    kombu keeps the place of one of which Valkey did not hear that it is done, and Celery only writes that in its log: a
    worker with as many processes as such moments would never take a message again. Here the place is free at once. The
    message itself comes again later (`visibility_timeout`), and does no harm: each is a hint to look at what is due.
    """

    def ack(self, delivery_tag: str) -> None:
        """Tell Valkey that a message is done; its error goes on to whoever told."""
        try:
            super().ack(delivery_tag)
        except (RedisError, OSError):
            virtual.QoS.ack(self, delivery_tag)
            raise


def use() -> None:
    """From now on each worker of this process keeps count in this way."""
    redis.Channel.QoS = Taken
