"""The tables: fields, constraints and names; the verbs are in `debtboard.domain`."""

from debtboard.models.approval import Approval
from debtboard.models.attestation import Attestation
from debtboard.models.audit import AuditEvent
from debtboard.models.component import Component, ComponentTeam
from debtboard.models.connection import Connection
from debtboard.models.finding import Finding, FindingKey, Observation
from debtboard.models.flag_upload import FlagUpload
from debtboard.models.lineage import Edge, Node
from debtboard.models.organisation import Organisation, Person
from debtboard.models.repository import Repository
from debtboard.models.review import Decision, Review
from debtboard.models.ruler import Ruler
from debtboard.models.scan import Pulse, Scan
from debtboard.models.snapshot import Measure, Point, Report, Snapshot
from debtboard.models.team import Membership, Role, Team
from debtboard.models.token import Token
from debtboard.models.tool_upload import ToolResult, ToolUpload
from debtboard.models.waiver import Waiver

__all__ = [
    "Approval",
    "Attestation",
    "AuditEvent",
    "Component",
    "ComponentTeam",
    "Connection",
    "Decision",
    "Edge",
    "Finding",
    "FindingKey",
    "FlagUpload",
    "Measure",
    "Membership",
    "Node",
    "Observation",
    "Organisation",
    "Person",
    "Point",
    "Pulse",
    "Report",
    "Repository",
    "Review",
    "Role",
    "Ruler",
    "Scan",
    "Snapshot",
    "Team",
    "Token",
    "ToolResult",
    "ToolUpload",
    "Waiver",
]
