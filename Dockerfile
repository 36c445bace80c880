# The playground as an image: `docker build -t backprop-playground .`, then
# `docker run -p 8501:8501 -v playground-data:/data backprop-playground`. docs/serving.md says more.

# What is installed is made here and copied: neither pip's cache nor pip itself is needed to serve a page.
# 3.11 is the oldest Python that the app takes, and the one that every test is run with.
FROM python:3.11-slim AS installed
WORKDIR /app
RUN python -m venv --without-pip /venv
# Before the app's own files, so that a change of these installs nothing anew.
COPY requirements.txt deploy/requirements-postgres.txt ./
# Wheels alone: nothing is compiled, so no compiler is needed, here neither.
RUN python -m pip --python /venv/bin/python install --no-cache-dir --only-binary :all: \
    -r requirements.txt -r requirements-postgres.txt
COPY streamlit_app.py ./
COPY .streamlit ./.streamlit
COPY engine ./engine
COPY components ./components
# Compiled once, since whoever runs it may not write here.
RUN /venv/bin/python -m compileall -q engine components

FROM python:3.11-slim
# What the base brings along for installing, and nobody should find in a running server.
RUN python -m pip uninstall -y pip && useradd --system --uid 10001 --no-create-home playground \
    && mkdir /data && chown playground /data
COPY --from=installed /venv /venv
COPY --from=installed /app /app
WORKDIR /app
# A number, so that whoever forbids root can see that it is none.
USER 10001
# HOME: Streamlit looks for settings there, and writes none. PLAYGROUND_DATA: the rooms' file, where no DATABASE_URL is set.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/data PLAYGROUND_DATA=/data PLAYGROUND_LOGS=json
VOLUME /data
EXPOSE 8501
# Python asks, since a slim image has no curl. It is the same below any path prefix.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8501/healthz', timeout=4)"]
# As a list, so that SIGTERM reaches Python and no shell; it ends within seconds.
CMD ["python", "-m", "streamlit", "run", "streamlit_app.py", "--server.headless=true", "--server.address=0.0.0.0", "--server.port=8501"]
