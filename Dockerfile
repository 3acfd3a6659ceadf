# The bot in a container. Everything that must be kept lies in /data: config.toml, and below
# /data/data the database and the files, unless config.toml says otherwise.
#
#   docker build -t satcoso .
#   docker run -v satcoso:/data -e SATCOSO_TELEGRAM_TOKEN=… satcoso
#
# Papers as PDF need LibreOffice (about 400 MB more), left out by default; to have it:
#
#   docker build --build-arg WITH_PDF=1 -t satcoso .
#
# For PostgreSQL its driver is needed: --build-arg EXTRAS=postgres
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

# The fonts have the widths of Times New Roman: without them lines break elsewhere.
ARG WITH_PDF=0
RUN if [ "$WITH_PDF" = 1 ]; then \
        apt-get update \
        && apt-get install --yes --no-install-recommends libreoffice-writer-nogui fonts-croscore \
        && rm -rf /var/lib/apt/lists/*; \
    fi

ARG EXTRAS=

WORKDIR /app
COPY pyproject.toml README.md ./
COPY .ci/locked .ci/locked
COPY bot bot
COPY storage storage
RUN pip install --require-hashes --no-deps -r .ci/locked/build.txt -r .ci/locked/run.txt \
        ${EXTRAS:+-r .ci/locked/$EXTRAS.txt} \
    && pip install --no-deps --no-build-isolation --no-index . \
    && pip uninstall --yes setuptools \
    && useradd --create-home --uid 1000 satcoso \
    && mkdir /data \
    && chown satcoso:satcoso /data

USER satcoso
WORKDIR /data
VOLUME /data

HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD satcoso health --config /data/config.toml || exit 1

CMD ["satcoso", "run", "--config", "/data/config.toml"]
