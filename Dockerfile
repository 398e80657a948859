# A market in a container: docker build -t sellingpartner-market . && docker run -p 127.0.0.1:8000:8000 sellingpartner-market
# What it keeps is in /data: the database and the ready credentials.

FROM python:3.13-slim AS wheel
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.13-slim
RUN --mount=type=bind,from=wheel,source=/wheels,target=/wheels \
    --mount=type=bind,source=requirements.lock,target=/requirements.lock \
    pip install --no-cache-dir --constraint /requirements.lock "$(echo /wheels/*.whl)[server,postgres]" \
    && useradd --uid 10001 --create-home --home-dir /data market
USER 10001
WORKDIR /data
# A demo world that was built is kept for the next market of the machine; in a container there is none, so not in /data.
ENV XDG_CACHE_HOME=/tmp/cache
VOLUME /data
EXPOSE 8000
# The demo world is built once, before the first call is answered.
HEALTHCHECK --interval=10s --timeout=3s --start-period=300s CMD \
    ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/ready', timeout=2)"]
ENTRYPOINT ["spapi"]
CMD ["serve", "--host", "0.0.0.0"]
