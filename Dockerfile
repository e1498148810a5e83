# syntax=docker/dockerfile:1
# One image for web and worker, from the same lock file as `make install`.
FROM python:3.13-slim-trixie AS build
WORKDIR /app
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir 'uv>=0.13'
COPY pyproject.toml requirements.lock README.md ./
# The lock gives versions and hashes; without the extra, the tools of development stay out.
RUN /venv/bin/uv pip install --python /venv/bin/python --no-cache --require-hashes \
    --constraint requirements.lock --requirement pyproject.toml
COPY . .
RUN /venv/bin/uv pip install --python /venv/bin/python --no-cache hatchling \
    --constraint requirements.lock \
    && /venv/bin/uv pip install --python /venv/bin/python --no-cache --no-deps \
    --no-build-isolation --editable . \
    && /venv/bin/uv pip uninstall --python /venv/bin/python uv

FROM python:3.13-slim-trixie
RUN useradd --system --create-home --uid 10001 newsroom && install -d -o newsroom /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER newsroom
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 NEWSROOM_DATA_DIR=/data NEWSROOM_PRODUCTION=1
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "newsroom.wsgi:application", "--bind", "0.0.0.0:8000", "--config", "newsroom/gunicorn.py"]
