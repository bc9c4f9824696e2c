"""What is on file for the day on which a deployed model goes wrong: runbooks, rollback notes, incident reports (prc.9).

Asked where a service of the component gives predictions and something here ships it. Any page or script that says
how to roll back, recover or look for the fault counts. One that was not touched for 180 days counts no more where the
service has changed since.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from scoring.analyses.config_keys import key_lines
from scoring.analyses.memo import Memo
from scoring.analyses.placing import placed
from scoring.analyses.predictions import NONE_GIVEN, given_by_service
from scoring.analyses.traces import traces
from scoring.analyses.view import InPlace, PythonFile, View
from scoring.facts import ConfigFacts, DocFacts, PredictionUse
from scoring.findings import CFG, PKG, Answer, Hit, Measure, NotApplicable, Unknown

FRESH = timedelta(days=180)
KINDS = frozenset({"Deployment", "StatefulSet", "InferenceService", "SeldonDeployment", "RayService", "Rollout"})
"""Of manifests that keep a service running."""
_PLACES = re.compile(
    r"(?:^|/)(?:Procfile|Chart\.yaml|fly\.toml|render\.yaml|serverless\.ya?ml|railway\.(?:json|toml)|\.platform/.*"
    r"|[^/]+\.tf)$"
)
_COMMANDS = re.compile(
    r"\bkubectl\b.*\b(?:apply|create|rollout|set image)\b|\bhelm (?:upgrade|install)\b|\bterraform apply\b"
    r"|\bgcloud (?:beta )?(?:run|app|functions|ai|ml-engine)\b.*\bdeploy\b|\bcdk deploy\b"
    r"|\baz (?:ml|webapp|containerapp|functionapp)\b"
    r"|\baws (?:ecs|lambda|sagemaker|apprunner|elasticbeanstalk)\b|\b(?:serverless|sls|fly|flyctl|eb|cortex) deploy\b"
    r"|\bgit push (?:\S+ )?heroku\b|\bheroku container:release\b|\bargocd app sync\b|\bskaffold run\b"
)
_ACTIONS = re.compile(
    r"deploy-cloudrun|webapps-deploy|ecs-deploy|heroku-deploy|flyctl|k8s-deploy|kube|lambda|elastic-?beanstalk"
    r"|containerapps-deploy|app_action|ssh-action",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"\b(?:roll(?:ing)?[- ]?backs?|incidents?|run ?books?|playbooks?|post[- ]?mortems?|on[- ]?call|recover\w*|outages?"
    r"|emergenc\w+|trouble-?shooting|fail-?over|escalations?|(?:goes|go) wrong|when it fails|debugging)\b",
    re.IGNORECASE,
)
_ASIDE = frozenset({"test", "example", "generated"})


def kept_for_incidents(view: View) -> Answer:
    """Whether a deployed service has a page or script for incidents that is kept up: 1, or 0."""
    served = given_by_service(view)
    if not served:
        return NotApplicable(NONE_GIVEN)
    if not _is_deployed(view):
        unread = view.unread(CFG) > 0
        return Unknown("manifests may have gone unread") if unread else NotApplicable("nothing here ships the service")
    material = sorted(set(_material(view)))
    if not material:
        if view.unread(PKG):
            return Unknown("pages or scripts that may say what to do went unread")
        return Measure(0.0, len(served), (_missing(*served[0]),))
    changed = view.history.last_change if view.history is not None else None
    if changed is None:
        return Measure(1.0, len(material))
    dates = {path: changed[path] for path in material if path in changed}
    if not dates:
        return Unknown("when the incident material last changed is not known")
    newest = max(dates, key=lambda path: (dates[path], path))
    later = [changed[file.path] for file, _ in served if file.path in changed and changed[file.path] > dates[newest]]
    if view.as_of - dates[newest] <= FRESH or not later:
        return Measure(1.0, len(material))
    return Measure(0.0, len(material), (_stale(newest, dates[newest], max(later)),))


def _is_deployed(view: View) -> bool:
    """By an image beside CI, a manifest, a command, an action or the file of a host."""
    return (
        (bool(view.ci) and any(entry.roles.isdisjoint(_ASIDE) for entry, _ in view.docker))
        or any(map(_runs_service, view.configs))
        or any(_COMMANDS.search(text) for _, _, text in view.commands)
        or any(_ACTIONS.search(action) for _, facts in view.ci for action in facts.uses)
        or any(entry.roles.isdisjoint(_ASIDE) and _PLACES.search(entry.path) for entry in view.files)
    )


def _is_manifest(file: InPlace[ConfigFacts]) -> bool:
    if "\nkind\n" not in key_lines(file) or file.entry.roles & _ASIDE:
        return False
    return any(setting.key == "kind" and setting.value in KINDS for setting in file.facts.settings)


_runs_service = Memo(_is_manifest)


def _material(view: View) -> Iterator[str]:
    """Pages about incidents, and what rolls back."""
    yield from (file.entry.path for file in view.docs if _speaks_of_incidents(file))
    yield from (place.rpartition(":")[0] for place in traces(view).get("infra-7", ()))


def _speaks(file: InPlace[DocFacts]) -> bool:
    if file.entry.roles & _ASIDE:
        return False
    return file.facts.kind == "runbook" or any(_HEADING.search(text) for text, _ in file.facts.headings)


_speaks_of_incidents = Memo(_speaks)


def _missing(file: PythonFile, use: PredictionUse) -> Hit:
    shown = use.subject if use.subject not in ("", "?") else use.scope.rpartition(".")[2]
    hit = Hit(
        line=use.line,
        key="no incident material",
        symbol=use.scope,
        message=f"The service behind {shown} is shipped from here, and no runbook, rollback note or incident report "
        "says what to do when its predictions go wrong.",
    )
    return placed(hit, file)


def _stale(path: str, last: datetime, since: datetime) -> Hit:
    return Hit(
        path=path,
        line=1,
        key="old incident material",
        message=f"It was last changed on {last:%Y-%m-%d}, and the service until {since:%Y-%m-%d}: nobody knows whether "
        "what it says to do still holds.",
        evidence={"changed": f"{last:%Y-%m-%d}"},
    )
