"""CPU time of process trees: steadier than requests a second on a shared machine (Linux)."""

import os
from pathlib import Path

import psycopg

TICKS = os.sysconf("SC_CLK_TCK")
PARENT, USER, CHILDREN_SYSTEM = 1, 11, 14  # fields of /proc/…/stat after the name


def _stat(pid: int) -> list[int]:
    """Numbers of a process's stat from its parent on; empty when it has ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [0, *map(int, text.rpartition(")")[2].split()[1:])]


def tree_seconds(root: int) -> float:
    """Seconds of CPU a process, its living descendants and its ended children have used."""
    stats = [_stat(pid) for pid in tree(root)]
    return sum(sum(stat[USER : CHILDREN_SYSTEM + 1]) for stat in stats if stat) / TICKS


def tree(root: int) -> set[int]:
    """The ids of a process and its living descendants."""
    stats = {int(p.name): _stat(int(p.name)) for p in Path("/proc").iterdir() if p.name.isdigit()}
    found, size = {root}, 0
    while len(found) != size:
        size = len(found)
        found |= {pid for pid, stat in stats.items() if stat and stat[PARENT] in found}
    return found


def database_server(url: str) -> int | None:
    """The process id of a PostgreSQL server on this machine, if it can be seen."""
    with psycopg.connect(url) as database:
        row = database.execute("SELECT pg_backend_pid()").fetchone()
        stat = _stat(row[0]) if row else []
        return stat[PARENT] if stat else None
