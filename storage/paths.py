"""A unit's path, "/1/4/17/": the ids of the units from the top of the tree down to it."""


def ids_of(path: str) -> list[int]:
    """From the top down: "/1/4/17/" -> [1, 4, 17]."""
    return [int(part) for part in path.split("/") if part]


def prefixes(path: str) -> list[str]:
    """The paths of the same units: `/1/4/17/` -> `/1/`, `/1/4/`, `/1/4/17/`."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]


def top_of(path: str) -> int:
    """The id of the top of its tree: the province."""
    return ids_of(path)[0]


def last_of(path: str) -> int:
    """The id of the unit itself."""
    return ids_of(path)[-1]
