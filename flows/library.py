"""All flows that can be held, in all versions that sessions may be pinned to. Made at start-up.

Newest versions are `grievance.yaml`; older ones stay beside them as `grievance.1.yaml`, until the
last session that began with them has lapsed.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from flows.definition import Flow
from flows.faults import Fault, FlowFaults, UnknownFlowError
from flows.inspection import inspect_flow
from flows.loading import load_flow

DEFINITIONS = Path(__file__).parent / "definitions"
"""The flows that come with the product."""


class FlowLibrary:
    """Flows by name and version. Immutable once made."""

    def __init__(self, flows: Iterable[Flow]) -> None:
        """Raises `FlowFaults` where two flows have the same name and version."""
        by_name: dict[str, dict[int, Flow]] = {}
        faults: list[Fault] = []
        for flow in flows:
            versions = by_name.setdefault(flow.name, {})
            if (other := versions.get(flow.version)) is not None:
                reason = f"{other.source} has version {flow.version} of {flow.name!r} already"
                faults.append(Fault(file=flow.source, row=0, reason=reason))
            versions.setdefault(flow.version, flow)
        if faults:
            raise FlowFaults(tuple(faults))
        self._flows: Mapping[str, Mapping[int, Flow]] = MappingProxyType(by_name)

    @classmethod
    def load(cls, folder: Path = DEFINITIONS) -> "FlowLibrary":
        """The flows in a folder's YAML files; raises `FlowFaults` with the faults of all files,
        those of the inspection included (translations are checked by `make check`)."""
        flows: list[Flow] = []
        faults: list[Fault] = []
        for path in sorted(folder.glob("*.yaml")):
            try:
                flow = load_flow(path)
            except FlowFaults as found:
                faults.extend(found.faults)
                continue
            faults.extend((*_name_faults(path, flow), *inspect_flow(flow)))
            flows.append(flow)
        if faults:
            raise FlowFaults(tuple(faults))
        return cls(flows)

    def get(self, name: str, version: int | None = None) -> Flow:
        """The flow in that version, or in its newest; raises `UnknownFlowError`."""
        versions = self._flows.get(name, {})
        wanted = max(versions, default=0) if version is None else version
        if wanted not in versions:
            raise UnknownFlowError(f"no flow {name!r} in version {wanted or 'any'}")
        return versions[wanted]

    def names(self) -> tuple[str, ...]:
        """The names of all flows, sorted."""
        return tuple(sorted(self._flows))

    def __iter__(self) -> Iterator[Flow]:
        """Every flow in every version, by name and version."""
        for name in self.names():
            for version in sorted(self._flows[name]):
                yield self._flows[name][version]


def _name_faults(path: Path, flow: Flow) -> Iterator[Fault]:
    """A file is called by its flow, and by the version where it is not the newest."""
    if path.stem not in {flow.name, f"{flow.name}.{flow.version}"}:
        reason = f"the file holds {flow.name!r} version {flow.version}; name it after that"
        yield Fault(file=path.name, row=0, reason=reason)
