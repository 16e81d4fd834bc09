# One image, one process: `gehoor run`. What it keeps is in /var/lib/gehoor and nowhere else, so the
# root file system can be read-only. See docs/operating.md.

FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/gehoor
COPY requirements.lock ./
RUN python -m venv /opt/gehoor \
    && /opt/gehoor/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: -r requirements.lock
COPY . .
RUN /opt/gehoor/bin/python packaging/link.py \
    && /opt/gehoor/bin/python -m locales.catalogues compile \
    && /opt/gehoor/bin/python -m compileall -q /srv/gehoor

FROM python:3.11-slim-bookworm
# Posters are set in every script: Pango shapes it, the Noto fonts have the letters.
RUN apt-get update -qq \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
# Programs beside this one, for those who want them: `--build-arg TOOLS=ffmpeg`. None is needed, and
# none is in the image by default: Debian's ffmpeg is under the GPL.
ARG TOOLS=""
RUN if [ -n "$TOOLS" ]; then apt-get update \
        && apt-get install --yes --no-install-recommends $TOOLS \
        && rm -rf /var/lib/apt/lists/*; fi
RUN useradd --system --uid 10001 --shell /usr/sbin/nologin --home-dir /var/lib/gehoor gehoor \
    && install --directory --mode 0700 --owner 10001 --group 10001 /var/lib/gehoor
COPY --from=build /opt/gehoor /opt/gehoor
COPY --from=build /srv/gehoor /srv/gehoor
ENV PATH=/opt/gehoor/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    GEHOOR_HOME=/var/lib/gehoor \
    GEHOOR_WEB_HOST=0.0.0.0 \
    GEHOOR_WEB_PORT=8080
USER 10001:10001
WORKDIR /var/lib/gehoor
VOLUME /var/lib/gehoor
EXPOSE 8080
STOPSIGNAL SIGTERM
# Only an answer of 200 is healthy: anything else raises.
HEALTHCHECK --interval=30s --timeout=6s --start-period=15s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['GEHOOR_WEB_PORT'] + '/healthz', timeout=5)"]
ENTRYPOINT ["gehoor"]
CMD ["run"]
