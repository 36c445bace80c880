"""The files for servers are read by the tools that they are for, and the image's commands are run without an image."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.serving.nginx import MIME_TYPES, configuration, free_port, in_force, make_certificate

ROOT = Path(__file__).parents[1]
DOCKERFILE = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text("utf-8"))
NGINX = (ROOT / "deploy/nginx.conf").read_text("utf-8")
UNIT = (ROOT / "deploy/backprop-playground.service").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
_SETTING = re.compile(r"PLAYGROUND_[A-Z_]+[A-Z]")
_SECONDS = 60


def instructions(name: str) -> list[str]:
    return [line.removeprefix(name).strip() for line in DOCKERFILE.splitlines() if line.strip().startswith(f"{name} ")]


def settings_of_the_code() -> set[str]:
    return {
        name
        for folder in ("engine", "components")
        for path in (ROOT / folder).rglob("*.py")
        for name in _SETTING.findall(path.read_text("utf-8"))
    }


def test_every_setting_stands_in_the_guide_and_none_that_is_not_there() -> None:
    guide = set(_SETTING.findall((ROOT / "docs/serving.md").read_text("utf-8")))
    of_compose = {"PLAYGROUND_PREFIX", "PLAYGROUND_HTTP_PORT"}
    assert guide - of_compose == settings_of_the_code()
    for text in (DOCKERFILE, UNIT, (ROOT / "compose.yaml").read_text("utf-8")):
        assert set(_SETTING.findall(text)) - of_compose <= settings_of_the_code()


def test_two_apps_of_one_image_stand_behind_nginx_alone() -> None:
    services = COMPOSE["services"]
    apps = {name: service for name, service in services.items() if name.startswith("app")}
    assert len(apps) == 2
    assert re.findall(r"^\s*server (\S+):8501", NGINX, re.MULTILINE) == [*apps, *apps]  # together, and each alone
    assert re.findall(r"^\s*upstream (app-\d+) ", NGINX, re.MULTILINE) == list(apps)
    for name, app in apps.items():
        assert app["environment"]["PLAYGROUND_APP"] == name
        assert "ports" not in app
        assert app["environment"]["DATABASE_URL"].startswith("postgresql://")
        assert app["depends_on"]["db"]["condition"] == "service_healthy"
    assert "ports" not in services["db"]
    mounted = [volume.split(":") for volume in services["nginx"]["volumes"]]
    assert [(ROOT / source).is_file() for source, *_ in mounted] == [True]


def test_the_image_is_small_and_nobodys_root() -> None:
    stages = instructions("FROM")
    assert len(stages) == 2
    assert all("slim" in stage for stage in stages)
    assert instructions("USER") == ["10001"]
    assert "pip uninstall -y pip" in DOCKERFILE.split("FROM")[-1]
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    copied = [source for line in instructions("COPY") if "--from" not in line for source in line.split()[:-1]]
    assert sorted(copied) == sorted(let_in)
    assert all((ROOT / source).exists() for source in copied)


def test_the_database_driver_is_the_one_that_the_tests_use() -> None:
    pinned = (ROOT / "deploy/requirements-postgres.txt").read_text("utf-8").splitlines()[1:]
    assert set(pinned) <= set((ROOT / "requirements-dev.txt").read_text("utf-8").splitlines())


@pytest.mark.skipif(os.name == "nt", reason="hadolint's package has no program for Windows")
@pytest.mark.parametrize(
    "command",
    [["hadolint", "--failure-threshold=style", "Dockerfile"], ["compose-lint", "compose.yaml"]],
    ids=lambda told: told[0],
)
def test_linters_have_nothing_to_say(command: list[str]) -> None:
    """compose-lint fails at what it calls high; hadolint at anything."""
    program, *rest = command
    found = subprocess.run(
        [str(Path(sys.executable).parent / program), *rest], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.skipif(os.name == "nt", reason="the image's commands are those of Linux")
def test_what_the_image_copies_starts_is_healthy_and_ends(tmp_path: Path) -> None:
    """Copy, start and ask for its health by the Dockerfile's own commands, with another port."""
    for line in instructions("COPY"):
        for source in [] if "--from" in line else line.split()[:-1]:
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, tmp_path / source, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / source, tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])

    def command(text: str) -> list[str]:
        program, *arguments = json.loads(text.replace("8501", port).replace("0.0.0.0", "127.0.0.1"))
        assert program == "python"
        return [sys.executable, *arguments]

    (start,), (health,) = instructions("CMD")[-1:], instructions("HEALTHCHECK")
    health = health.partition(" CMD ")[2]
    given = dict(pair.split("=", 1) for pair in shlex.split(instructions("ENV")[0]) if not pair.startswith("PATH="))
    environment = os.environ | given | {"HOME": str(tmp_path), "PLAYGROUND_DATA": str(tmp_path)}
    environment["STREAMLIT_SERVER_BASE_URL_PATH"] = "class/of-30"  # as compose.yaml hands a prefix on
    with (tmp_path / "log.txt").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(command(start), cwd=tmp_path, env=environment, stdout=log, stderr=log)
        try:
            deadline = time.monotonic() + _SECONDS
            while subprocess.run(command(health), env=environment, capture_output=True, check=False).returncode:
                assert server.poll() is None, (tmp_path / "log.txt").read_text("utf-8")
                assert time.monotonic() < deadline
            server.send_signal(signal.SIGTERM)
            server.wait(20)  # compose.yaml and the unit kill it then
        finally:
            server.kill()
            server.wait()
    assert "Traceback" not in (tmp_path / "log.txt").read_text("utf-8")


