"""Taking what another tool found of a component: parsed and matched first, then kept whole, or not at all."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from debtboard.domain import auditing, fetching
from debtboard.domain.measuring import GitError, open_repository
from debtboard.domain.refusals import Refused
from debtboard.models import Component, Person, ToolResult, ToolUpload
from scoring.analyses.other_tools import Files, OtherTools, ToolUse, inputs_digest, other_tools
from scoring.listing import exclusion, matches
from scoring.readers.sarif import GONE, MAX_BYTES, NOT_A_FAULT, SUPPRESSED, NotSarif, read_sarif

TOO_LARGE = f"The file is larger than {MAX_BYTES // 1_000_000} MB: let the tool look at fewer rules."
AT_ONCE = 2_000


def upload(component: Component, data: bytes, by: Person) -> OtherTools:
    """What a SARIF file says replaces what the same tools said before. Raises Refused."""
    if component.current is None:
        raise Refused("The component was not scanned yet, so that no place can be found: scan it first.", "file")
    try:
        runs = read_sarif(data)
    except NotSarif as refusal:
        raise Refused(str(refusal), "file") from None
    found = other_tools(runs, _files(component, component.current.commit), inputs_digest([data]))
    for use in found.tools:
        lost = sum(row.results for row in use.left_out)
        if lost and not use.taken and not _is_quiet(use):
            raise Refused(f"None of the {lost:,} results of {use.tool} can be taken: {reasons(use)}.", "file")
    with transaction.atomic():
        Component.objects.select_for_update().get(pk=component.pk)
        for use in found.tools:
            _keep(component, use, found, by)
    return found


def reasons(use: ToolUse) -> str:
    """12 outside the component, 2 suppressed in the tool."""
    return ", ".join(f"{row.results:,} {row.reason}" for row in use.left_out)


def forget(component: Component, key: str, by: Person) -> bool:
    """What a tool said is shown no more; False where nothing was."""
    with transaction.atomic():
        found = component.tool_uploads.filter(key=key).first()
        if found is None:
            return False
        auditing.record("component.tool-forgotten", component, by, tool=found.tool)
        found.delete()
    return True


def _is_quiet(use: ToolUse) -> bool:
    """Whether all that is left out is what the tool itself does not hold against the code."""
    return {row.reason for row in use.left_out} <= {NOT_A_FAULT, SUPPRESSED, GONE}


def _keep(component: Component, use: ToolUse, found: OtherTools, by: Person) -> None:
    key, now = use.tool.casefold()[:100], timezone.now()
    component.tool_uploads.filter(key=key).delete()
    mine = [result for result in found.results if result.tool == use.tool]
    kept = ToolUpload.objects.create(
        component=component,
        key=key,
        tool=use.tool,
        version=use.version,
        commit=use.commit or component.current.commit,
        commit_said=bool(use.commit),
        ran_at=min(datetime.fromisoformat(use.ended_at), now) if use.ended_at else now,
        digest=found.inputs,
        taken=use.taken,
        debts=sorted(Counter(result.debt for result in mine).items()),
        left_out=[[row.reason, row.results] for row in use.left_out],
        uploaded_by=by,
    )
    rows = [
        ToolResult(
            upload=kept,
            debt=result.debt,
            rule=result.rule,
            level=result.level,
            path=result.path,
            line=result.line,
            end_line=result.end_line,
            message=result.message,
        )
        for result in mine
    ]
    ToolResult.objects.bulk_create(rows, batch_size=AT_ONCE)
    auditing.record("component.tool-uploaded", component, by, tool=use.tool, results=use.taken)


def _files(component: Component, commit: str) -> Files:
    """Of the commit that is shown. Raises Refused."""
    try:
        with open_repository(component.repository) as repository:
            whole = [entry.path for entry in repository.tree(commit).entries]
    except (GitError, fetching.Refused) as error:
        raise Refused(f"The repository can't be read now, so that no place can be found: {error}", "file") from None
    prefix = f"{component.path}/" if component.path else ""
    own = (path.removeprefix(prefix) for path in whole if path.startswith(prefix))
    read = frozenset(path for path in own if not _excluded(path, component.excludes))
    return Files(component.path, frozenset(whole), read)


def _excluded(path: str, patterns: Collection[str]) -> bool:
    return bool(exclusion(path)) or matches(path, tuple(patterns))
