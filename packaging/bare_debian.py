"""A bare Debian in a folder, to install into: made by debootstrap, entered by chroot, as root."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MIRROR = "http://deb.debian.org/debian"
PASSPHRASE = "woundtrack demo clinic"
NURSE, DISPLAY = "nurse", ":97"
HOME = f"/home/{NURSE}"
CHROOT = shutil.which("chroot") or "/usr/sbin/chroot"  # not on every user's path
NETWORK_CALLS = "socket,connect,bind,sendto"


class Debian:
    """A bare Debian in a folder, and commands run within it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, inside: str) -> Path:
        """Where a path of the inside lies outside."""
        return self.folder / inside.lstrip("/")

    def as_root(self, *command: str) -> str:
        """Run as root, with the network; what it printed."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(
            ["chroot", str(self.folder), *command],
            env={**environment, "LANG": "C.UTF-8"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
        return done.stdout + done.stderr

    def as_nurse(
        self, *command: str, tracing: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run as a user without any right, and without any network, not even its own."""
        plain = {"HOME": HOME, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "USER": NURSE}
        plain |= {"WOUNDTRACK_PASSPHRASE": PASSPHRASE, "XDG_RUNTIME_DIR": f"{HOME}/run"}
        trace = [
            "strace",
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-e",
            f"trace={NETWORK_CALLS},execve",
            "-o",
            str(tracing),
        ]
        return subprocess.run(
            [
                *(trace if tracing else []),
                *("unshare", "--net", CHROOT, f"--userspec={NURSE}:{NURSE}", str(self.folder)),
                *command,
            ],
            env=plain | environment, capture_output=True, text=True, check=False, timeout=900,
        )  # fmt: skip


class Trial:
    """The facts, told one by one; a false one is counted, and the rest goes on."""

    def __init__(self, debian: Debian, out: Path) -> None:
        self.debian, self.out = debian, out
        self.failed = 0

    def fact(self, sentence: str, holds: object, detail: str = "") -> None:
        """Tell it."""
        self.failed += not holds
        print(f"{'ok  ' if holds else 'FAIL'} {sentence}", flush=True)
        if detail and not holds:
            print("     " + detail.strip().replace("\n", "\n     ")[:3000])

    def runs(
        self,
        sentence: str,
        *command: str,
        says: str = "",
        tracing: Path | None = None,
        **environment: str,
    ) -> str:
        """Run as the nurse: it ends well, says nothing on standard error, and says this."""
        start = time.monotonic()
        done = self.debian.as_nurse(*command, tracing=tracing, **environment)
        quiet = not done.stderr.strip() and done.returncode == 0
        told = f"{sentence} ({time.monotonic() - start:.1f} s)"
        self.fact(told, quiet and says in done.stdout, f"{done.returncode}\n{done.stderr}")
        return done.stdout


@contextmanager
def mounted(debian: Debian) -> Iterator[None]:
    """The Debian, made once and used again, with what a running system has."""
    if not debian.path("etc/debian_version").exists():
        shutil.rmtree(debian.folder, ignore_errors=True)
        command = ["debootstrap", "--variant=minbase", "bookworm", str(debian.folder), MIRROR]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    debian.path("tmp/.X11-unix").mkdir(exist_ok=True)
    Path("/tmp/.X11-unix").mkdir(exist_ok=True)
    mounts = (
        (["-t", "proc", "proc"], "proc"),
        (["-t", "tmpfs", "shm"], "dev/shm"),
        (["--bind", "/tmp/.X11-unix"], "tmp/.X11-unix"),
    )
    done: list[Path] = []
    try:
        for how, where in mounts:
            subprocess.run(["mount", *how, str(debian.path(where))], check=True)
            done.append(debian.path(where))
        yield
    finally:
        for path in reversed(done):
            subprocess.run(["umount", "--lazy", str(path)], check=False)


@contextmanager
def display(place: Path) -> Iterator[None]:
    """A screen that nobody sees."""
    with (place / "xvfb.log").open("w") as log:
        screen = subprocess.Popen(
            ["Xvfb", DISPLAY, "-screen", "0", "1400x900x24", "-ac", "-nolisten", "tcp"],
            stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield
        finally:
            screen.terminate()
            screen.wait()
