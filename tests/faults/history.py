"""What clients asked for and were answered, line by line: invoke, then ok, fail or unknown."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition
from typing import Self

Answer = dict[str, object]


@dataclass
class Operation:
    """One ballot that a member sent, perhaps more than once, and all that was answered."""

    number: int
    member: int
    ballot: dict[str, object]
    acknowledged: list[Answer] = field(default_factory=list)
    refused: list[Answer] = field(default_factory=list)
    unknown: int = 0


class History:
    """The file of a round, written by many threads."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("w")
        self._changed = Condition()
        self._operations = 0
        self.acknowledged = self.unanswered = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def invoke(self, *, member: int, ballot: dict[str, object]) -> int:
        """Note that a ballot is about to be sent; gives its number."""
        with self._changed:
            self._operations += 1
            self._write(self._operations, "invoke", member=member, ballot=ballot)
            return self._operations

    def note(self, number: int, event: str, **answer: object) -> None:
        """Note an answer: ok, fail (it was refused) or unknown (there was none)."""
        with self._changed:
            self._write(number, event, **answer)
            self.acknowledged += event == "ok"
            self.unanswered += event == "unknown"
            self._changed.notify_all()

    def wait_for(
        self, *, acknowledged: int = 0, unanswered: int = 0, seconds: float = 30.0
    ) -> bool:
        """Wait until there are so many answers, and so many times none; whether there are."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self.acknowledged >= acknowledged and self.unanswered >= unanswered, seconds
            )

    def operations(self) -> list[Operation]:
        """All of them in order, read back from the file."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return list(_read(self.path))

    def figures(self) -> dict[str, int]:
        """How many ballots were acknowledged, refused, or never answered."""
        operations = self.operations()
        return {
            "acknowledged": sum(bool(one.acknowledged) for one in operations),
            "refused": sum(bool(one.refused) for one in operations),
            "unknown": sum(not (one.acknowledged or one.refused) for one in operations),
        }

    def _write(self, number: int, event: str, **facts: object) -> None:
        line = json.dumps({"op": number, "event": event, **facts}, ensure_ascii=False)
        self._file.write(f"{line}\n")


def _read(path: Path) -> Iterator[Operation]:
    operations: dict[int, Operation] = {}
    for line in path.read_text().splitlines():
        facts = json.loads(line)
        number, event = facts.pop("op"), facts.pop("event")
        match event:
            case "invoke":
                operations[number] = Operation(number, **facts)
            case "ok":
                operations[number].acknowledged.append(facts)
            case "fail":
                operations[number].refused.append(facts)
            case _:
                operations[number].unknown += 1
    yield from operations.values()
