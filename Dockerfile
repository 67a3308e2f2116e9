# Two stages: one with Node builds the wheel with the client in it, the other runs the wheel and nothing else.
# docker build -t vilnius-summit . && docker run -p 8000:8000 -v summit-data:/data vilnius-summit

FROM python:3.13-slim-bookworm AS build
WORKDIR /src
COPY requirements requirements
COPY scripts/make-venv.sh scripts/make-venv.sh
RUN scripts/make-venv.sh .venv \
    && .venv/bin/uv pip install --no-cache --python .venv/bin/python --require-hashes -r requirements/base.txt
ENV PATH=/src/.venv/bin:$PATH

# The client's libraries change less often than the client: a layer of their own.
COPY clients/web/package.json clients/web/package-lock.json clients/web/.npmrc clients/web/
RUN npm --prefix clients/web ci --no-audit --no-fund
COPY . .
RUN npm --prefix clients/web run build \
    && python -m hatchling build -t wheel


FROM python:3.13-slim-bookworm
COPY requirements/server.txt /tmp/server.txt
RUN --mount=type=bind,from=build,source=/src/dist,target=/tmp/dist \
    pip install --no-cache-dir --require-hashes -r /tmp/server.txt \
    && pip install --no-cache-dir --no-deps /tmp/dist/*.whl \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin summit \
    && install -d -o summit -g summit /data

USER 10001
WORKDIR /data
VOLUME /data
# One SQLite file in the volume, unless docker-compose.yml says PostgreSQL.
ENV SUMMIT_DATABASE_URL=sqlite+aiosqlite:////data/summit.sqlite3 \
    PYTHONUNBUFFERED=1
EXPOSE 8000
HEALTHCHECK --interval=5s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
# The exec form: the server itself gets the signal to stop, and ends its games' connections in order.
CMD ["summit", "serve", "--host", "0.0.0.0", "--port", "8000"]
