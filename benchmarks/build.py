"""How long the command line takes, and how much memory, by the number of guides.

Run it with the Python that guidewright is installed for::

    python benchmarks/build.py               # 100, 1,000 and 10,000 guides
    python benchmarks/build.py 500 --runs 5  # other sizes; of several runs, the fastest counts

For each size it makes a project of made-up products in a temporary folder: as many agents as guides with a YAML file
of about 3 KB each, one gateway, two providers and one docs framework. It runs ``guidewright`` there as its users do,
as a process of its own, so every number includes the start of Python. The columns:

    guides        pages of the project, each of an agent of its own
    YAML, page    average bytes of an agent's file, and of the page that is made from it
    cold          seconds of a build with no page on disk: every page is rendered and written
    unchanged     seconds of the build after it: every page is rendered and compared, none is written
    check         seconds of a check after that: what a pull request waits for
    peak MB       the most memory that any of these processes had at once
    us/page       microseconds of the cold build per page
    cold/unch.    what writing costs: 1 means that rendering is all there is

Read down a column. ``us/page`` falls where the start of Python is shared by more pages, and then should stay as it is:
where it rises, some work grows faster than the number of pages. ``peak MB`` grows by what is held for each page.
``cold/unch.`` is near 1 as long as an unchanged build renders everything again.

Times depend on the computer and on what else it does, so nothing here judges them: compare runs of two versions on
one idle computer. The folder is in memory (/dev/shm) where there is such a place; on a disk, ``cold`` is mostly the
time the disk takes to take each page for certain (fsync).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

SIZES = (100, 1_000, 10_000)
MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - only to make a folder with a random name in it
MAX_SPEC_FILE_BYTES = 1024 * 1024
COMMAND = (sys.executable, "-m", "guidewright")
SHOWN_OUTPUT_BYTES = 10_000
COLUMNS = ("guides", "YAML", "page", "cold", "unchanged", "check", "peak MB", "us/page", "cold/unch.")
WIDTHS = tuple(max(len(column), len("10,000")) for column in COLUMNS)

GATEWAY = """\
gateway: gate
name: Gate
vendor: Acme
summary: watches over your requests
docs: {text: Acme Gate, url: /gate/}
base_url: https://gate.example.com/v1/{{ team }}
auth:
  header: acme-token
  value: Bearer {{ acme_token }}
credential_sources:
  stored:
    name: a stored key
    key_holder: gateway
    billed_by: provider
    need: your {{ provider.credential }} stored in {{ gateway.name }}
    docs: {text: Store a key, url: /gate/keys/}
  prepaid:
    name: prepaid credits
    key_holder: gateway
    billed_by: gateway
    need: prepaid credits
verify: {text: See your requests, url: /gate/verify/}
placeholders:
  team:
    name: TEAM
    label: team name
    sample: blue
  acme_token:
    name: ACME_TOKEN
    label: Acme token
    sample: t0ken
    secret: true
    docs: {text: Make a token, url: /gate/tokens/}
"""

NORTH = """\
provider: north
name: North Models
vendor: North Inc
docs: {text: North Models, url: /gate/north/}
endpoint:
  path: /north
  trailing_slash: forbidden
  client_appends: /v1/chat
credential:
  name: North key
  sources: [stored, prepaid]
"""

SOUTH = """\
provider: south
name: South Models
vendor: South Ltd
docs: {text: South Models, url: "https://south.example.net/docs"}
endpoint:
  path: /south/{{ zone }}/
  trailing_slash: required
  client_appends: model/
credential:
  name: South credentials
  sources: [stored]
placeholders:
  zone:
    name: ZONE
    label: zone
    sample: z1
    hint: For example `z1`.
"""

SITE = """\
docs_url: https://docs.example.com
outputs:
  - {framework: cloudflare, folder: mdx, front_matter: {audience: developers}}
tabs:
  unix: {label: macOS / Linux, shells: [bash, zsh]}
  powershell: {label: Windows (PowerShell), shells: [powershell]}
guides:
"""

# The line that is repeated: 10,000 of it must fit into site.yaml, which may not be larger than 1 MiB.
GUIDE = "- {{agent: a{number}, gateway: gate, path: a{number}, order: {number}}}\n"

# As many variables as a large agent has. The braces that are doubled are those of references.
AGENT = """\
agent: a{number}
name: Coder {number}
summary: a made-up coding agent with the number {number} that runs in your terminal
docs:
  text: Coder {number} documentation
  url: https://coder-{number}.example.org/docs/overview
