# Bytecode is kept even where the machine says otherwise: without it every start costs seconds.
export PYTHONDONTWRITEBYTECODE =

.PHONY: install lock

install:
	@python3 portal/local/install.py

# After changing pyproject.toml.
lock: install
	@.venv/bin/python -m uv pip compile pyproject.toml --universal --generate-hashes --no-header -q -o requirements.txt
	@.venv/bin/python -m uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header -q -o requirements-dev.txt
