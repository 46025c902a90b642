"""A cache that may be away: pages and sign-in work without it, only slower. Nothing that must hold stands in it.

Why this is not django-redis: docs/adr/0006.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
from redis import Redis
from redis.exceptions import RedisError

from core import rest

logger = logging.getLogger(__name__)


def forgiving(ask: Callable[..., Any], otherwise: Any) -> Callable[..., Any]:
    """A method of the cache that answers `otherwise`, and logs it, while the server cannot be reached."""

    def ask_or_go_on(cache: "ForgivingRedisCache", *args: Any, **kwargs: Any) -> Any:
        if cache.rest.is_on():
            return otherwise
        try:
            answer = ask(cache, *args, **kwargs)
        except RedisError as error:
            cache.rest.failed()
            logger.error("cache away: %s", type(error).__name__)
            return otherwise
        cache.rest.answered()
        return answer

    return ask_or_go_on


class KeptClient(RedisCacheClient):
    """Django's makes a client for each question, which costs more than half as much as the answer; this one keeps it.

    For one server, as our settings have it: among several it would always ask the first.
    """

    @cached_property
    def _kept(self) -> Redis:
        return super().get_client(write=True)

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:  # noqa: ARG002  # as the base is called
        return self._kept


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; while the server is away nothing is found, and nothing is refused.

    A server that takes a connection and says nothing costs one time-out; then it is left alone for a while.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClient
        self.rest = rest.of(str(server))  # Django makes a cache for each thread

    # Yes: allauth takes a no for a lock that someone holds, and for a code of the second step that was used before.
    add = forgiving(RedisCache.add, True)
    set = forgiving(RedisCache.set, None)
    touch = forgiving(RedisCache.touch, False)
    delete = forgiving(RedisCache.delete, False)
    set_many = forgiving(RedisCache.set_many, ())
    delete_many = forgiving(RedisCache.delete_many, None)
    has_key = forgiving(RedisCache.has_key, False)
    incr = forgiving(RedisCache.incr, 1)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return forgiving(RedisCache.get, default)(self, key, default, version)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return forgiving(RedisCache.get_many, {})(self, *args, **kwargs)

    def answers(self) -> bool:
        """For /readyz: whether the server is there. It is asked during a rest too, and ends one."""
        try:
            super().get("readyz")
        except RedisError:
            self.rest.failed()
            return False
        self.rest.answered()
        return True
