# Everything a developer types. `make demo` and `make test` need nothing but Python with venv; see README.md.

# Bytecode is kept even where the machine says otherwise: without it every start costs seconds.
export PYTHONDONTWRITEBYTECODE =
RUN = .venv/bin/python -m
# The system's own, where it will do: Debian builds it with profile-guided optimisation, which is a sixth quicker than
# what version managers compile, and production runs it. For another: make test PYTHON=python3.13
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo /usr/bin/python3 || echo python3)

.PHONY: demo demo-reset install test check drill bench lock

demo: install
	@$(RUN) demo

demo-reset: install
	@$(RUN) demo reset

install:
	@command -v $(PYTHON) >/dev/null || { echo "make: python3 is missing: apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) tools/local/install.py

# make test T=tests/students runs a part. Two workers: on two cores a third costs more than it fills.
test: install
	@$(RUN) tools.local.browser
	@$(RUN) pytest -n 2 --dist loadfile --durations=10 $(T)

# All of it, or some: make check ONLY="ruff mypy"
check: install
	@$(RUN) tools.local.check $(ONLY)

# What takes longer than a test, each with its control: docs/drills.md. Some: make drill ONLY="places stalls"
drill: install
	@$(RUN) drills $(ONLY)

# What the main pages cost beside bare views, with 1,000 and with 20,000 students: docs/bench.md.
bench: install
	@$(RUN) benchmarks $(SIZES) $(if $(REQUESTS),--requests $(REQUESTS)) $(if $(KEEP),--keep)

# After changing pyproject.toml.
lock: install
	@$(RUN) uv pip compile pyproject.toml --universal --generate-hashes --no-header -q -o requirements.txt
	@$(RUN) uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header -q -o requirements-dev.txt