command: coder-{number}

variables:
  CODER_URL:
    purpose: The address to which {{{{ agent.name }}}} sends its requests for the models of the North.
  CODER_KEY:
    purpose: The credential that {{{{ agent.name }}}} sends with its requests for the models of the North.
    first_run: >-
      If {{{{ agent.name }}}} asks whether to use the key that it found in your environment, choose Yes. The default
      is No.
  CODER_HEADERS:
    purpose: The headers that {{{{ agent.name }}}} adds to every request, whichever model it is for.
  CODER_USE_SOUTH:
    purpose: With the value `1`, {{{{ agent.name }}}} speaks the language of the South.
  CODER_SOUTH_URL:
    purpose: The address to which {{{{ agent.name }}}} sends its requests for the models of the South.
  CODER_SOUTH_ZONE:
    purpose: The zone of the South that is named in each request, as the first part of its path.
  CODER_SKIP_LOGIN:
    purpose: >-
      With the value `1`, {{{{ agent.name }}}} does not look for credentials of the South on your computer and sends its
      requests unsigned.
  CODER_MODEL:
    purpose: The model that {{{{ agent.name }}}} asks for where a task does not name another one.
  CODER_SMALL_MODEL:
    purpose: The model that {{{{ agent.name }}}} asks for in the background, for the titles of conversations.
    first_run: >-
      If your account may not use this model, {{{{ agent.name }}}} says so once when it starts. Then put the name of a
      model there that is open to you.
  CODER_TIMEOUT:
    purpose: How many milliseconds {{{{ agent.name }}}} waits for an answer before it tries once more.
    first_run: >-
      The first answer of a model that nobody used for a while can take a minute. Wait for it: {{{{ agent.name }}}} does
      not show how far it is.
  CODER_RETRIES:
    purpose: How often {{{{ agent.name }}}} sends a request once more where the answer is an error of the gateway.
  CODER_NO_TELEMETRY:
    purpose: >-
      With the value `1`, {{{{ agent.name }}}} does not tell its makers how it is used. Requests to the gateway are not
      affected.

routes:
  - provider: north
    credentials: [stored, prepaid]
    set:
      CODER_URL: "{{{{ endpoint }}}}"
      CODER_KEY: "{{{{ credential }}}}"
      CODER_HEADERS: "{{{{ gateway.auth_header }}}}"
      CODER_MODEL: "north-large-{number}"
      CODER_SMALL_MODEL: "north-small-{number}"
      CODER_TIMEOUT: "60000"
      CODER_RETRIES: "3"
      CODER_NO_TELEMETRY: "1"

  - provider: south
    credentials: [stored]
    set:
      CODER_USE_SOUTH: "1"
      CODER_SOUTH_URL: "{{{{ endpoint }}}}"
      CODER_SOUTH_ZONE: "{{{{ zone }}}}"
      CODER_SKIP_LOGIN: "1"
      CODER_HEADERS: "{{{{ gateway.auth_header }}}}"
      CODER_MODEL: "south-large-{number}"
      CODER_SMALL_MODEL: "south-small-{number}"
      CODER_TIMEOUT: "60000"
      CODER_RETRIES: "3"
      CODER_NO_TELEMETRY: "1"
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the command line took."""

    seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured for one size; the runs are the fastest of theirs, the peak is that of all."""

    guides: int
    yaml_bytes: int
    page_bytes: int
    cold: Run
    unchanged: Run
    check: Run

    @property
    def cells(self) -> tuple[str, ...]:
        """A row of the table."""
        peak = max(run.peak_bytes for run in (self.cold, self.unchanged, self.check))
        return (
            f"{self.guides:,}",
            f"{self.yaml_bytes / self.guides:,.0f}",
            f"{self.page_bytes / self.guides:,.0f}",
            *(f"{run.seconds:.3f}" for run in (self.cold, self.unchanged, self.check)),
            f"{peak / 1e6:,.0f}",
            f"{self.cold.seconds / self.guides * 1e6:,.0f}",
            f"{self.cold.seconds / self.unchanged.seconds:.2f}",
        )


