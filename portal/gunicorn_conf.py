"""gunicorn in production: `gunicorn -c python:portal.gunicorn_conf portal.wsgi`; the command line may override all.

No access log: it would hold addresses of people. `portal.middleware` logs a line a request without them.
"""

worker_class = "portal.gunicorn_worker.TurnWorker"
workers = 2
threads = 4
max_requests = 10_000
max_requests_jitter = 1_000
graceful_timeout = 20
control_socket_disable = True
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "portal.logs.PrivateFilter"}},
    "formatters": {"json": {"()": "portal.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["private"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"level": "INFO", "propagate": True, "handlers": []}},
}