@pytest.mark.skipif(shutil.which("nginx") is None and "CI" not in os.environ, reason="nginx is not installed here")
@pytest.mark.parametrize("is_secure", [False, True], ids=["as it stands", "with a certificate"])
def test_nginx_takes_its_configuration(tmp_path: Path, is_secure: bool) -> None:
    if is_secure:
        make_certificate(tmp_path)
    file = tmp_path / "nginx.conf"
    file.write_text(configuration(tmp_path, free_port(), {"app-1": 8601, "app-2": 8602}, is_secure=is_secure), "utf-8")
    tested = subprocess.run(
        ["nginx", "-t", "-p", str(tmp_path), "-c", str(file), "-g", f"pid {tmp_path}/nginx.pid;"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "backprop-playground.service"
    unit.write_text(UNIT.replace("/opt/backprop-playground/.venv/bin/python", sys.executable), "utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stderr
    assert unit.name not in verified.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_the_guide_makes_a_unit_for_each_app(tmp_path: Path) -> None:
    guide = (ROOT / "docs/serving.md").read_text("utf-8")
    lines = re.search(r"^  for n in 1 2; do.*?^  done$", guide, re.MULTILINE | re.DOTALL)
    assert lines is not None
    subprocess.run(
        ["sh", "-c", lines[0].replace("/etc/systemd/system", str(tmp_path))], cwd=ROOT, check=True, capture_output=True
    )
    for number in (1, 2):
        unit = tmp_path / f"backprop-playground-{number}.service"
        text = unit.read_text("utf-8")
        assert f"--server.port=850{number}\n" in text
        assert f"\nEnvironment=PLAYGROUND_APP=app-{number}\n" in text
        unit.write_text(text.replace("/opt/backprop-playground/.venv/bin/python", sys.executable), "utf-8")
        verified = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
        assert (verified.returncode, unit.name in verified.stderr) == (0, False), verified.stderr


@pytest.mark.skipif(shutil.which("nginx") is None and "CI" not in os.environ, reason="nginx is not installed here")
@pytest.mark.parametrize("is_secure", [False, True], ids=["as it stands", "with a certificate"])
def test_nginx_takes_the_site_of_one_app_beside_what_a_system_has(tmp_path: Path, is_secure: bool) -> None:
    """Debian's own nginx.conf sets gzip, types and logs in the block into which a site's file is included."""
    site = (ROOT / "deploy/nginx-one-app.conf").read_text("utf-8").replace("/var/log/nginx", str(tmp_path))
    if is_secure:
        make_certificate(tmp_path)
        site = with_certificate_of_site(site).replace("/etc/nginx/certificates", str(tmp_path))
    site = re.sub(r"listen \d+", lambda _: f"listen 127.0.0.1:{free_port()}", site)
    (tmp_path / "site.conf").write_text(site, "utf-8")
    around = f"""events {{}}
        error_log {tmp_path}/error.log;
        http {{
            include {next(path for path in MIME_TYPES if path.exists())};
            default_type application/octet-stream;
            access_log {tmp_path}/access.log;
            gzip on;
            server_tokens off;
            include {tmp_path}/site.conf;
        }}"""
    (tmp_path / "nginx.conf").write_text(around, "utf-8")
    tested = subprocess.run(
        ["nginx", "-t", "-p", str(tmp_path), "-c", f"{tmp_path}/nginx.conf", "-g", f"pid {tmp_path}/nginx.pid;"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr


def with_certificate_of_site(text: str) -> str:
    """Return the site with its lines on TLS in force, as its comments say."""
    text = text.replace("\n    listen 80;\n", "\n", 1)
    of_server = r"^( {4})# (listen 443 ssl;|ssl_certificate\w* .*;|add_header .*;)$"
    of_redirect = r"^()# (server \{|    (?:listen 80|server_name .*|return 301 .*);|\})$"
    return in_force(text, {of_server: 4, of_redirect: 5})
