"""The catalogue: what is measured, rendered from the code that measures it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from debtboard.domain.queries import catalogue as query
from debtboard.domain.queries import followed
from debtboard.domain.queries.wording import Ink
from scoring.catalog.rubric import SECTION_TITLES
from scoring.scores.ruler import ruler_stamp

CRUMB = ("Catalogue", "/catalogue/")


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Every debt, question, test, practice and item of the checklist."""
    ruler = ruler_stamp()
    signals = query.signals_by_id().values()
    debts = query.debts_by_slug()
    answer = (
        Ink(f"{len(debts)} debts"),
        f" with {len(signals)} signals, of which ",
        Ink(f"{sum(signal.built for signal in signals)} are read"),
        "; ",
        Ink("five litmus questions"),
        ", 28 tests of the ML Test Score, 25 practices and a checklist of 8. What is not read is unseen, never clear.",
    )
    context = {
        "nav": "catalogue",
        "title": "Catalogue",
        "subtitle": f"ruler {ruler.version}, hash {ruler.hash}",
        "answer": answer,
        "debts": query.debt_sections(),
        "questions": query.question_entries(),
        "tests": query.test_sections(),
        "practices": query.practice_entries(),
        "checklist": followed.checklist_entries(),
    }
    return render(request, "catalogue.html", context)


@login_required
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """One debt, question, test, practice or item of the checklist."""
    context = _debt(slug) or _question(slug) or _test(slug) or _practice(slug) or _item(slug)
    if context is None:
        raise Http404
    return render(request, "catalogue_entry.html", {"nav": "catalogue", "slug": slug, **context})


def _debt(slug: str) -> dict[str, object] | None:
    debt = query.debts_by_slug().get(slug)
    if debt is None:
        return None
    return {"title": debt.title, "crumbs": (CRUMB, (f"Debts: {debt.group}", "")), "debt": query.debt_page(debt)}


def _question(slug: str) -> dict[str, object] | None:
    question = query.questions_by_slug().get(slug)
    if question is None:
        return None
    crumbs = (CRUMB, ("Litmus questions", ""))
    return {
        "title": f"{question.id}: {question.title}",
        "crumbs": crumbs,
        "question": question,
        "parts": query.parts(question),
    }


def _test(slug: str) -> dict[str, object] | None:
    test = query.tests_by_slug().get(slug)
    if test is None:
        return None
    crumbs = (CRUMB, (f"ML Test Score, {SECTION_TITLES[test.section]}", ""))
    return {"title": test.title, "crumbs": crumbs, "test": test, "signals": _homes(test.signals)}


def _practice(slug: str) -> dict[str, object] | None:
    practice = query.practices_by_slug().get(slug)
    if practice is None:
        return None
    crumbs = (CRUMB, ("Practices", ""))
    return {"title": practice.title, "crumbs": crumbs, "practice": practice, "signals": _homes(practice.signals)}


def _item(slug: str) -> dict[str, object] | None:
    item = followed.checklist_by_slug().get(slug)
    if item is None:
        return None
    tests = [(test, query.tests_by_slug()[test].title) for test in item.tests]
    crumbs = (CRUMB, ("The checklist of Combine", ""))
    return {"title": item.title, "crumbs": crumbs, "item": item, "tests": tests, "signals": _homes(item.signals)}


def _homes(ids: tuple[str, ...]) -> list[tuple[str, str, str, str]]:
    """(signal, its debt, that debt's title, its measure) for those that the ruler holds."""
    known = query.signals_by_id()
    return [
        (id_, known[id_].debt, query.debt_title(known[id_].debt), known[id_].measure) for id_ in ids if id_ in known
    ]
