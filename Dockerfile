# The server with all it needs, and nothing to compile. Build: docker build -t dateline .
FROM node:20-bookworm-slim AS web
WORKDIR /source/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web ./
RUN npm run build

FROM python:3.12-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml hatch_build.py README.md LICENSE NOTICE CHANGELOG.md constraints.txt ./
COPY src src
COPY --from=web /source/src/dateline/server/static src/dateline/server/static
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 SOURCE_DATE_EPOCH=1767225600
RUN python -m venv /opt/dateline \
    && /opt/dateline/bin/pip install --no-compile -c constraints.txt '.[web,postgres]' \
    && /opt/dateline/bin/pip uninstall --yes pip

FROM python:3.12-slim-bookworm
LABEL org.opencontainers.image.title="dateline" \
      org.opencontainers.image.description="News reports in; structured, source-linked event data out." \
      org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/opt/dateline/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=2
RUN useradd --create-home --uid 10001 dateline && mkdir /data && chown dateline /data
COPY --from=build /opt/dateline /opt/dateline
USER dateline
WORKDIR /data
VOLUME /data
EXPOSE 8017
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8017/health.json', timeout=4)"]
ENTRYPOINT ["dateline"]
CMD ["serve", "/data/news.dateline", "--host", "0.0.0.0", "--port", "8017"]
