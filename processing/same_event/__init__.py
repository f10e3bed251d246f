"""Whether articles report one event: what each reports (`read`), what speaks for it (`weigh`), stories (`cluster`)."""

from processing.same_event.cluster import Component, Member, Story, Tie, cluster, likely
from processing.same_event.read import read_report
from processing.same_event.records import Evidence, Report, Sign, Told
from processing.same_event.weigh import METHOD, METHOD_VERSION, Ready, Weights, load_weights, weigh

__all__ = [
    "METHOD",
    "METHOD_VERSION",
    "Component",
    "Evidence",
    "Member",
    "Ready",
    "Report",
    "Sign",
    "Story",
    "Tie",
    "Told",
    "Weights",
    "cluster",
    "likely",
    "load_weights",
    "read_report",
    "weigh",
]
