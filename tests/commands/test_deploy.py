"""``arena.py deploy``: what was asked for is written, and nothing of a person's is lost."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands.deploy import FILES, HELD_SECONDS, WRITTEN, command

PLAIN = ("--host-name", "arena.example", "--processes", "3", "--port", "9001")


def deployed(folder: Path, *more: str) -> Result:
    """Run the command; its database is beside the folder."""
    path = folder.parent / "arena.db"
    return CliRunner().invoke(command, [str(folder), "--db", str(path), *PLAIN, *more])


def read(folder: Path, name: str) -> str:
    """A written file."""
    return (folder / name).read_text("utf-8")


def test_every_process_is_in_every_file(tmp_path: Path):
    """Three ports, one database, a sticky cookie, long waits, no blank left."""
    folder = tmp_path / "deploy"
    assert deployed(folder).exit_code == 0
    for name in ("nginx.conf", "Caddyfile", "compose.yaml", "arena.target"):
        assert set(re.findall(r"900\d", read(folder, name))) == {"9001", "9002", "9003"}, name
    nginx = read(folder, "nginx.conf")
    assert "hash $arena_route consistent;" in nginx
    assert "proxy_buffering off;" in nginx
    assert nginx.count(f"max_fails=1 fail_timeout={HELD_SECONDS}s;") == 3
    unit = read(folder, "arena@.service")
    drained = int(re.findall(r"--drain (\d+)", unit)[0])
    assert drained > HELD_SECONDS + 1, "the last process would stop while another is held for dead"
    assert f"--db {tmp_path / 'arena.db'}" in unit
    assert "--shared" in unit
    assert "--port %i" in unit
    for name in FILES:
        assert not re.search(r"@[a-z_]+@", read(folder, name).replace("arena@.service", "")), name


def test_no_host_is_named_that_was_not_given(tmp_path: Path):
    """But this machine's own, and images by their plain names."""
    deployed(tmp_path / "deploy")
    text = "".join(read(tmp_path / "deploy", name) for name in FILES)
    hosts = set(re.findall(r"\b(?:[a-z0-9-]+\.)+(?:example|com|org|net|io|cn)\b", text))
    assert hosts == {"arena.example"}
    assert set(re.findall(r"\d+\.\d+\.\d+\.\d+", text)) == {"127.0.0.1"}


def test_a_certificate_makes_it_https(tmp_path: Path):
    """The cookie goes over https only; half of a certificate is refused."""
    tls = ("--certificate", str(tmp_path / "a.pem"), "--key", str(tmp_path / "a.key"))
    assert deployed(tmp_path / "deploy", *tls).exit_code == 0
    nginx = read(tmp_path / "deploy", "nginx.conf")
    assert "listen 443 ssl;" in nginx
    assert "; Secure" in nginx
    assert f"ssl_certificate_key {tmp_path / 'a.key'};" in nginx
    assert "https://arena.example:443" in read(tmp_path / "deploy", "Caddyfile")
    assert deployed(tmp_path / "other", *tls[:2]).exit_code == 1
    assert not (tmp_path / "other").exists()


def test_what_a_person_changed_is_not_overwritten(tmp_path: Path):
    """Nothing is written then, and the file is named; unchanged files follow the options."""
    folder = tmp_path / "deploy"
    deployed(folder)
    assert deployed(folder, "--listen", "8080").exit_code == 0
    assert "listen 8080;" in read(folder, "nginx.conf")
    (folder / "Caddyfile").write_text("mine", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    outcome = deployed(folder, "--listen", "8081")
    assert outcome.exit_code == 1
    assert "Caddyfile" in outcome.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    (folder / WRITTEN).unlink()
    assert "nginx.conf" in deployed(folder).output


@pytest.mark.parametrize("name", ["a b", "x;}", "-rf", "", "a{b", "$host"])
def test_a_name_that_says_more_is_refused(tmp_path: Path, name: str):
    """It would stand in a proxy's configuration."""
    assert deployed(tmp_path / "deploy", "--host-name", name).exit_code != 0
    assert not (tmp_path / "deploy").exists()


def test_a_path_that_says_more_is_refused(tmp_path: Path):
    assert deployed(tmp_path / "my deploy").exit_code == 1
    assert deployed(tmp_path / "d;}").exit_code == 1


CHECKS = {
    "nginx": ("-t", "-c", "{folder}/whole.conf"),
    "caddy": ("validate", "--adapter", "caddyfile", "--config", "{folder}/Caddyfile"),
    "systemd-analyze": ("verify", "{folder}/arena@9001.service", "{folder}/arena.target"),
    "docker-compose": ("-f", "{folder}/compose.yaml", "config", "--quiet"),
}
"""The program to which each file is written, and how it is asked whether it can read it."""


@pytest.mark.parametrize("name", CHECKS)
def test_the_programs_themselves_read_the_files(tmp_path: Path, name: str):
    """Each checks what is written for it, and says nothing against it, where it is installed."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        wanted = os.environ.get(f"ARENA_{name.partition('-')[0].upper()}")
        assert wanted != "required", f"{name} is not installed"
        pytest.skip(f"{name} is not installed: nobody has read the file that deploy wrote for it")
    folder = tmp_path / "deploy"
    deployed(folder, "--listen", "8080")
    http = f"http {{ include {folder}/nginx.conf; }}"
    whole = f"pid {tmp_path}/pid; error_log stderr; events {{}} {http}"
    (folder / "whole.conf").write_text(whole, encoding="utf-8")
    shutil.copy(folder / "arena@.service", folder / "arena@9001.service")
    given = [part.format(folder=folder) for part in CHECKS[name]]
    checked = subprocess.run([found, *given], capture_output=True, check=False, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr.lower(), checked.stderr
    if name == "systemd-analyze":
        assert not checked.stderr