def main() -> None:
    """Measure every size and print a row for each as soon as it is known."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n")[0],
        epilog="What the columns mean: see the top of this file.",
    )
    parser.add_argument(
        "sizes", nargs="*", type=_positive, default=SIZES, metavar="GUIDES", help="default: %(default)s"
    )
    parser.add_argument("--runs", type=_positive, default=1, help="the fastest of so many counts; default: %(default)s")
    arguments = parser.parse_args()

    place = MEMORY_FOLDER if os.access(MEMORY_FOLDER, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="guidewright-benchmark-", dir=place) as folder:
        print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, in {Path(folder).parent}\n")
        # Once for nothing: Python compiles the modules that it has not seen yet, and the system reads them from disk.
        measure(Path(folder), 1, runs=1)
        _print_row(COLUMNS)
        for guides in arguments.sizes:
            _print_row(measure(Path(folder), guides, arguments.runs).cells)


def measure(folder: Path, guides: int, runs: int) -> Result:
    """Make a project, measure the commands in it, and remove it.

    Args:
        folder: where to make it.
        guides: how many pages it has.
        runs: how often to run each command.

    Returns:
        What was measured.
    """
    project = folder / f"{guides}-guides"
    log = folder / "log"
    yaml_bytes = make_project(project, guides)
    cold = _fastest(_cold_builds(project, log, runs))
    page_bytes = _size_of_pages(project, guides)
    unchanged = _fastest(run_command("build", project, log) for _ in range(runs))
    check = _fastest(run_command("check", project, log) for _ in range(runs))
    shutil.rmtree(project)
    return Result(guides, yaml_bytes, page_bytes, cold, unchanged, check)


def make_project(project: Path, guides: int) -> int:
    """Write a project's spec.

    Args:
        project: the folder to make.
        guides: how many agents it has, with a guide for each.

    Returns:
        The bytes of all agents' files.
    """
    spec = project / "spec"
    for kind in ("gateways", "providers", "agents"):
        (spec / kind).mkdir(parents=True)
    (spec / "gateways" / "gate.yaml").write_text(GATEWAY, encoding="utf-8")
    (spec / "providers" / "north.yaml").write_text(NORTH, encoding="utf-8")
    (spec / "providers" / "south.yaml").write_text(SOUTH, encoding="utf-8")
    site = spec / "site.yaml"
    site_bytes = site.write_text(
        SITE + "".join(GUIDE.format(number=number) for number in range(guides)), encoding="utf-8"
    )
    if site_bytes > MAX_SPEC_FILE_BYTES:
        _stop(f"{guides:,} guides make a site.yaml of {site_bytes:,} bytes; it may have {MAX_SPEC_FILE_BYTES:,}")
    return sum(
        (spec / "agents" / f"a{number}.yaml").write_text(AGENT.format(number=number), encoding="utf-8")
        for number in range(guides)
    )


def run_command(name: str, project: Path, log: Path) -> Run:
    """Run a command of guidewright as a process; where it fails, show what it said and stop.

    Args:
        name: the command.
        project: the project's folder, in which it runs.
        log: the file that takes its output, so that none of it is held in memory here.

    Returns:
        What it took.
    """
    with log.open("wb") as stream:
        start = time.perf_counter()
        process = subprocess.Popen([*COMMAND, name], cwd=project, stdout=stream, stderr=subprocess.STDOUT)
        # A process starts with the peak of the one that starts it, so this one must stay small.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        output = log.read_bytes()[-SHOWN_OUTPUT_BYTES:].decode("utf-8", errors="backslashreplace")
        _stop(f"{output}\nguidewright {name} ended with exit code {process.returncode}")
    # getrusage(2): kilobytes on Linux, but bytes on macOS.
    return Run(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def _cold_builds(project: Path, log: Path, runs: int) -> Iterator[Run]:
    for _ in range(runs):
        shutil.rmtree(project / "output", ignore_errors=True)
        yield run_command("build", project, log)


def _fastest(runs: Iterable[Run]) -> Run:
    found = list(runs)
    return Run(min(run.seconds for run in found), max(run.peak_bytes for run in found))


def _size_of_pages(project: Path, guides: int) -> int:
    """The bytes of all pages; stops where the build did not make one for each guide, for then nothing was measured."""
    pages = size = 0
    for page in (project / "output").rglob("*.mdx"):
        pages += 1
        size += page.stat().st_size
    if pages != guides:
        _stop(f"guidewright build made {pages:,} pages of {guides:,}")
    return size


def _print_row(cells: Iterable[str]) -> None:
    print("  ".join(f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True)), flush=True)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _stop(message: str) -> NoReturn:
    sys.exit(f"benchmark stopped: {message}")


if __name__ == "__main__":
    main()
